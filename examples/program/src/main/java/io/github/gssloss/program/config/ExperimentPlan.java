/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * What an experiment's file says beside the settings of runs.
 *
 * @param name what the experiment is called
 * @param data the cases to train on; empty: to be named where it is started
 * @param evaluate the cases to evaluate on; empty: likewise
 * @param subsets the subsets of the modalities to evaluate with; empty: all 15
 * @param overlap share of a window that the next one covers again, 0 to below 1; empty: as {@code
 *     gss evaluate} has it
 * @param seeds the seeds, at least one, at least 0
 * @param processes how many cells are worked on at once, at least 1
 * @param threads threads of the engine in each process, at least 1; empty: in several processes
 *     one, else {@link Threads#DEFAULT}
 */
public record ExperimentPlan(
        String name,
        Optional<CohortSource> data,
        Optional<CohortSource> evaluate,
        List<String> subsets,
        Optional<Double> overlap,
        List<Long> seeds,
        int processes,
        Optional<Integer> threads) {

    /**
     * Checks the seeds. The other ranges are those of the table, which its reader checks.
     *
     * @param name what the experiment is called
     * @param data the cases to train on; empty: to be named where it is started
     * @param evaluate the cases to evaluate on; empty: likewise
     * @param subsets the subsets of the modalities to evaluate with; empty: all 15
     * @param overlap share of a window that the next one covers again, 0 to below 1
     * @param seeds the seeds, at least one, at least 0
     * @param processes how many cells are worked on at once, at least 1
     * @param threads threads of the engine in each process, at least 1
     * @throws IllegalArgumentException if the seeds are none, not different or below 0
     */
    public ExperimentPlan {
        subsets = List.copyOf(subsets);
        seeds = List.copyOf(seeds);
        boolean distinct = new HashSet<>(seeds).size() == seeds.size();
        boolean fits = !seeds.isEmpty() && distinct && seeds.stream().allMatch(seed -> seed >= 0);
        String expected = "a list of different whole numbers of at least 0, such as [1, 2, 3]";
        Check.that(fits, "seeds", expected, seeds.toString().replace(" ", ""));
    }
}
