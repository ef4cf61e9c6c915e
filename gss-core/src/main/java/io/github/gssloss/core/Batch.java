/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * A batch in the form that blocks are cut from: detached from autograd, voxels in one axis, in the
 * type of the computation.
 *
 * @param logits per branch (B, N, V)
 * @param present (B, M), or null if every modality is present
 * @param weights the weight of a voxel, one over all voxels of the batch or 0 where it is masked:
 *     one (B, 1, V) for all branches, or one for each
 * @param fused the fused probabilities (B, N, V), or null if the teacher does not need them
 */
record Batch(NDList logits, NDArray present, NDList weights, NDArray fused) {

    /** A batch without mask and fused probabilities. */
    static Batch of(NDList branchLogits, NDArray present, NDManager work) {
        return of(branchLogits, present, null, null, work);
    }

    /** Makes views of a user's arrays; all of them belong to {@code work} and go with it. */
    static Batch of(
            NDList branchLogits, NDArray present, NDArray mask, NDArray fused, NDManager work) {
        Shape shape = branchLogits.get(0).getShape();
        DataType type = computeType(branchLogits.get(0).getDataType());
        Shape flat =
                new Shape(shape.get(0), shape.get(1), shape.size() / shape.get(0) / shape.get(1));
        NDList logits = new NDList();
        for (NDArray branch : branchLogits) {
            logits.add(alias(branch, work).toType(type, false).reshape(flat));
        }
        NDArray flatFused =
                fused == null ? null : alias(fused, work).toType(type, false).reshape(flat);
        return new Batch(
                logits,
                present == null ? null : alias(present, work),
                weights(mask, logits.get(0), work),
                flatFused);
    }

    private static NDList weights(NDArray mask, NDArray flat, NDManager work) {
        Shape shape = flat.getShape();
        NDArray share = EngineConstants.of(1.0 / (shape.get(0) * shape.get(2)), flat);
        if (mask == null) {
            return new NDList(share.reshape(1, 1, 1));
        }
        long each = mask.size() / (shape.get(0) * shape.get(2));
        Shape rows = new Shape(each, shape.get(0), 1, shape.get(2));
        NDList weights = new NDList();
        try (NDArray all = alias(mask, work).toType(flat.getDataType(), false)) {
            for (NDArray one : all.mul(share).reshape(rows).split(each, 0)) {
                weights.add(one.squeeze(0));
            }
        }
        return weights;
    }

    /** An alias of each of a user's arrays. */
    static NDList aliases(NDList arrays, NDManager work) {
        NDList aliases = new NDList();
        for (NDArray array : arrays) {
            aliases.add(alias(array, work));
        }
        return aliases;
    }

    /** A detached alias of an array on {@code work}, so that results of it are on it as well. */
    static NDArray alias(NDArray array, NDManager work) {
        NDArray alias = array.stopGradient();
        alias.attach(work);
        return alias;
    }

    /** The type of the computation: float32 for float16, else the type itself. */
    static DataType computeType(DataType type) {
        return type == DataType.FLOAT16 ? DataType.FLOAT32 : type;
    }

    /** Names the first branch that holds a NaN or an infinity; waits for the device. */
    void requireFinite() {
        for (int m = 0; m < logits.size(); m++) {
            NDArray z = logits.get(m);
            // Zero times anything finite is 0; NaN and infinity make the sum NaN.
            if (z.mul(0).sum().isNaN().getBoolean()) {
                throw new IllegalArgumentException(
                        "branch logits " + m + ": expected finite numbers, got NaN or infinity");
            }
        }
    }

    long size() {
        return logits.get(0).getShape().get(0);
    }

    long voxels() {
        return logits.get(0).getShape().get(2);
    }

    NDList logits(VoxelBlock block, NDManager manager) {
        NDList views = new NDList();
        for (NDArray z : logits) {
            views.add(z.get(manager, block.index()));
        }
        return views;
    }

    Presence presence(VoxelBlock block, NDManager manager) {
        return Presence.of(present(block, manager), 3, logits.get(0).getDataType(), manager);
    }

    /** The rows of the block's samples, (B, M); null if every modality is present. */
    NDArray present(VoxelBlock block, NDManager manager) {
        return present == null ? null : present.get(manager, block.samples());
    }

    /** The block's fused probabilities (B, N, V); null if the teacher does not need them. */
    NDArray fused(VoxelBlock block, NDManager manager) {
        return fused == null ? null : fused.get(manager, block.index());
    }

    /** Whether a voxel has the same weight in every branch that is present. */
    boolean sharesWeights() {
        return weights.size() == 1;
    }

    /** The weight of a voxel in branch m, (B, 1, V), or (1, 1, 1) if nothing is masked. */
    NDArray weight(VoxelBlock block, int m, NDManager manager) {
        NDArray weight = weights.get(sharesWeights() ? 0 : m);
        return weight.size() == 1 ? weight : weight.get(manager, block.index());
    }
}
