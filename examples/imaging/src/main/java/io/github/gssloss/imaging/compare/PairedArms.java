/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.compare;

import io.github.gssloss.core.TumorRegion;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.measure.Metric;
import io.github.gssloss.imaging.measure.ScoreTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The scores of two arms for the seeds that both have, paired within each seed. */
final class PairedArms {

    private final Map<Long, PairedScores> seeds = new LinkedHashMap<>();

    PairedArms(Map<Long, ScoreTable> first, Map<Long, ScoreTable> second) {
        first.forEach(
                (seed, table) -> {
                    if (second.containsKey(seed)) {
                        seeds.put(seed, new PairedScores(table.rows(), second.get(seed).rows()));
                    }
                });
    }

    /**
     * Compares the means over the cases that every seed has in both arms.
     *
     * @param arm names the second arm
     * @param metric what to average
     * @param subset the subset; empty: the mean of all
     * @param region the region; empty: the average of the three
     * @return empty where no seed is shared, or no case has the subset in every one
     */
    Optional<ArmDifference> difference(
            String arm,
            Metric metric,
            Optional<ModalitySubset> subset,
            Optional<TumorRegion> region) {
        List<Map<String, double[]>> bySeed = new ArrayList<>();
        seeds.values().forEach(paired -> bySeed.add(paired.cases(metric, subset, region)));
        if (bySeed.isEmpty()) {
            return Optional.empty();
        }
        List<String> shared =
                bySeed.get(0).keySet().stream()
                        .filter(name -> bySeed.stream().allMatch(one -> one.containsKey(name)))
                        .toList();
        if (shared.isEmpty()) {
            return Optional.empty();
        }
        double[][] differences = new double[bySeed.size()][shared.size()];
        double first = 0;
        double second = 0;
        for (int s = 0; s < bySeed.size(); s++) {
            for (int c = 0; c < shared.size(); c++) {
                double[] means = bySeed.get(s).get(shared.get(c));
                differences[s][c] = means[1] - means[0];
                first += means[0];
                second += means[1];
            }
        }
        int pairs = bySeed.size() * shared.size();
        return Optional.of(
                new ArmDifference(
                        arm,
                        metric,
                        subset,
                        region,
                        bySeed.size(),
                        shared.size(),
                        first / pairs,
                        second / pairs,
                        CrossedBootstrap.ofMean(differences)));
    }
}
