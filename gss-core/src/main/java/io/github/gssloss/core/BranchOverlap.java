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
 * logit, the first of equals, and none where one is NaN.
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
            NDArray predicted = HighestClass.of(branches.get(m), labelled.getManager()).oneHot();
            NDList one = Overlap.countByClass(and(predicted, counted), and(labelled, counted));
            all.add(NDArrays.stack(one));
        }
        return NDArrays.stack(all);
    }

    private static NDArray and(NDArray voxels, NDArray counted) {
        return counted == null ? voxels : voxels.logicalAnd(counted);
    }

    /**
     * Counts the leaders' voxels of the classes that they lead, summed over the leaders: float64
     * (3, N) on {@code work}. A branch and a class that it does not lead are not looked at.
     */
    static NDArray ofLeaders(
            Batch batch, List<VoxelBlock> blocks, ClassGroups groups, NDManager work) {
        NDArray sum = null;
        for (VoxelBlock block : blocks) {
            try (NDManager small = work.newSubManager()) {
                NDArray ofBlock = ofLeaders(batch, block, groups, small);
                NDArray next = sum == null ? ofBlock : sum.add(ofBlock);
                next.attach(work);
                sum = next;
            }
        }
        return sum;
    }

    private static NDArray ofLeaders(
            Batch batch, VoxelBlock block, ClassGroups groups, NDManager small) {
        NDList logits = batch.logits(block, small);
        NDArray labels = batch.labels().oneHot(block, small);
        NDArray kept = batch.labels().kept(block, small);
        Presence presence = batch.presence(block, small);
        HighestClass[] highest = new HighestClass[logits.size()];
        NDList masks = new NDList();
        NDList present = new NDList();
        for (int c = 0; c < groups.numClasses(); c++) {
            NDArray labelled = labels.get(small, VoxelBlock.ofClass(c));
            for (int m : groups.groups().get(c).leaders()) {
                if (highest[m] == null) {
                    highest[m] = HighestClass.of(logits.get(m), small);
                }
                NDArray predicted = and(highest[m].is(c), kept);
                masks.addAll(new NDList(predicted.logicalAnd(labelled), predicted, labelled));
                if (!presence.complete()) {
                    present.add(presence.indicator(m));
                }
            }
        }
        NDArray counts =
                NDArrays.concat(masks, 1).sum(Overlap.VOXELS).toType(DataType.FLOAT64, false);
        NDArray byPair =
                counts.reshape(block.endSample() - block.firstSample(), -1, Overlap.COUNTS);
        if (!presence.complete()) {
            byPair = byPair.mul(NDArrays.concat(present, 1).toType(DataType.FLOAT64, false));
        }
        return classOfPair(groups, small).matMul(byPair.sum(Overlap.SAMPLES)).transpose();
    }

    /** Which class each pair of class and leader is of, float64 (N, pairs). */
    private static NDArray classOfPair(ClassGroups groups, NDManager manager) {
        int pairs = groups.groups().stream().mapToInt(group -> group.leaders().size()).sum();
        double[] of = new double[groups.numClasses() * pairs];
        int pair = 0;
        for (int c = 0; c < groups.numClasses(); c++) {
            for (int i = 0; i < groups.groups().get(c).leaders().size(); i++) {
                of[c * pairs + pair] = 1;
                pair++;
            }
        }
        return manager.create(of).reshape(groups.numClasses(), pairs);
    }
}
