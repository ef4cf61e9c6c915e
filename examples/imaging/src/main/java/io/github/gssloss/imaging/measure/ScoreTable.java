/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.dataset.Region;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The scores of an evaluation and their means: first over the cases of a subset, then over the
 * subsets, as the paper's Table 6 does it.
 */
public final class ScoreTable {

    private final List<Score> rows;
    private final List<ModalitySubset> subsets;
    private final List<Region> regions;

    /**
     * Keeps a copy of the rows.
     *
     * @param rows scores in any order; the table shows the subsets in the order they first appear
     * @throws IllegalArgumentException if there are none, or a subset lacks a region
     */
    public ScoreTable(List<Score> rows) {
        this(rows, rows.stream().map(Score::subset).distinct().toList());
    }

    /**
     * Keeps a copy of the rows.
     *
     * @param rows scores in any order
     * @param order the subsets in the order of the table, at least those of the rows; one without a
     *     row is not shown
     * @throws IllegalArgumentException if there are no rows, or a subset lacks a region
     */
    public ScoreTable(List<Score> rows, List<ModalitySubset> order) {
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("rows: expected at least one score, got none");
        }
        this.rows = List.copyOf(rows);
        this.subsets =
                order.stream()
                        .filter(
                                subset ->
                                        rows.stream().anyMatch(row -> row.subset().equals(subset)))
                        .toList();
        this.regions = rows.stream().map(Score::region).distinct().toList();
        for (ModalitySubset subset : subsets) {
            for (Region region : regions) {
                if (average(Metric.DICE, row -> isOf(row, subset, region)).isEmpty()) {
                    throw new IllegalArgumentException(
                            "rows: expected a score of "
                                    + region.label()
                                    + " for "
                                    + subset
                                    + ", got none");
                }
            }
        }
    }

    /**
     * Returns the scores.
     *
     * @return one row per case, subset and region
     */
    public List<Score> rows() {
        return rows;
    }

    /**
     * Returns the subsets.
     *
     * @return in the order of the table
     */
    public List<ModalitySubset> subsets() {
        return subsets;
    }

    /**
     * Returns the modalities of the data set.
     *
     * @return all of them, whatever the subsets are
     */
    public List<Modality> modalities() {
        return subsets.get(0).all();
    }

    /**
     * Returns the regions.
     *
     * @return in the order they first appear
     */
    public List<Region> regions() {
        return regions;
    }

    /**
     * Returns the metrics of which every row has a number: scores that an earlier version wrote
     * lack {@link Metric#DICE_POST_MM3}. Those in which small predictions count as none are there
     * where a region has that rule.
     *
     * @return in their order
     */
    public List<Metric> metrics() {
        boolean hasSmall = regions.stream().anyMatch(Region::smallIsNone);
        return Arrays.stream(Metric.values())
                .filter(metric -> !metric.isPost() || hasSmall)
                .filter(metric -> !Double.isNaN(mean(metric)))
                .toList();
    }

    /**
     * Returns the number of cases.
     *
     * @return how many different names there are
     */
    public int cases() {
        return (int) rows.stream().map(Score::caseName).distinct().count();
    }

    /**
     * Returns the number of cases that were evaluated with a subset: those that have all of its
     * modalities.
     *
     * @param subset a subset
     * @return how many different names there are
     */
    public int cases(ModalitySubset subset) {
        return (int) names(subset).count();
    }

    /**
     * Returns whether every case was evaluated with every subset.
     *
     * @return false where cases lack modalities, so that rows are means over other cases
     */
    public boolean isComplete() {
        return subsets.stream().allMatch(subset -> cases(subset) == cases());
    }

    /**
     * Returns the table of the cases that were evaluated with a subset.
     *
     * @param subset a subset of the table
     * @return their scores with all subsets
     */
    public ScoreTable ofCases(ModalitySubset subset) {
        Set<String> names = names(subset).collect(Collectors.toSet());
        return new ScoreTable(
                rows.stream().filter(row -> names.contains(row.caseName())).toList(), subsets);
    }

    private Stream<String> names(ModalitySubset subset) {
        return rows.stream()
                .filter(row -> row.subset().equals(subset))
                .map(Score::caseName)
                .distinct();
    }

    /**
     * Returns the mean over the cases that were evaluated with a subset.
     *
     * @param metric what to average
     * @param subset a subset of the table
     * @param region the region
     * @return the mean
     * @throws IllegalArgumentException if the subset is not in the table
     */
    public double mean(Metric metric, ModalitySubset subset, Region region) {
        return average(metric, row -> isOf(row, subset, region))
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "subset: expected one of " + subsets + ", got " + subset));
    }

    /**
     * Returns the mean of everything: over cases, subsets and regions.
     *
     * @param metric what to average
     * @return the mean
     */
    public double mean(Metric metric) {
        return mean(metric, Optional.empty(), Optional.empty());
    }

    /**
     * Returns the mean of the subsets' means, each of which is the mean of the regions' means.
     *
     * @param metric what to average
     * @param subset a subset of the table; empty: all of them
     * @param region the region; empty: all of them
     * @return the mean
     * @throws IllegalArgumentException if the subset is not in the table
     */
    public double mean(Metric metric, Optional<ModalitySubset> subset, Optional<Region> region) {
        List<Region> averaged = region.map(List::of).orElse(regions);
        return subset.map(List::of).orElse(subsets).stream()
                .mapToDouble(
                        one ->
                                averaged.stream()
                                        .mapToDouble(two -> mean(metric, one, two))
                                        .average()
                                        .orElseThrow())
                .average()
                .orElseThrow();
    }

    private static boolean isOf(Score row, ModalitySubset subset, Region region) {
        return row.subset().equals(subset) && row.region().equals(region);
    }

    private OptionalDouble average(Metric metric, Predicate<Score> which) {
        return rows.stream().filter(which).mapToDouble(row -> metric.of(row.measures())).average();
    }
}
