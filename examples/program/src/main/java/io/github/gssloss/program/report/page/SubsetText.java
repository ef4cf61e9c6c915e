/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.imaging.dataset.ModalitySubset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** How the report shows subsets of the modalities. */
final class SubsetText {

    private SubsetText() {}

    /** A subset in words, such as {@code flair + t2}. */
    static String words(ModalitySubset subset) {
        return subset.hasAll() ? "all" : subset.label().replace("+", " + ");
    }

    /**
     * Finds the subset with the lowest Dice.
     *
     * @param subsets the subsets to choose from
     * @param dice the Dice with a subset; NaN where there is none
     * @return for example {@code t1 41.3}; empty where there are not two to choose from
     */
    static Optional<String> weakest(
            List<ModalitySubset> subsets, ToDoubleFunction<ModalitySubset> dice) {
        List<ModalitySubset> evaluated =
                subsets.stream()
                        .filter(subset -> !Double.isNaN(dice.applyAsDouble(subset)))
                        .toList();
        return evaluated.stream()
                .min(Comparator.comparingDouble(dice))
                .filter(weakest -> evaluated.size() > 1)
                .map(one -> words(one) + " " + MetricText.dice(dice.applyAsDouble(one)));
    }
}
