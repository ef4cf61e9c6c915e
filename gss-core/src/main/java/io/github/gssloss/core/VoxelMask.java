/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * The random mask over voxels (paper, Eq. 10): 1 where a voxel is kept, 0 where it is dropped, all
 * classes together, shared by target and branches.
 */
public final class VoxelMask {

    private VoxelMask() {}

    /**
     * Draws a mask from the engine's generator, so that {@code Engine.setRandomSeed} repeats it.
     *
     * @param manager receives the mask; it lies on this manager's device
     * @param logits the shape (B, N, spatial...) of the branch logits
     * @param rate r in [0, 1]: the probability that a voxel is dropped
     * @return (B, 1, spatial...) of 0 and 1 as float32
     * @throws IllegalArgumentException if manager or shape are missing, the shape has no classes,
     *     or the rate is outside its range
     */
    public static NDArray draw(NDManager manager, Shape logits, double rate) {
        requireLogits(manager, logits);
        Arguments.requireWithin("maskRate", rate, 0, 1);
        Shape shape = shared(logits);
        // Uniform numbers lie in [0, 1): a rate of 0 keeps and a rate of 1 drops every voxel.
        try (NDArray uniform = manager.randomUniform(0, 1, shape, DataType.FLOAT32);
                NDArray kept = uniform.gte(EngineConstants.of(rate, uniform))) {
            return kept.toType(DataType.FLOAT32, false);
        }
    }

    /**
     * Draws one mask a branch as the released code does: of each sample's V voxels, r V positions
     * with replacement are dropped, so that a voxel is dropped with probability 1 - (1 - 1 /
     * V)<sup>r V</sup>, about 1 - e<sup>-r</sup>: 18.1 % at r = 0.2.
     *
     * @param manager receives the mask; it lies on this manager's device
     * @param branches the number of branches M
     * @param logits the shape (B, N, spatial...) of the branch logits
     * @param rate r in [0, 1]
     * @return (M, B, 1, spatial...) of 0 and 1 as float32
     * @throws IllegalArgumentException if manager or shape are missing, the shape has no classes,
     *     there is no branch, or the rate is outside its range
     */
    public static NDArray drawPerBranch(
            NDManager manager, int branches, Shape logits, double rate) {
        requireLogits(manager, logits);
        Arguments.requireAtLeast("branches", branches, 1);
        Arguments.requireWithin("maskRate", rate, 0, 1);
        long rows = branches * logits.get(0);
        long voxels = logits.size() / logits.get(0) / logits.get(1);
        long drawn = (long) (rate * voxels);
        Shape shape = new Shape(branches).addAll(shared(logits));
        if (drawn == 0) {
            return manager.ones(shape);
        }
        try (NDManager work = manager.newSubManager()) {
            NDArray positions =
                    work.randomInteger(0, voxels, new Shape(rows, drawn), DataType.INT64);
            NDArray mask =
                    work.ones(new Shape(rows, voxels))
                            .scatter(positions, work.zeros(new Shape(rows, drawn)), 1)
                            .reshape(shape);
            mask.attach(manager);
            return mask;
        }
    }

    private static void requireLogits(NDManager manager, Shape logits) {
        Arguments.requireNonNull("manager", manager);
        Arguments.requireNonNull("logits", logits);
        if (logits.dimension() < 2 || logits.size() == 0) {
            throw new IllegalArgumentException(
                    "logits: expected shape (batch, classes, spatial...) with at least one voxel,"
                            + " got "
                            + logits);
        }
    }

    /** The shape (B, 1, spatial...) of a mask that the branches share. */
    static Shape shared(Shape logits) {
        long[] dims = logits.getShape().clone();
        dims[1] = 1;
        return new Shape(dims);
    }
}
