/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;

/** Which modalities are present in each sample. */
final class Presence {

    private static final Presence COMPLETE = new Presence(null);

    /** Per modality 1 or 0 for each sample; null if every modality is present. */
    private final NDList indicators;

    private Presence(NDList indicators) {
        this.indicators = indicators;
    }

    /**
     * Reads a matrix.
     *
     * @param present (B, M), non-zero where the sample has the modality; null: all are present
     * @param rank the rank of the arrays it is combined with
     * @param type their type
     * @param manager receives all arrays made here
     */
    static Presence of(NDArray present, int rank, DataType type, NDManager manager) {
        if (present == null) {
            return COMPLETE;
        }
        long[] dims = new long[rank];
        Arrays.fill(dims, 1);
        dims[0] = present.getShape().get(0);
        NDList indicators = new NDList();
        for (long m = 0; m < present.getShape().get(1); m++) {
            NDArray column = present.get(manager, new NDIndex(":, {}", m));
            NDArray zero = EngineConstants.of(0, column);
            indicators.add(column.neq(zero).toType(type, false).reshape(new Shape(dims)));
        }
        return new Presence(indicators);
    }

    /** Whether every sample has every modality; only otherwise there are indicators. */
    boolean complete() {
        return indicators == null;
    }

    /** 1 where the sample has modality m and 0 elsewhere, (B, 1, ...). */
    NDArray indicator(int m) {
        return indicators.get(m);
    }

    /** 1 where a sample has a modality and 0 elsewhere, (M, B, 1, ...). */
    NDArray indicators() {
        return NDArrays.stack(indicators);
    }

    /** 0 where the sample has modality m and 1 elsewhere, (B, 1, ...); the caller owns it. */
    NDArray absence(int m) {
        return EngineConstants.oneMinus(indicators.get(m).duplicate());
    }

    /**
     * The array of modality m, with 0 in the samples that lack it, whatever number stands there: a
     * product with 0 would leave NaN and infinity as NaN.
     *
     * @param x (B, ...)
     * @return x itself if every modality is present
     */
    NDArray orZero(NDArray x, int m) {
        if (complete()) {
            return x;
        }
        NDArray zero = EngineConstants.of(0, x);
        NDArray has = indicators.get(m).gt(EngineConstants.of(0, indicators.get(m)));
        return NDArrays.where(has.broadcast(x.getShape()), x, zero);
    }

    /** How many of the given modalities each sample has, (B, 1, ...). */
    NDArray count(List<Integer> modalities) {
        NDArray sum = indicators.get(modalities.get(0));
        for (int m : modalities.subList(1, modalities.size())) {
            sum = sum.add(indicators.get(m));
        }
        return sum;
    }

    /** Whether each sample has any of the given modalities, boolean (B, 1, ...). */
    NDArray any(List<Integer> modalities) {
        NDArray count = count(modalities);
        return count.gt(EngineConstants.of(0, count));
    }
}
