/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.report.page;

import io.github.gssloss.djl.TumorRegion;
import io.github.gssloss.examples.evaluate.ModalitySubset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * The scores of one run and their means: over the cases of a subset, then over the subsets or the
 * regions, as the paper's Table 6 has them. Values that are not there are left out of a mean; a
 * mean of nothing is NaN.
 */
final class Scores {

    private final List<Score> rows;
    private final Map<ModalitySubset, Map<TumorRegion, List<Score>>> bySubset =
            new LinkedHashMap<>();
    private final Map<String, List<Score>> byCase = new LinkedHashMap<>();

    /**
     * Keeps a copy of the rows.
     *
     * @param rows at least one; their order is that of cases and subsets
     */
    Scores(List<Score> rows) {
        this.rows = List.copyOf(rows);
        for (Score row : this.rows) {
            bySubset.computeIfAbsent(row.subset(), subset -> new LinkedHashMap<>())
                    .computeIfAbsent(row.region(), region -> new ArrayList<>())
                    .add(row);
            byCase.computeIfAbsent(row.caseName(), name -> new ArrayList<>()).add(row);
        }
    }

    /** The scores that a condition holds for. */
    Scores only(Predicate<Score> condition) {
        return new Scores(rows.stream().filter(condition).toList());
    }

    List<String> cases() {
        return List.copyOf(byCase.keySet());
    }

    List<ModalitySubset> subsets() {
        return List.copyOf(bySubset.keySet());
    }

    /** The mean over the cases. */
    double mean(Metric metric, ModalitySubset subset, TumorRegion region) {
        List<Score> found = bySubset.getOrDefault(subset, Map.of()).getOrDefault(region, List.of());
        return mean(found.stream(), metric);
    }

    /** The mean of the regions' means. */
    double mean(Metric metric, ModalitySubset subset) {
        return average(
                Arrays.stream(TumorRegion.values())
                        .mapToDouble(region -> mean(metric, subset, region)));
    }

    /** The mean of the subsets' means. */
    double mean(Metric metric, TumorRegion region) {
        return average(
                bySubset.keySet().stream().mapToDouble(subset -> mean(metric, subset, region)));
    }

    /** The mean over the subsets of the means of their regions. */
    double mean(Metric metric) {
        return average(bySubset.keySet().stream().mapToDouble(subset -> mean(metric, subset)));
    }

    /** The mean of a case over its subsets. */
    double ofCase(Metric metric, String caseName, TumorRegion region) {
        return mean(of(caseName).filter(row -> row.region() == region), metric);
    }

    /** The mean of a case over its subsets and regions. */
    double ofCase(Metric metric, String caseName) {
        return mean(of(caseName), metric);
    }

    /** The mean of a case over those of its subsets that have so many modalities. */
    double ofCase(Metric metric, String caseName, TumorRegion region, int modalities) {
        return mean(
                of(caseName)
                        .filter(row -> row.region() == region)
                        .filter(row -> row.subset().modalities().size() == modalities),
                metric);
    }

    /** The mean of a case over its regions. */
    double ofCase(Metric metric, String caseName, ModalitySubset subset) {
        return mean(of(caseName).filter(row -> row.subset().equals(subset)), metric);
    }

    private Stream<Score> of(String caseName) {
        return byCase.getOrDefault(caseName, List.of()).stream();
    }

    private static double mean(Stream<Score> scores, Metric metric) {
        return average(scores.mapToDouble(score -> score.value(metric)));
    }

    private static double average(DoubleStream values) {
        return values.filter(value -> !Double.isNaN(value)).average().orElse(Double.NaN);
    }
}
