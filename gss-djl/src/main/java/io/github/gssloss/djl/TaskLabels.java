/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The labels of a batch in the form that the task losses need, computed once for all outputs.
 * Neither array has a gradient.
 *
 * @param oneHot y (B, N, spatial...)
 * @param weighted w_c y_c / (B V), with w_c = 1 - the share of class c in the sample's labels
 */
record TaskLabels(NDArray oneHot, NDArray weighted) implements AutoCloseable {

    /**
     * Reads labels.
     *
     * @param labels class indices (B, spatial...) of any numeric type, or one-hot (B, N,
     *     spatial...); an index outside 0 to N - 1 belongs to no class
     * @param probabilities what they are compared with, (B, N, spatial...)
     * @return the labels, on the manager of the probabilities
     */
    static TaskLabels of(NDArray labels, NDArray probabilities) {
        Shape shape = probabilities.getShape();
        NDManager owner = probabilities.getManager();
        try (NDManager work = owner.newSubManager()) {
            work.tempAttachAll(new NDList(labels));
            NDArray y = oneHot(labels, shape, work).toType(probabilities.getDataType(), false);
            int[] spatial = IntStream.range(2, shape.dimension()).toArray();
            NDArray counts = y.sum(spatial, true);
            // Share of the labelled voxels: an index outside the classes labels none.
            NDArray share = counts.div(counts.sum(new int[] {1}, true).maximum(1));
            double perVoxel = (double) shape.get(1) / shape.size();
            NDArray weighted = share.neg().add(1).mul(perVoxel).mul(y);
            NDArray owned = y == labels ? y.duplicate() : y;
            owned.attach(owner);
            weighted.attach(owner);
            return new TaskLabels(owned, weighted);
        }
    }

    private static NDArray oneHot(NDArray labels, Shape shape, NDManager work) {
        if (labels.getShape().equals(shape)) {
            return labels.stopGradient();
        }
        Shape indices = new Shape(shape.get(0)).addAll(shape.slice(2));
        if (!labels.getShape().equals(indices)) {
            throw new IllegalArgumentException(
                    "labels: expected class indices of shape "
                            + indices
                            + " or one-hot labels of shape "
                            + shape
                            + ", got "
                            + labels.getShape());
        }
        long[] dims = new long[shape.dimension()];
        Arrays.fill(dims, 1);
        dims[1] = shape.get(1);
        DataType type = labels.getDataType();
        boolean comparable = type == DataType.FLOAT32 || type == DataType.FLOAT64;
        NDArray numbers = comparable ? labels : labels.toType(DataType.INT64, false);
        NDArray classes = work.arange(0, (int) shape.get(1), 1, numbers.getDataType());
        return numbers.stopGradient().expandDims(1).eq(classes.reshape(new Shape(dims)));
    }

    /**
     * The labels of the samples that have a modality; the others become empty.
     *
     * @param indicator 1 where the sample has it, else 0: (B, 1, 1...)
     */
    TaskLabels of(NDArray indicator) {
        return new TaskLabels(oneHot.mul(indicator), weighted.mul(indicator));
    }

    /** Frees both arrays. */
    @Override
    public void close() {
        oneHot.close();
        weighted.close();
    }
}
