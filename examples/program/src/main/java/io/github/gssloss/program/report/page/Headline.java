/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.core.TumorRegion;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.measure.Metric;
import io.github.gssloss.imaging.measure.ScoreTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * A number to remember: the mean Dice of a region or of all of them.
 *
 * @param name the region
 * @param mean the mean over the subsets
 * @param withAll the mean with all four modalities; a dash where that was not judged
 * @param weakest the subset with the lowest mean, and that mean; empty where there is but one
 */
record Headline(String name, String mean, String withAll, Optional<String> weakest) {

    /** The headlines of whole, core and enhancing, and of their average. */
    static List<Headline> all(ScoreTable table) {
        List<Headline> headlines = new ArrayList<>();
        for (TumorRegion region : TumorRegion.values()) {
            headlines.add(
                    of(
                            name(region),
                            table,
                            table.mean(Metric.DICE, region),
                            subset -> table.mean(Metric.DICE, subset, region)));
        }
        headlines.add(
                of(
                        "Average",
                        table,
                        table.mean(Metric.DICE),
                        subset -> table.mean(Metric.DICE, subset)));
        return headlines;
    }

    /** A region as a heading. */
    static String name(TumorRegion region) {
        return switch (region) {
            case WHOLE -> "Whole tumour";
            case CORE -> "Tumour core";
            case ENHANCING -> "Enhancing tumour";
        };
    }

    private static Headline of(
            String name, ScoreTable table, double mean, ToDoubleFunction<ModalitySubset> dice) {
        boolean judged = table.subsets().contains(ModalitySubset.ALL);
        return new Headline(
                name,
                MetricText.dice(mean),
                MetricText.dice(judged ? dice.applyAsDouble(ModalitySubset.ALL) : Double.NaN),
                Weakest.of(table.subsets(), dice));
    }
}
