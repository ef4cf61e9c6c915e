/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.github.gssloss.core.ClassLabels;
import java.util.stream.IntStream;

/**
 * The labels of a batch in the form that the task losses need, computed once for all outputs.
 * Nothing has a gradient.
 *
 * @param oneHot y (B, N, spatial...), 0 where a voxel is ignored
 * @param weighted w<sub>c</sub> y<sub>c</sub> / (B V), with w<sub>c</sub> = 1 - the share of class
 *     c in the sample's labels
 * @param kept 1 where a voxel counts and 0 where it does not, (B, 1, spatial...); null: all count
 */
record TaskLabels(NDArray oneHot, NDArray weighted, NDArray kept) {

    /**
     * Reads labels.
     *
     * @param labels the labels
     * @param type the type of the losses
     */
    static TaskLabels of(ClassLabels labels, DataType type) {
        NDArray y = labels.numbers(type);
        NDArray kept = labels.kept();
        int rank = y.getShape().dimension();
        int[] spatial = IntStream.range(2, rank).toArray();
        NDArray counts = spatial.length == 0 ? y : y.sum(spatial, true);
        // Share of the labelled voxels: an index outside the classes labels none.
        NDArray all = AutogradConstants.atLeast(counts.sum(new int[] {1}, true), 1);
        NDArray weights = AutogradConstants.oneMinus(counts.div(all));
        double perVoxel = (double) y.getShape().get(1) / y.size();
        NDArray weighted = AutogradConstants.times(weights, perVoxel).mul(y);
        return new TaskLabels(y, weighted, kept == null ? null : kept.toType(type, false));
    }

    /**
     * The labels of the samples that have a modality; the others become empty.
     *
     * @param indicator 1 where the sample has it, else 0: (B, 1, 1...)
     */
    TaskLabels of(NDArray indicator) {
        return new TaskLabels(
                oneHot.mul(indicator),
                weighted.mul(indicator),
                kept == null ? indicator : kept.mul(indicator));
    }
}
