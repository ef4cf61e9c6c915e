/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.compare;

import io.github.gssloss.core.TumorRegion;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.measure.Metric;
import io.github.gssloss.imaging.measure.ScoreTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs beside each other, judged on the same cases. Case by case each run is paired with the first
 * one; a case's number is its mean over the subsets and regions in question that both were judged
 * with. The mean of the cases' differences comes with a 95 % interval: a percentile bootstrap over
 * the cases with a fixed seed. A single case has no interval.
 */
public final class Comparison {

    private final List<String> names;
    private final List<Difference> differences = new ArrayList<>();

    /**
     * Compares runs.
     *
     * @param runs the scores of at least two runs by name; the others are compared with the first
     * @throws IllegalArgumentException if there are fewer than two runs
     * @throws UserInputException if a run shares no case and subset with the first
     */
    public Comparison(Map<String, ScoreTable> runs) {
        if (runs.size() < 2) {
            throw new IllegalArgumentException("runs: expected at least 2, got " + runs.size());
        }
        Map<String, ScoreTable> ordered = new LinkedHashMap<>(runs);
        names = List.copyOf(ordered.keySet());
        ScoreTable first = ordered.remove(names.get(0));
        ordered.forEach((name, table) -> compare(name, first, table));
    }

    private void compare(String name, ScoreTable first, ScoreTable other) {
        PairedScores paired = new PairedScores(first.rows(), other.rows());
        if (paired.isEmpty()) {
            throw new UserInputException(
                    "runs %s and %s: expected a case that was judged with the same subset in both,"
                                    .formatted(names.get(0), name)
                            + " found none");
        }
        for (Metric metric : Metric.values()) {
            for (Optional<ModalitySubset> subset : orAll(first.subsets())) {
                for (Optional<TumorRegion> region : orAll(List.of(TumorRegion.values()))) {
                    paired.difference(name, metric, subset, region).ifPresent(differences::add);
                }
            }
        }
    }

    /** Each one, and none, which stands for all together. */
    private static <T> List<Optional<T>> orAll(List<T> ones) {
        return Stream.concat(ones.stream().map(Optional::of), Stream.of(Optional.<T>empty()))
                .toList();
    }

    /**
     * Returns the names of the runs.
     *
     * @return the first is the one that the others are compared with
     */
    public List<String> names() {
        return names;
    }

    /**
     * Returns the differences to the first run.
     *
     * @return by run, metric, subset and region; an empty subset or region stands for all together
     */
    public List<Difference> differences() {
        return List.copyOf(differences);
    }
}
