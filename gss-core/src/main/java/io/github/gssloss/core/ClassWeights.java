/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/** The class weights of the released edition. */
final class ClassWeights {

    private ClassWeights() {}

    /**
     * The class weights (B, N, 1) of each branch: one minus the share of the class in the sample's
     * masked target. They need the target of whole samples, so it is computed twice.
     */
    static NDList of(GssConfig config, Batch batch, List<VoxelBlock> blocks, NDManager work) {
        NDList weights = new NDList();
        for (NDArray z : batch.logits()) {
            Shape masses = new Shape(z.getShape().get(0), z.getShape().get(1), 1);
            weights.add(work.zeros(masses, z.getDataType()));
        }
        for (VoxelBlock block : blocks) {
            try (NDManager small = work.newSubManager()) {
                BranchProbabilities branches =
                        BranchProbabilities.of(batch.logits(block, small), config.temperature());
                BranchTargets targets =
                        BranchTargets.of(config, batch, block, branches, null, small);
                for (int m = 0; m < weights.size(); m++) {
                    TargetBlock target = targets.of(m);
                    NDArray kept = batch.weight(block, m, small).mul(target.decided());
                    NDArray mass = target.target().mul(kept).sum(new int[] {2}, true);
                    weights.get(m).get(small, block.samples()).addi(mass);
                }
            }
        }
        for (NDArray mass : weights) {
            // In place: mass becomes 1 - its share. A sample of which no voxel is kept has no loss.
            NDArray least = EngineConstants.of(Float.MIN_NORMAL, mass);
            EngineConstants.oneMinus(mass.divi(mass.sum(new int[] {1}, true).maximum(least)));
        }
        return weights;
    }
}
