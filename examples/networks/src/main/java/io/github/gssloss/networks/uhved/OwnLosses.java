/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.uhved;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.github.gssloss.networks.ForwardPass;
import io.github.gssloss.networks.TrainingInputs;
import java.util.List;

/** The losses that U-HVED gives as outputs, each a scalar without its weight. */
final class OwnLosses {

    private static final double DECAY = 1e-5 / 2;

    private OwnLosses() {}

    /** The mean over levels of the {@link SubsetDivergence}. */
    static NDArray divergence(List<Gaussians> levels, TrainingInputs given) {
        try (NDList sums = new NDList()) {
            for (Gaussians level : levels) {
                sums.add(SubsetDivergence.of(level, given.subset(), given.present()).sum(level));
            }
            try (NDArray all = NDArrays.stack(sums)) {
                return all.mean();
            }
        }
    }

    /**
     * The mean squared error of the images (B, M, D, H, W) that exist: the target is the true
     * image, also where the fusion did not see it. 0 if none exists.
     */
    static NDArray reconstruction(NDArray images, TrainingInputs given) {
        Shape shape = images.getShape();
        try (NDArray difference = images.sub(given.x());
                NDArray squares = difference.square();
                NDArray rows = squares.reshape(shape.get(0), shape.get(1), -1);
                NDArray perImage = rows.mean(new int[] {2});
                NDArray existing = perImage.mul(given.present());
                NDArray sum = existing.sum();
                NDArray count = given.present().sum();
                NDArray positive = count.maximum(1);
                NDArray divisor = positive.duplicate()) {
            return sum.div(divisor);
        }
    }

    /** 1e-5 / 2 times the sum of squares of a kernel, the mean over all kernels. */
    static NDArray decay(ForwardPass pass, List<Parameter> kernels, NDArray like) {
        NDManager manager = like.getManager();
        try (NDList sums = new NDList(kernels.size())) {
            for (Parameter kernel : kernels) {
                try (NDArray squares = pass.value(kernel, like.getDevice()).square()) {
                    NDArray sum = squares.sum();
                    // The parameters' own manager would keep it.
                    sum.attach(manager);
                    sums.add(sum);
                }
            }
            try (NDArray all = NDArrays.stack(sums);
                    NDArray mean = all.mean();
                    NDArray factor = manager.full(new Shape(), (float) DECAY, like.getDataType())) {
                return mean.mul(factor);
            }
        }
    }
}
