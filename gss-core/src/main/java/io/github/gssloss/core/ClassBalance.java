/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import java.util.List;

/** The weights of {@link Balance#CLASS}. */
final class ClassBalance {

    private static final int[] CLASSES = {1};

    private ClassBalance() {}

    /**
     * The weight of every class in every sample, from the labels of whole samples.
     *
     * @param labels the labels
     * @param numClasses N
     * @param type the type of the result
     * @return (B, N, 1)
     */
    static NDArray weights(ClassLabels labels, int numClasses, DataType type) {
        NDList counts = new NDList();
        for (int c = 0; c < numClasses; c++) {
            counts.add(labels.anyOf(List.of(c)).sum(new int[] {1}, true));
        }
        NDArray voxels = NDArrays.concat(counts, 1).toType(DataType.FLOAT64, false);
        NDArray one = EngineConstants.of(1, voxels);
        NDArray shares = voxels.div(voxels.sum(CLASSES, true).maximum(one));
        NDArray weights = EngineConstants.oneMinus(shares.duplicate());
        NDArray mean = shares.mul(weights).sum(CLASSES, true);
        // 1 where the mean is 0, exactly so in a sample of one class, else 0.
        NDArray single = mean.lte(EngineConstants.of(0, mean)).toType(DataType.FLOAT64, false);
        return weights.div(mean.add(single))
                .mul(EngineConstants.oneMinus(single.duplicate()))
                .add(single)
                .toType(type, false)
                .expandDims(2);
    }
}
