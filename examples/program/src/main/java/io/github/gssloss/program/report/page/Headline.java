/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.imaging.compare.Comparison;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.dataset.Region;
import io.github.gssloss.imaging.measure.Metric;
import io.github.gssloss.imaging.measure.ScoreTable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * A number to remember: the mean Dice of a region or of all of them.
 *
 * @param name the region
 * @param mean the mean over the subsets
 * @param withAll the mean with all modalities; a dash where that was not evaluated
 * @param weakest the subset with the lowest mean, and that mean; empty where there is but one
 */
record Headline(String name, String mean, String withAll, Optional<String> weakest) {

    /** The headlines of the regions, and of their average. */
    static List<Headline> all(ScoreTable table) {
        return Comparison.withAverage(table.regions()).stream()
                .map(region -> of(table, region))
                .toList();
    }

    private static Headline of(ScoreTable table, Optional<Region> region) {
        ToDoubleFunction<ModalitySubset> dice =
                subset ->
                        table.subsets().contains(subset)
                                ? table.mean(Metric.DICE, Optional.of(subset), region)
                                : Double.NaN;
        return new Headline(
                region.map(Region::title).orElse("Average"),
                MetricText.dice(table.mean(Metric.DICE, Optional.empty(), region)),
                MetricText.dice(
                        dice.applyAsDouble(new ModalitySubset(Set.copyOf(table.modalities())))),
                SubsetText.weakest(table.subsets(), dice));
    }
}
