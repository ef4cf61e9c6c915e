/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.tables;

import io.github.gssloss.imaging.compare.Bootstrap;
import io.github.gssloss.imaging.compare.Comparison;
import io.github.gssloss.imaging.compare.Difference;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.measure.Metric;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** Says what the means, differences and intervals of a {@link Comparison} are. */
final class IntervalText {

    private static final String DRAWN_CASES =
            " and as many cases as there are, with replacement and independently of each other";
    private static final String OWN_CASES =
            " as there are, with replacement, and for each of them as many of its own cases.";

    private IntervalText() {}

    /** Of runs: part of a sentence. */
    static String ofRuns(Comparison comparison) {
        int cases = most(comparison, Difference::cases);
        return cases == 1
                ? "one case: no interval of the differences exists"
                : ("in brackets the 95 %% interval of the difference, a paired bootstrap over %d"
                                + " cases with %d resamples")
                        .formatted(cases, Bootstrap.RESAMPLES);
    }

    /** Of the arms of an experiment: sentences. */
    static String ofArms(Comparison comparison) {
        String means = "An arm's means are over its seeds, the cases and the subsets.";
        if (comparison.others().stream().noneMatch(comparison::isCompared)) {
            return means;
        }
        int seeds = most(comparison, Difference::seeds);
        int cases = most(comparison, Difference::cases);
        return ("%s A difference to %s is the mean over the seeds and cases that both have, paired"
                    + " by seed, case, subset and region. Its 95 %% interval, in brackets, comes"
                    + " from a percentile bootstrap of %d resamples, each of which draws as many"
                    + " seeds%s")
                .formatted(
                        means,
                        comparison.first(),
                        Bootstrap.RESAMPLES,
                        hasOwnCases(comparison) ? OWN_CASES : DRAWN_CASES + single(seeds, cases));
    }

    private static boolean hasOwnCases(Comparison comparison) {
        return most(comparison, difference -> difference.ownCases() ? 1 : 0) == 1;
    }

    private static String single(int seeds, int cases) {
        if (seeds == 1 && cases == 1) {
            return "; a single seed with a single case has none.";
        }
        if (seeds == 1) {
            return "; with a single seed it says nothing about other seeds.";
        }
        return cases == 1 ? "; with a single case it says nothing about other cases." : ".";
    }

    private static int most(Comparison comparison, ToIntFunction<Difference> count) {
        Optional<ModalitySubset> all = Optional.empty();
        return comparison.others().stream()
                .flatMap(
                        name ->
                                comparison
                                        .difference(name, Metric.DICE, all, Optional.empty())
                                        .stream())
                .mapToInt(count)
                .max()
                .orElseThrow();
    }
}
