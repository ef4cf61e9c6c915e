/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.List;

/**
 * Counts, for every branch and class, the voxels that are predicted and labelled: in the samples
 * that have the modality, without ignored voxels. A branch predicts the class with its highest
 * logit, the first of equals.
 */
final class BranchOverlap {

    private BranchOverlap() {}

    /** Counts a whole batch, block by block: int64 (M, 3, N) on {@code work}. */
    static NDArray count(Batch batch, List<VoxelBlock> blocks, NDManager work) {
        NDList byBlock = new NDList();
        for (VoxelBlock block : blocks) {
            try (NDManager small = work.newSubManager()) {
                NDArray ofBlock =
                        count(
                                batch.logits(block, small),
                                batch.labels().oneHot(block, small),
                                batch.labels().kept(block, small),
                                batch.presence(block, small));
                ofBlock.attach(work);
                byBlock.add(ofBlock);
            }
        }
        return NDArrays.stack(byBlock).sum(new int[] {0});
    }

    /**
     * Counts a block.
     *
     * @param branches logits or probabilities, per modality (B, N, V)
     * @param labelled one-hot labels, boolean (B, N, V)
     * @param kept the voxels that are not ignored, boolean (B, 1, V); null: all
     * @param presence which modalities the samples have
     * @return int64 (M, 3, N): predicted and labelled, predicted, labelled
     */
    static NDArray count(NDList branches, NDArray labelled, NDArray kept, Presence presence) {
        NDList all = new NDList();
        for (int m = 0; m < branches.size(); m++) {
            NDArray counted = presence.complete() ? kept : and(presence.any(List.of(m)), kept);
            NDArray predicted = ClassLabels.highest(branches.get(m));
            NDList one = Overlap.countByClass(and(predicted, counted), and(labelled, counted));
            all.add(NDArrays.stack(one));
        }
        return NDArrays.stack(all);
    }

    private static NDArray and(NDArray voxels, NDArray counted) {
        return counted == null ? voxels : voxels.logicalAnd(counted);
    }

    /** The sum over the leaders of each class, float64 (3, N). */
    static NDArray ofLeaders(NDArray counts, ClassGroups groups) {
        int n = groups.numClasses();
        double[] leads = new double[groups.numModalities() * n];
        for (int c = 0; c < n; c++) {
            for (int m : groups.groups().get(c).leaders()) {
                leads[m * n + c] = 1;
            }
        }
        NDArray lead = counts.getManager().create(leads).reshape(groups.numModalities(), 1, n);
        return counts.toType(DataType.FLOAT64, false).mul(lead).sum(new int[] {0});
    }
}
