/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/** The class weights of the released edition. */
final class ClassWeights {

    private static final int[] VOXELS = {3};

    private ClassWeights() {}

    /**
     * The class weights (M, B, N, 1): one minus the share of the class in the sample's masked
     * target. They need the target of whole samples, so it is computed twice.
     */
    static NDArray of(GssConfig config, Batch batch, List<VoxelBlock> blocks, NDManager work) {
        NDArray z = batch.logits().get(0);
        Shape shape = new Shape(batch.logits().size(), batch.size(), z.getShape().get(1), 1);
        NDArray weights = work.zeros(shape, z.getDataType());
        for (VoxelBlock block : blocks) {
            try (NDManager small = work.newSubManager()) {
                BranchProbabilities branches =
                        BranchProbabilities.of(batch.logits(block, small), config.temperature());
                TargetBlock target =
                        BranchTargets.of(config, batch, block, branches, null, small).all();
                NDArray kept = batch.weights(block, small).mul(target.decided());
                NDArray mass = target.target().mul(kept).sum(VOXELS, true);
                weights.get(small, block.samplesOfBranches()).addi(mass);
            }
        }
        // In place: mass becomes 1 - its share. A sample of which no voxel is kept has no loss.
        NDArray least = EngineConstants.of(Float.MIN_NORMAL, weights);
        NDArray sum = weights.sum(TargetBlock.CLASSES, true).maximum(least);
        return EngineConstants.oneMinus(weights.divi(sum));
    }
}
