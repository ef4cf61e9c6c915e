/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.compare;

import io.github.gssloss.core.TumorRegion;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.measure.Measures;
import io.github.gssloss.imaging.measure.Metric;
import io.github.gssloss.imaging.measure.Score;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The scores of two runs for what both were judged with, case by case. */
final class PairedScores {

    private final Map<String, List<Pair>> byCase = new LinkedHashMap<>();

    PairedScores(List<Score> first, List<Score> second) {
        Map<Place, Measures> known = new HashMap<>();
        second.forEach(score -> known.put(Place.of(score), score.measures()));
        for (Score score : first) {
            Measures other = known.get(Place.of(score));
            if (other != null) {
                byCase.computeIfAbsent(score.caseName(), name -> new ArrayList<>())
                        .add(new Pair(score, other));
            }
        }
    }

    boolean isEmpty() {
        return byCase.isEmpty();
    }

    /**
     * Compares the means.
     *
     * @param run names the second run
     * @param metric what to average
     * @param subset the subset; empty: the mean of all
     * @param region the region; empty: the average of the three
     * @return empty where no case has the subset in both runs
     */
    Optional<Difference> difference(
            String run,
            Metric metric,
            Optional<ModalitySubset> subset,
            Optional<TumorRegion> region) {
        List<double[]> cases = List.copyOf(cases(metric, subset, region).values());
        if (cases.isEmpty()) {
            return Optional.empty();
        }
        double[] differences = cases.stream().mapToDouble(c -> c[1] - c[0]).toArray();
        return Optional.of(
                new Difference(
                        run,
                        metric,
                        subset,
                        region,
                        cases.size(),
                        cases.stream().mapToDouble(c -> c[0]).average().orElseThrow(),
                        cases.stream().mapToDouble(c -> c[1]).average().orElseThrow(),
                        Bootstrap.ofMean(differences)));
    }

    /**
     * Returns the means of both runs case by case.
     *
     * @param metric what to average
     * @param subset the subset; empty: the mean of all
     * @param region the region; empty: the average of the three
     * @return for each case that has the subset in both runs the two means
     */
    Map<String, double[]> cases(
            Metric metric, Optional<ModalitySubset> subset, Optional<TumorRegion> region) {
        Predicate<Pair> wanted =
                pair ->
                        subset.map(pair.first().subset()::equals).orElse(true)
                                && region.map(pair.first().region()::equals).orElse(true);
        Map<String, double[]> cases = new LinkedHashMap<>();
        byCase.forEach(
                (name, all) -> {
                    List<Pair> pairs = all.stream().filter(wanted).toList();
                    if (!pairs.isEmpty()) {
                        cases.put(name, means(pairs, metric));
                    }
                });
        return cases;
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

    private record Pair(Score first, Measures second) {}

    private record Place(String caseName, ModalitySubset subset, TumorRegion region) {

        static Place of(Score score) {
            return new Place(score.caseName(), score.subset(), score.region());
        }
    }
}
