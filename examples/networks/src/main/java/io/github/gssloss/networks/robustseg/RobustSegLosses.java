/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.robustseg;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import io.github.gssloss.networks.ForwardPass;
import io.github.gssloss.networks.SquaredWeights;
import java.util.List;

/**
 * The losses that the network brings along. Those of images are means over the samples that have
 * the image, and 0 where none has.
 */
final class RobustSegLosses {

    /** Keeps the divergence finite where a style shifts nothing. */
    private static final double EPSILON = 1e-8;

    private static final float DECAY = 1e-4f;

    private RobustSegLosses() {}

    /**
     * The mean absolute difference between images and their reconstructions.
     *
     * @param x the images (B, M, D, H, W)
     * @param reconstructed what was made of them, of the same shape
     * @param present (B, M) as 0 and 1, the images that exist
     * @return the loss of each modality (M)
     */
    static NDArray l1(NDArray x, NDArray reconstructed, NDArray present) {
        long[] s = x.getShape().getShape();
        try (NDArray difference = x.sub(reconstructed);
                NDArray distance = difference.abs();
                NDArray voxels = distance.reshape(s[0], s[1], s[2] * s[3] * s[4]);
                NDArray perImage = voxels.mean(new int[] {2})) {
            return meanOfPresent(perImage, present);
        }
    }

    /**
     * The divergence of styles from the standard normal: half the sum over channels of mu^2 +
     * sigma^2 - 1 - log(sigma^2 + 1e-8).
     *
     * @param mu the gains (B, M, 8C)
     * @param sigma the shifts (B, M, 8C)
     * @param present (B, M) as 0 and 1, the images that exist
     * @return the loss of each modality (M)
     */
    static NDArray kl(NDArray mu, NDArray sigma, NDArray present) {
        try (NDArray gains = mu.square();
                NDArray shifts = sigma.square();
                NDArray positive = shifts.add(EPSILON);
                NDArray logs = positive.log();
                NDArray squares = gains.add(shifts);
                NDArray lessOne = squares.sub(1);
                NDArray twice = lessOne.sub(logs);
                NDArray sums = twice.sum(new int[] {2});
                NDArray half = constant(mu, 0.5f);
                NDArray perImage = sums.mul(half)) {
            return meanOfPresent(perImage, present);
        }
    }

    private static NDArray meanOfPresent(NDArray perImage, NDArray present) {
        try (NDArray count = present.sum(new int[] {0});
                NDArray divisor = count.maximum(1);
                NDArray given = perImage.mul(present);
                NDArray sum = given.sum(new int[] {0})) {
            return sum.div(divisor);
        }
    }

    /**
     * The decay of weights, 1e-4 / 2 times the sum of their squares; biases and norms do not decay.
     *
     * @param pass the forward pass
     * @param blocks the blocks whose weights decay
     * @param like an array of the device and the manager that the result shall have
     * @return the loss, a scalar
     */
    static NDArray l2(ForwardPass pass, List<Block> blocks, NDArray like) {
        List<Parameter> weights =
                blocks.stream()
                        .flatMap(block -> block.getParameters().values().stream())
                        .filter(parameter -> parameter.getType() == Parameter.Type.WEIGHT)
                        .toList();
        try (NDArray sums = SquaredWeights.sums(pass, weights, like);
                NDArray sum = sums.sum();
                NDArray factor = constant(sum, DECAY / 2)) {
            return sum.mul(factor);
        }
    }

    /** In the engine's own memory: autograd would not keep a Java number alive. */
    private static NDArray constant(NDArray like, float value) {
        return like.getManager().full(new Shape(), value, like.getDataType());
    }
}
