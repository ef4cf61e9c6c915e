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
 * @param folds how many folds the cases are divided into: each cell leaves one out of its training
 *     and is evaluated on it; empty: none
 * @param oneFoldPerSeed whether a seed leaves out one fold alone, the one whose number is the seed
 *     modulo the number of folds, instead of each in turn
 * @param splits a file of folds as nnU-Net has them; empty: they are drawn by seed 0
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
        Optional<Integer> folds,
        boolean oneFoldPerSeed,
        Optional<String> splits,
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
     * @param folds how many folds the cases are divided into; empty: none
     * @param oneFoldPerSeed whether a seed leaves out one fold alone
     * @param splits a file of folds; empty: they are drawn
     * @param processes how many cells are worked on at once, at least 1
     * @param threads threads of the engine in each process, at least 1
     * @throws IllegalArgumentException if the seeds are none, not different or below 0, there are
     *     other cases to evaluate on beside folds, or splits or oneFoldPerSeed without folds
     */
    public ExperimentPlan {
        if (folds.isPresent()) {
            boolean none = evaluate.isEmpty();
            Check.that(none, "evaluate", "nothing beside folds, which are evaluated on", "cases");
        } else {
            splits.ifPresent(f -> Check.that(false, "splits", "nothing without folds", f));
            Check.that(!oneFoldPerSeed, "oneFoldPerSeed", "nothing without folds", true);
        }
        subsets = List.copyOf(subsets);
        seeds = List.copyOf(seeds);
        boolean distinct = new HashSet<>(seeds).size() == seeds.size();
        boolean fits = !seeds.isEmpty() && distinct && seeds.stream().allMatch(seed -> seed >= 0);
        String expected = "a list of different whole numbers of at least 0, such as [1, 2, 3]";
        Check.that(fits, "seeds", expected, seeds.toString().replace(" ", ""));
    }
}
