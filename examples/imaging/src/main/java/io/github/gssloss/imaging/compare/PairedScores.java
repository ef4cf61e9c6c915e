/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.compare;

import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.dataset.Region;
import io.github.gssloss.imaging.measure.Measures;
import io.github.gssloss.imaging.measure.Metric;
import io.github.gssloss.imaging.measure.Score;
import io.github.gssloss.imaging.measure.ScoreTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The scores of two arms for the seeds that both have, paired by seed, case, subset and region. */
final class PairedScores {

    /** For each seed the pairs of each case. */
    private final List<Map<String, List<Pair>>> seeds = new ArrayList<>();

    PairedScores(Map<Long, ScoreTable> first, Map<Long, ScoreTable> second) {
        first.forEach(
                (seed, table) -> {
                    if (second.containsKey(seed)) {
                        seeds.add(byCase(table.rows(), second.get(seed).rows()));
                    }
                });
    }

    private static Map<String, List<Pair>> byCase(List<Score> first, List<Score> second) {
        Map<Place, Measures> known = new HashMap<>();
        second.forEach(score -> known.put(Place.of(score), score.measures()));
        Map<String, List<Pair>> byCase = new LinkedHashMap<>();
        for (Score score : first) {
            Measures other = known.get(Place.of(score));
            if (other != null) {
                byCase.computeIfAbsent(score.caseName(), name -> new ArrayList<>())
                        .add(new Pair(score, other));
            }
        }
        return byCase;
    }

    /**
     * Compares the means over the cases that every seed has in both arms; where no case belongs to
     * two seeds, over all cases.
     *
     * @param metric what to average
     * @param subset the subset; empty: the mean of all
     * @param region the region; empty: the average of all
     * @return empty where no seed is shared, or no case has the subset in every one
     */
    Optional<Difference> difference(
            Metric metric, Optional<ModalitySubset> subset, Optional<Region> region) {
        List<Map<String, double[]>> bySeed =
                seeds.stream().map(cases -> means(cases, metric, subset, region)).toList();
        boolean own = bySeed.size() > 1 && areDisjoint(bySeed);
        double[][][] means =
                bySeed.stream()
                        .map(own ? Map::values : one -> shared(one, bySeed))
                        .map(cases -> cases.toArray(double[][]::new))
                        .toArray(double[][][]::new);
        if (means.length == 0 || Arrays.stream(means).anyMatch(cases -> cases.length == 0)) {
            return Optional.empty();
        }
        double[][] differences =
                Arrays.stream(means)
                        .map(one -> Arrays.stream(one).mapToDouble(m -> m[1] - m[0]).toArray())
                        .toArray(double[][]::new);
        return Optional.of(
                new Difference(
                        means.length,
                        own
                                ? Arrays.stream(means).mapToInt(one -> one.length).sum()
                                : means[0].length,
                        own,
                        average(means, 0),
                        average(means, 1),
                        own
                                ? Optional.of(Bootstrap.ofMeanOfOwnCases(differences))
                                : Bootstrap.ofMean(differences)));
    }

    private static boolean areDisjoint(List<Map<String, double[]>> bySeed) {
        long different = bySeed.stream().flatMap(one -> one.keySet().stream()).distinct().count();
        return different == bySeed.stream().mapToInt(Map::size).sum();
    }

    private static Collection<double[]> shared(
            Map<String, double[]> cases, List<Map<String, double[]>> bySeed) {
        return bySeed.get(0).keySet().stream()
                .filter(name -> bySeed.stream().allMatch(one -> one.containsKey(name)))
                .map(cases::get)
                .toList();
    }

    private static double average(double[][][] means, int arm) {
        return Arrays.stream(means)
                .flatMap(Arrays::stream)
                .mapToDouble(pair -> pair[arm])
                .average()
                .orElseThrow();
    }

    /** The means of both arms for each case that has the subset. */
    private static Map<String, double[]> means(
            Map<String, List<Pair>> cases,
            Metric metric,
            Optional<ModalitySubset> subset,
            Optional<Region> region) {
        Map<String, double[]> means = new LinkedHashMap<>();
        cases.forEach(
                (name, all) -> {
                    List<Pair> pairs =
                            all.stream()
                                    .filter(pair -> isOf(pair.first().subset(), subset))
                                    .filter(pair -> isOf(pair.first().region(), region))
                                    .filter(pair -> pair.counts(metric))
                                    .toList();
                    if (!pairs.isEmpty()) {
                        means.put(name, means(pairs, metric));
                    }
                });
        return means;
    }

    private static <T> boolean isOf(T one, Optional<T> wanted) {
        return wanted.isEmpty() || wanted.get().equals(one);
    }

    private static double[] means(List<Pair> pairs, Metric metric) {
        double first = 0;
        double second = 0;
        for (Pair pair : pairs) {
            first += metric.of(pair.first().measures());
            second += metric.of(pair.second());
        }
        return new double[] {first / pairs.size(), second / pairs.size()};
    }

    private record Pair(Score first, Measures second) {

        /** Not where the settings leave out the number of any of the two. */
        boolean counts(Metric metric) {
            boolean both =
                    !Double.isNaN(metric.of(first.measures())) && !Double.isNaN(metric.of(second));
            return both || !first.measures().settings().leavesOut(metric);
        }
    }

    private record Place(String caseName, ModalitySubset subset, Region region) {

        static Place of(Score score) {
            return new Place(score.caseName(), score.subset(), score.region());
        }
    }
}
