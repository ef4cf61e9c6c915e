/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.imaging.dataset.ModalitySubset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Finds the subset of the modalities with the lowest Dice. */
final class Weakest {

    private Weakest() {}

    /**
     * Returns the weakest subset and its Dice, in words.
     *
     * @param subsets the subsets to choose from
     * @param dice the Dice with a subset; NaN where there is none
     * @return for example {@code t1 41.3}; empty where there are not two to choose from
     */
    static Optional<String> of(
            List<ModalitySubset> subsets, ToDoubleFunction<ModalitySubset> dice) {
        List<ModalitySubset> judged =
                subsets.stream()
                        .filter(subset -> !Double.isNaN(dice.applyAsDouble(subset)))
                        .toList();
        return judged.stream()
                .min(Comparator.comparingDouble(dice))
                .filter(weakest -> judged.size() > 1)
                .map(
                        weakest ->
                                SubsetMark.words(weakest)
                                        + " "
                                        + MetricText.dice(dice.applyAsDouble(weakest)));
    }
}
