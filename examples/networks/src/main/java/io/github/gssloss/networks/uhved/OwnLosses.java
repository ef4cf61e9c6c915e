/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.uhved;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.github.gssloss.networks.ForwardPass;
import io.github.gssloss.networks.SquaredWeights;
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
                NDArray divisor = count.maximum(1)) {
            return sum.div(divisor);
        }
    }

    /** 1e-5 / 2 times the sum of squares of a kernel, the mean over all kernels. */
    static NDArray decay(ForwardPass pass, List<Parameter> kernels, NDArray like) {
        try (NDArray sums = SquaredWeights.sums(pass, kernels, like);
                NDArray mean = sums.mean();
                NDArray factor =
                        like.getManager().full(new Shape(), (float) DECAY, like.getDataType())) {
            return mean.mul(factor);
        }
    }
}
