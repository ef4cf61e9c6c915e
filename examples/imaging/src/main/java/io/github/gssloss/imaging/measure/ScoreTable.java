/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.dataset.Region;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * The scores of an evaluation and their means: first over the cases of a subset, then over the
 * subsets, as the paper's Table 6 does it.
 */
public final class ScoreTable {

    private final List<Score> rows;
    private final List<ModalitySubset> subsets;
    private final List<Region> regions;
    private final Map<Place, List<Score>> byPlace;
    private final MeasureSettings settings;

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
     * @throws IllegalArgumentException if there are no rows, a subset lacks a region, or rows were
     *     measured by different settings
     */
    public ScoreTable(List<Score> rows, List<ModalitySubset> order) {
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("rows: expected at least one score, got none");
        }
        this.rows = List.copyOf(rows);
        this.settings = rows.get(0).measures().settings();
        for (Score row : rows) {
            if (!row.measures().settings().equals(settings)) {
                throw new IllegalArgumentException(
                        "rows: expected all measured by %s, got %s"
                                .formatted(settings.label(), row.measures().settings().label()));
            }
        }
        this.subsets =
                order.stream()
                        .filter(
                                subset ->
                                        rows.stream().anyMatch(row -> row.subset().equals(subset)))
                        .toList();
        this.regions = rows.stream().map(Score::region).distinct().toList();
        byPlace = rows.stream().collect(Collectors.groupingBy(Place::of));
        for (ModalitySubset subset : this.subsets) {
            for (Region region : regions) {
                if (!byPlace.containsKey(new Place(subset, region))) {
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
     * Returns how the numbers were measured.
     *
     * @return the same for all rows
     */
    public MeasureSettings settings() {
        return settings;
    }

    /**
     * Returns the metrics that were measured and of which every row has a number, but for those
     * that the settings leave out: scores that an earlier version wrote lack {@link
     * Metric#DICE_POST_MM3}. Those in which small predictions count as none are there where a
     * region has that rule.
     *
     * @return in their order
     */
    public List<Metric> metrics() {
        boolean hasSmall = regions.stream().anyMatch(Region::smallIsNone);
        return Arrays.stream(Metric.values())
                .filter(metric -> !metric.isPost() || hasSmall)
                .filter(settings::has)
                .filter(metric -> settings.leavesOut(metric) || !Double.isNaN(mean(metric)))
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
     * Says how a metric is defined where that is a choice, and how many rows are left out where
     * some may be.
     *
     * @param metric a metric of the table
     * @return for example {@code at 1 mm}; nothing where it is as usual
     */
    public String note(Metric metric) {
        long left = rows.stream().filter(row -> Double.isNaN(metric.of(row.measures()))).count();
        String definition = settings.definition(metric);
        return settings.leavesOut(metric)
                ? "%s: %d of %d numbers left out".formatted(definition, left, rows.size())
                : definition;
    }

    /**
     * Returns the heading of a metric's table.
     *
     * @param metric a metric of the table
     * @return {@link Metric#title} with the {@link #note} in brackets, if there is one
     */
    public String title(Metric metric) {
        return metric.title() + (note(metric).isEmpty() ? "" : " (" + note(metric) + ")");
    }

    /**
     * Returns the mean over the cases that were evaluated with a subset.
     *
     * @param metric what to average
     * @param subset a subset of the table
     * @param region the region
     * @return the mean; NaN where the settings leave out every case
     * @throws IllegalArgumentException if the subset is not in the table
     */
    public double mean(Metric metric, ModalitySubset subset, Region region) {
        List<Score> some = byPlace.getOrDefault(new Place(subset, region), List.of());
        if (some.isEmpty()) {
            throw new IllegalArgumentException(
                    "subset: expected one of " + subsets + ", got " + subset);
        }
        return average(metric, some.stream().mapToDouble(row -> metric.of(row.measures())));
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
     * Means of which every number is left out do not count.
     *
     * @param metric what to average
     * @param subset a subset of the table; empty: all of them
     * @param region the region; empty: all of them
     * @return the mean
     * @throws IllegalArgumentException if the subset is not in the table
     */
    public double mean(Metric metric, Optional<ModalitySubset> subset, Optional<Region> region) {
        List<Region> averaged = region.map(List::of).orElse(regions);
        return average(
                metric,
                subset.map(List::of).orElse(subsets).stream()
                        .mapToDouble(
                                one ->
                                        average(
                                                metric,
                                                averaged.stream()
                                                        .mapToDouble(
                                                                two -> mean(metric, one, two)))));
    }

    private double average(Metric metric, DoubleStream numbers) {
        return numbers.filter(number -> !(settings.leavesOut(metric) && Double.isNaN(number)))
                .average()
                .orElse(Double.NaN);
    }

    /** Where a mean is of: the scores of all cases there are kept together. */
    private record Place(ModalitySubset subset, Region region) {

        static Place of(Score score) {
            return new Place(score.subset(), score.region());
        }
    }
}
