/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.core.TumorRegion;
import io.github.gssloss.imaging.compare.Comparison;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.measure.Metric;
import io.github.gssloss.imaging.measure.ScoreTable;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * A number to remember: the mean Dice of a region or of all of them.
 *
 * @param name the region
 * @param mean the mean over the subsets
 * @param withAll the mean with all four modalities; a dash where that was not evaluated
 * @param weakest the subset with the lowest mean, and that mean; empty where there is but one
 */
record Headline(String name, String mean, String withAll, Optional<String> weakest) {

    /** The headlines of whole, core and enhancing, and of their average. */
    static List<Headline> all(ScoreTable table) {
        return Comparison.regions().stream().map(region -> of(table, region)).toList();
    }

    /** A region as a heading. */
    static String name(TumorRegion region) {
        return switch (region) {
            case WHOLE -> "Whole tumour";
            case CORE -> "Tumour core";
            case ENHANCING -> "Enhancing tumour";
        };
    }

    private static Headline of(ScoreTable table, Optional<TumorRegion> region) {
        ToDoubleFunction<ModalitySubset> dice =
                subset ->
                        table.subsets().contains(subset)
                                ? table.mean(Metric.DICE, Optional.of(subset), region)
                                : Double.NaN;
        return new Headline(
                region.map(Headline::name).orElse("Average"),
                MetricText.dice(table.mean(Metric.DICE, Optional.empty(), region)),
                MetricText.dice(dice.applyAsDouble(ModalitySubset.ALL)),
                SubsetText.weakest(table.subsets(), dice));
    }
}
