/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;

/**
 * The class with the highest score at each voxel, the first of equals; none where a score is NaN.
 *
 * <p>On a CPU the engine's argmax over the axis of the classes takes many times as long as these
 * comparisons of whole classes.
 */
final class HighestClass {

    /** Per class (B, 1, V). */
    private final NDList scores;

    /** Per class, the highest score of those before it, and of those after it. */
    private final NDArray[] before;

    private final NDArray[] after;

    private HighestClass(NDList scores) {
        this.scores = scores;
        int last = scores.size() - 1;
        before = new NDArray[last + 1];
        after = new NDArray[last + 1];
        for (int i = 1; i <= last; i++) {
            NDArray lower = scores.get(i - 1);
            NDArray upper = scores.get(last - i + 1);
            before[i] = i == 1 ? lower : before[i - 1].maximum(lower);
            after[last - i] = i == 1 ? upper : after[last - i + 1].maximum(upper);
        }
    }

    /**
     * Compares scores.
     *
     * @param scores (B, N, V)
     * @param manager receives all arrays
     */
    static HighestClass of(NDArray scores, NDManager manager) {
        return new HighestClass(classes(scores, manager));
    }

    private static NDList classes(NDArray scores, NDManager manager) {
        NDList classes = new NDList();
        int before = scores.getShape().dimension() - 2;
        for (long c = 0; c < scores.getShape().get(before); c++) {
            NDIndex ofClass = new NDIndex().addAllDim(before).addSliceDim(c, c + 1);
            classes.add(scores.get(manager, ofClass));
        }
        return classes;
    }

    /**
     * The highest score of each voxel (..., 1, V), of scores (..., N, V) that are not NaN, such as
     * (B, N, V) or (M, B, N, V).
     */
    static NDArray score(NDArray scores) {
        try (NDManager work = scores.getManager().newSubManager()) {
            NDArray highest = null;
            for (NDArray one : classes(scores, work)) {
                highest = highest == null ? one : highest.maximum(one);
            }
            highest.attach(scores.getManager());
            return highest;
        }
    }

    /** Where a class is the highest, boolean (B, 1, V). */
    NDArray is(int c) {
        NDArray own = scores.get(c);
        NDArray aboveEarlier = before[c] == null ? null : own.gt(before[c]);
        NDArray aboveLater = after[c] == null ? null : own.gte(after[c]);
        if (aboveEarlier == null) {
            return aboveLater;
        }
        return aboveLater == null ? aboveEarlier : aboveEarlier.logicalAnd(aboveLater);
    }

    /** All classes, boolean (B, N, V). */
    NDArray oneHot() {
        NDList all = new NDList();
        for (int c = 0; c < scores.size(); c++) {
            all.add(is(c));
        }
        return NDArrays.concat(all, 1);
    }
}
