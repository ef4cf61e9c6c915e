/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * The labels of a batch, of which blocks are read as one-hot.
 *
 * @param values class indices (B, 1, V), or one-hot (B, N, V)
 * @param numClasses N
 */
record BatchLabels(NDArray values, int numClasses) {

    /**
     * Makes a view of a user's labels; it belongs to {@code work}.
     *
     * @param labels class indices (B, spatial...) or one-hot (B, N, spatial...)
     * @param branches the shape (B, N, spatial...) of the branches
     * @param work receives all arrays made here
     */
    static BatchLabels of(NDArray labels, Shape branches, NDManager work) {
        Shape indices = new Shape(branches.get(0)).addAll(branches.slice(2));
        boolean oneHot = labels.getShape().equals(branches);
        if (!oneHot && !labels.getShape().equals(indices)) {
            throw new IllegalArgumentException(
                    "labels: expected class indices of shape "
                            + indices
                            + " or one-hot labels of shape "
                            + branches
                            + ", got "
                            + labels.getShape());
        }
        long rows = oneHot ? branches.get(1) : 1;
        Shape flat = new Shape(branches.get(0), rows, indices.size() / branches.get(0));
        NDArray alias = Batch.alias(labels, work);
        return new BatchLabels(alias.reshape(flat), Math.toIntExact(branches.get(1)));
    }

    /**
     * The class of each voxel of a block, boolean (B, N, V); an index outside 0 to N - 1 is no
     * class.
     */
    NDArray oneHot(VoxelBlock block, NDManager manager) {
        NDArray view = values.get(manager, block.index());
        DataType type = view.getDataType();
        DataType counting = type.isFloating() ? Batch.computeType(type) : DataType.INT64;
        NDArray numbers = view.toType(counting, false);
        return values.getShape().get(1) == numClasses
                ? numbers.neq(0)
                : numbers.eq(classes(counting, manager));
    }

    /** The class with the highest score at each voxel, the first of equals, boolean (B, N, V). */
    NDArray highest(NDArray scores, NDManager manager) {
        return scores.argMax(1).expandDims(1).eq(classes(DataType.INT64, manager));
    }

    private NDArray classes(DataType type, NDManager manager) {
        return manager.arange(0, numClasses, 1, type).reshape(1, numClasses, 1);
    }
}
