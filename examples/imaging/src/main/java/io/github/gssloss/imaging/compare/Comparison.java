/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.compare;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.dataset.Region;
import io.github.gssloss.imaging.measure.MeasureSettings;
import io.github.gssloss.imaging.measure.Metric;
import io.github.gssloss.imaging.measure.Score;
import io.github.gssloss.imaging.measure.ScoreTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Arms side by side: each was trained with one or several seeds and evaluated on the same cases
 * every time. An arm is compared with the first one on the seeds that both have: a difference is
 * paired by seed, case, subset and region, a case's number being its mean over the subsets and
 * regions in question. The difference comes with the 95 % interval of {@link Bootstrap}. A run on
 * its own is an arm of a single seed.
 */
public final class Comparison {

    private final Map<String, Map<Long, ScoreTable>> arms = new LinkedHashMap<>();
    private final Map<String, PairedScores> paired = new LinkedHashMap<>();
    private final Map<List<Object>, Optional<Difference>> differences = new HashMap<>();

    /**
     * Compares arms.
     *
     * @param arms the scores of at least one arm by name and seed, in the order of the tables, for
     *     each arm of at least one seed; the others are compared with the first
     * @throws IllegalArgumentException if there is no arm, or one without a seed
     */
    public Comparison(Map<String, Map<Long, ScoreTable>> arms) {
        if (arms.isEmpty() || arms.values().stream().anyMatch(Map::isEmpty)) {
            throw new IllegalArgumentException(
                    "arms: expected at least one, each with a seed, got " + arms.keySet());
        }
        arms.forEach((name, tables) -> this.arms.put(name, new LinkedHashMap<>(tables)));
        Map<Long, ScoreTable> first = this.arms.get(first());
        for (String name : others()) {
            paired.put(name, new PairedScores(first, this.arms.get(name)));
        }
    }

    /**
     * Compares runs, each of which is an arm of one seed.
     *
     * @param runs the scores of at least two runs by name; the others are compared with the first
     * @return the comparison
     * @throws IllegalArgumentException if there are fewer than two runs
     * @throws UserInputException if a run shares no case and subset with the first
     */
    public static Comparison ofRuns(Map<String, ScoreTable> runs) {
        if (runs.size() < 2) {
            throw new IllegalArgumentException("runs: expected at least 2, got " + runs.size());
        }
        Map<String, Map<Long, ScoreTable>> arms = new LinkedHashMap<>();
        runs.forEach((name, table) -> arms.put(name, Map.of(0L, table)));
        Comparison comparison = new Comparison(arms);
        for (String name : comparison.others()) {
            if (!comparison.isCompared(name)) {
                throw new UserInputException(
                        ("runs %s and %s: expected a case that was evaluated with the same subset"
                                        + " in both, found none")
                                .formatted(comparison.first(), name));
            }
        }
        return comparison;
    }

    /**
     * Returns the regions, and none, which stands for their average.
     *
     * @return in the order of the tables
     */
    public List<Optional<Region>> regions() {
        return withAverage(
                arms.values().stream()
                        .flatMap(one -> one.values().stream())
                        .flatMap(table -> table.regions().stream())
                        .distinct()
                        .toList());
    }

    /**
     * Returns regions, and none, which stands for their average.
     *
     * @param regions the regions
     * @return one more than these
     */
    public static List<Optional<Region>> withAverage(List<Region> regions) {
        return Stream.concat(
                        regions.stream().map(Optional::of), Stream.of(Optional.<Region>empty()))
                .toList();
    }

    /**
     * Returns the arms.
     *
     * @return their names, the one first that the others are compared with
     */
    public List<String> names() {
        return List.copyOf(arms.keySet());
    }

    /**
     * Returns the arm that the others are compared with.
     *
     * @return its name
     */
    public String first() {
        return names().get(0);
    }

    /**
     * Returns the arms that are compared with the first.
     *
     * @return their names
     */
    public List<String> others() {
        return names().subList(1, arms.size());
    }

    /**
     * Returns whether an arm shares a seed and a case with the first.
     *
     * @param arm the name of an arm
     * @return false for the first
     */
    public boolean isCompared(String arm) {
        return difference(arm, Metric.DICE, Optional.empty(), Optional.empty()).isPresent();
    }

    /**
     * Returns the seeds of which an arm has scores.
     *
     * @param arm the name of an arm
     * @return the seeds in the order they were given in
     */
    public List<Long> seeds(String arm) {
        return List.copyOf(arms.get(arm).keySet());
    }

    /**
     * Returns the seeds of which any arm has scores.
     *
     * @return in ascending order
     */
    public List<Long> seeds() {
        return arms.values().stream()
                .flatMap(one -> one.keySet().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * Returns the subsets that any arm was evaluated with.
     *
     * @return in the order of the tables
     */
    public List<ModalitySubset> subsets() {
        return arms.values().stream()
                .flatMap(one -> one.values().stream())
                .flatMap(table -> table.subsets().stream())
                .distinct()
                .toList();
    }

    /**
     * Returns the metrics of which all arms have numbers of the same definition.
     *
     * @return in their order, see {@link ScoreTable#metrics}
     */
    public List<Metric> metrics() {
        return common().alike();
    }

    /**
     * Returns the metrics that are not compared, as the arms were not measured alike.
     *
     * @return the headings that each has
     */
    public List<String> differentMetrics() {
        return common().different();
    }

    /**
     * Returns how the numbers of {@link #metrics} were measured.
     *
     * @return the settings of the first arm
     */
    public MeasureSettings settings() {
        return common().settings();
    }

    private CommonMetrics common() {
        return new CommonMetrics(
                arms.values().stream().flatMap(one -> one.values().stream()).toList());
    }

    /**
     * Returns the scores of an arm with all its seeds.
     *
     * @param arm the name of an arm
     * @return the scores, each case once for every seed: {@code seed 1, CASE}
     */
    public List<Score> pooled(String arm) {
        List<Score> rows = new ArrayList<>();
        arms.get(arm)
                .forEach(
                        (seed, table) -> {
                            for (Score row : table.rows()) {
                                String name = "seed " + seed + ", " + row.caseName();
                                rows.add(
                                        new Score(
                                                name, row.subset(), row.region(), row.measures()));
                            }
                        });
        return rows;
    }

    /**
     * Returns an arm's mean over its seeds and cases.
     *
     * @param arm the name of an arm
     * @param metric what to average
     * @param subset the subset; empty: the mean of all
     * @param region the region; empty: the average of all
     * @return the mean of the seeds' means; NaN where no seed was evaluated with the subset
     */
    public double mean(
            String arm, Metric metric, Optional<ModalitySubset> subset, Optional<Region> region) {
        return arms.get(arm).values().stream()
                .filter(table -> subset.map(table.subsets()::contains).orElse(true))
                .mapToDouble(table -> table.mean(metric, subset, region))
                .filter(mean -> !(settings().leavesOut(metric) && Double.isNaN(mean)))
                .average()
                .orElse(Double.NaN);
    }

    /**
     * Returns a seed's mean over cases, subsets and regions.
     *
     * @param arm the name of an arm
     * @param seed a seed
     * @param metric what to average
     * @return the mean; NaN where the arm has no scores of the seed
     */
    public double mean(String arm, long seed, Metric metric) {
        ScoreTable table = arms.get(arm).get(seed);
        return table == null ? Double.NaN : table.mean(metric);
    }

    /**
     * Compares an arm with the first.
     *
     * @param arm the name of an arm
     * @param metric what to average
     * @param subset the subset; empty: the mean of all
     * @param region the region; empty: the average of all
     * @return the difference; empty for the first arm itself, and for one that shares no seed with
     *     it, or no case with the subset
     */
    public Optional<Difference> difference(
            String arm, Metric metric, Optional<ModalitySubset> subset, Optional<Region> region) {
        if (!paired.containsKey(arm)) {
            return Optional.empty();
        }
        // Tables ask for the same differences again, and each takes a bootstrap.
        return differences.computeIfAbsent(
                List.of(arm, metric, subset, region),
                key -> paired.get(arm).difference(metric, subset, region));
    }
}
