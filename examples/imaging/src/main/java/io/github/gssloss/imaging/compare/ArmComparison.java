/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.compare;

import io.github.gssloss.core.TumorRegion;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.measure.Metric;
import io.github.gssloss.imaging.measure.Score;
import io.github.gssloss.imaging.measure.ScoreTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The arms of an experiment beside each other: each was trained with several seeds and judged on
 * the same cases every time. An arm is compared with the first one on the seeds that both have: a
 * difference is paired by seed, case, subset and region. Its 95 % interval comes from a bootstrap
 * that draws the seeds and the cases, each with replacement and independently of each other.
 */
public final class ArmComparison {

    private final Map<String, Map<Long, ScoreTable>> arms = new LinkedHashMap<>();
    private final List<ArmDifference> differences = new ArrayList<>();

    /**
     * Compares arms.
     *
     * @param arms the scores of at least one arm by name and seed, in the order of the tables, for
     *     each arm of at least one seed; the others are compared with the first
     * @throws IllegalArgumentException if there is no arm, or one without a seed
     */
    public ArmComparison(Map<String, Map<Long, ScoreTable>> arms) {
        if (arms.isEmpty() || arms.values().stream().anyMatch(Map::isEmpty)) {
            throw new IllegalArgumentException(
                    "arms: expected at least one, each with a seed, got " + arms.keySet());
        }
        arms.forEach((name, tables) -> this.arms.put(name, new LinkedHashMap<>(tables)));
        String first = names().get(0);
        for (String name : names().subList(1, names().size())) {
            compare(name, this.arms.get(first), this.arms.get(name));
        }
    }

    private void compare(String name, Map<Long, ScoreTable> first, Map<Long, ScoreTable> other) {
        PairedArms paired = new PairedArms(first, other);
        for (Metric metric : Metric.values()) {
            for (Optional<TumorRegion> region : regions()) {
                paired.difference(name, metric, Optional.empty(), region)
                        .ifPresent(differences::add);
            }
        }
        for (ModalitySubset subset : subsets()) {
            for (Optional<TumorRegion> region : regions()) {
                paired.difference(name, Metric.DICE, Optional.of(subset), region)
                        .ifPresent(differences::add);
            }
        }
    }

    /**
     * Returns the regions, and none, which stands for their average.
     *
     * @return in the order of the tables
     */
    public static List<Optional<TumorRegion>> regions() {
        return Stream.concat(
                        Stream.of(TumorRegion.values()).map(Optional::of),
                        Stream.of(Optional.<TumorRegion>empty()))
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
     * Returns the subsets judged.
     *
     * @return in the order of the tables
     */
    public List<ModalitySubset> subsets() {
        Set<ModalitySubset> subsets = new LinkedHashSet<>();
        arms.values().forEach(one -> one.values().forEach(t -> subsets.addAll(t.subsets())));
        return List.copyOf(subsets);
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
     * Returns an arm's mean over its seeds, cases and subsets.
     *
     * @param arm the name of an arm
     * @param metric what to average
     * @param region the region; empty: the average of the three
     * @return the mean of the seeds' means
     */
    public double mean(String arm, Metric metric, Optional<TumorRegion> region) {
        return arms.get(arm).values().stream()
                .mapToDouble(
                        table -> region.map(r -> table.mean(metric, r)).orElse(table.mean(metric)))
                .average()
                .orElseThrow();
    }

    /**
     * Returns a seed's mean over cases, subsets and regions.
     *
     * @param arm the name of an arm
     * @param seed a seed
     * @param metric what to average
     * @return the mean; empty where the arm has no scores of the seed
     */
    public Optional<Double> mean(String arm, long seed, Metric metric) {
        return Optional.ofNullable(arms.get(arm).get(seed)).map(table -> table.mean(metric));
    }

    /**
     * Returns an arm's mean over its seeds and cases with one subset.
     *
     * @param arm the name of an arm
     * @param metric what to average
     * @param subset the subset
     * @param region the region; empty: the average of the three
     * @return the mean of the seeds' means; empty where no seed was judged with the subset
     */
    public Optional<Double> mean(
            String arm, Metric metric, ModalitySubset subset, Optional<TumorRegion> region) {
        var mean =
                arms.get(arm).values().stream()
                        .filter(table -> table.subsets().contains(subset))
                        .mapToDouble(
                                table ->
                                        region.map(r -> table.mean(metric, subset, r))
                                                .orElse(table.mean(metric, subset)))
                        .average();
        return mean.isPresent() ? Optional.of(mean.getAsDouble()) : Optional.empty();
    }

    /**
     * Returns the differences to the first arm: every metric over all subsets, and Dice with each
     * subset, both by region.
     *
     * @return a difference for each arm that shares a seed and a case with the first
     */
    public List<ArmDifference> differences() {
        return List.copyOf(differences);
    }

    /**
     * Finds a difference.
     *
     * @param arm the name of an arm
     * @param metric the metric
     * @param subset the subset; empty: the mean of all
     * @param region the region; empty: the average of the three
     * @return the difference, if there is one
     */
    public Optional<ArmDifference> difference(
            String arm,
            Metric metric,
            Optional<ModalitySubset> subset,
            Optional<TumorRegion> region) {
        return differences.stream()
                .filter(one -> one.arm().equals(arm) && one.metric() == metric)
                .filter(one -> one.subset().equals(subset) && one.region().equals(region))
                .findFirst();
    }
}
