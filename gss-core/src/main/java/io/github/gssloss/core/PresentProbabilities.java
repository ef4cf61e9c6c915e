/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.IntFunction;

/**
 * The probabilities of all modalities, reduced over those that are present.
 *
 * <p>Probabilities lie in [0, 1], so an absent modality is left out by arithmetic: set to 0 it
 * never wins a maximum, raised by 2 never a minimum. If every modality is present none of this is
 * computed. Results stay on the manager of the probabilities; the caller may close those that are
 * no views.
 */
final class PresentProbabilities {

    private static final double ABOVE_ONE = 2;

    private final NDList probabilities;
    private final Presence presence;

    /**
     * Combines probabilities with the presence of their modalities.
     *
     * @param probabilities per modality (B, N, spatial...)
     * @param presence which modalities are present
     */
    PresentProbabilities(NDList probabilities, Presence presence) {
        this.probabilities = probabilities;
        this.presence = presence;
    }

    /** The probabilities of the first modality: all have the same manager, type and shape. */
    NDArray first() {
        return probabilities.get(0);
    }

    /** Splits by class, into views (B, 1, spatial...). */
    List<PresentProbabilities> byClass() {
        long classes = probabilities.get(0).getShape().get(1);
        List<PresentProbabilities> byClass = new ArrayList<>();
        for (int c = 0; c < classes; c++) {
            byClass.add(new PresentProbabilities(new NDList(), presence));
        }
        for (NDArray modality : probabilities) {
            NDList views = modality.split(classes, 1);
            for (int c = 0; c < classes; c++) {
                byClass.get(c).probabilities.add(views.get(c));
            }
        }
        return byClass;
    }

    /**
     * One array a class (B, 1, ...), side by side; frees those that are no views.
     *
     * @param byClass the probabilities of each class
     * @param modalities of each class those that its array is of
     * @param value computes the array of a class
     */
    static NDArray sideBySide(
            List<PresentProbabilities> byClass,
            IntFunction<List<Integer>> modalities,
            IntFunction<NDArray> value) {
        NDList parts = new NDList();
        NDList made = new NDList();
        for (int c = 0; c < byClass.size(); c++) {
            parts.add(value.apply(c));
            if (!byClass.get(c).isView(modalities.apply(c))) {
                made.add(parts.get(c));
            }
        }
        try (made) {
            return NDArrays.concat(parts, 1);
        }
    }

    /**
     * The largest among the given modalities; 0 where none of them is present. A view where that is
     * a modality itself, see {@link #isView}.
     */
    NDArray max(List<Integer> modalities) {
        return reduce(modalities, NDArray::maximum, this::zeroIfAbsent);
    }

    /** The smallest among the given modalities; at least 2 where none of them is present. */
    NDArray min(List<Integer> modalities) {
        return reduce(modalities, NDArray::minimum, this::aboveOneIfAbsent);
    }

    /** The sum over those of the given modalities that are present. */
    NDArray sum(List<Integer> modalities) {
        return reduce(modalities, NDArray::add, this::zeroIfAbsent);
    }

    /** The mean over those of the given modalities that are present; 0 where none is. */
    NDArray mean(List<Integer> modalities) {
        NDArray sum = sum(modalities);
        if (isView(modalities)) {
            return sum;
        }
        return sum.divi(
                presence.complete()
                        ? EngineConstants.of(modalities.size(), sum)
                        : presence.count(modalities).maximum(EngineConstants.of(1, sum)));
    }

    /**
     * Whether the largest, smallest and sum of modalities are one of them, which is neither to be
     * written nor closed.
     */
    boolean isView(List<Integer> modalities) {
        return presence.complete() && modalities.size() == 1;
    }

    private NDArray zeroIfAbsent(int m) {
        NDArray x = probabilities.get(m);
        return presence.complete() ? x : x.mul(presence.indicator(m));
    }

    private NDArray aboveOneIfAbsent(int m) {
        NDArray x = probabilities.get(m);
        return presence.complete()
                ? x
                : x.add(presence.absence(m).muli(EngineConstants.of(ABOVE_ONE, x)));
    }

    private NDArray reduce(
            List<Integer> modalities, BinaryOperator<NDArray> step, IntFunction<NDArray> of) {
        NDArray result = of.apply(modalities.get(0));
        for (int i = 1; i < modalities.size(); i++) {
            NDArray next = of.apply(modalities.get(i));
            NDArray both = step.apply(result, next);
            if (!presence.complete()) {
                next.close();
            }
            if (i > 1 || !presence.complete()) {
                result.close();
            }
            result = both;
        }
        return result;
    }
}
