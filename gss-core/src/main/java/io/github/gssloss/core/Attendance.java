/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;

/** Which modalities each sample has: as a matrix, or everybody without one. */
final class Attendance {

    private static final Attendance EVERYBODY = new Attendance(null);

    private final NDList here;

    private Attendance(NDList here) {
        this.here = here;
    }

    /**
     * Reads a matrix.
     *
     * @param present (B, M), non-zero where the sample has the modality; null: everybody is there
     * @param rank the rank of the arrays it is combined with
     * @param type their type
     * @param manager receives all arrays made here
     */
    static Attendance of(NDArray present, int rank, DataType type, NDManager manager) {
        if (present == null) {
            return EVERYBODY;
        }
        long[] dims = new long[rank];
        Arrays.fill(dims, 1);
        dims[0] = present.getShape().get(0);
        NDList here = new NDList();
        for (long m = 0; m < present.getShape().get(1); m++) {
            NDArray column = present.get(manager, new NDIndex(":, {}", m));
            here.add(column.neq(0).toType(type, false).reshape(new Shape(dims)));
        }
        return new Attendance(here);
    }

    boolean everybody() {
        return here == null;
    }

    /** 1 where the sample has modality m and 0 elsewhere, (B, 1, ...). */
    NDArray here(int m) {
        return here.get(m);
    }

    /** How many of some modalities each sample has, (B, 1, ...). */
    NDArray count(List<Integer> some) {
        NDArray sum = here.get(some.get(0));
        for (int m : some.subList(1, some.size())) {
            sum = sum.add(here.get(m));
        }
        return sum;
    }

    /** Whether each sample has any of some modalities, boolean (B, 1, ...). */
    NDArray any(List<Integer> some) {
        return count(some).gt(0);
    }
}
