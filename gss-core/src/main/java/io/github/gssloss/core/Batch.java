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
 * @param weights the weight of a voxel, one over all voxels of the batch or 0 where it is masked or
 *     ignored: (1, B, 1, V) for all branches, or (M, B, 1, V); (1, 1, 1, 1) if all are alike
 * @param fused the fused probabilities (B, N, V), or null if the teacher does not need them
 * @param labels the labels, or null
 * @param classWeights the weight of every class in every sample, (B, N, 1); null if all are 1
 * @param ready 1 where a class is ready, else 0, (1, N, 1); null if the settings have no readiness
 */
record Batch(
        NDList logits,
        NDArray present,
        NDArray weights,
        NDArray fused,
        ClassLabels labels,
        NDArray classWeights,
        NDArray ready) {

    /** A batch of branches alone, without mask. */
    static Batch of(NDList branchLogits, NDArray present, ClassLabels labels, NDManager work) {
        NDList logits = flat(branchLogits, typeOf(branchLogits), work);
        return new Batch(
                logits,
                present == null ? null : alias(present, work),
                weights(null, null, logits.get(0), work),
                null,
                labels,
                null,
                null);
    }

    /**
     * Makes views of a user's arrays; all of them belong to {@code work} and go with it.
     *
     * @param input the arrays
     * @param config the settings: labels and fused probabilities are read if they need them
     * @param mask as in the input, or drawn
     * @param work receives all arrays
     */
    static Batch of(DistillationInput input, GssConfig config, NDArray mask, NDManager work) {
        Shape shape = input.branchLogits().get(0).getShape();
        DataType type = typeOf(input.branchLogits());
        NDList logits = flat(input.branchLogits(), type, work);
        ClassLabels labels =
                input.labels() == null
                        ? null
                        : ClassLabels.of(input.labels(), shape, config.ignoreIndex(), work);
        NDArray kept = labels == null ? null : labels.kept();
        return new Batch(
                logits,
                input.present() == null ? null : alias(input.present(), work),
                weights(mask, kept, logits.get(0), work),
                config.teacher().needsFused()
                        ? flat(new NDList(input.fused()), type, work).get(0)
                        : null,
                labels,
                config.balance() == Balance.CLASS
                        ? ClassBalance.weights(labels, config.groups().numClasses(), type)
                        : null,
                config.readiness().isPresent() ? ready(input.ready(), type, work) : null);
    }

    private static NDArray ready(NDArray ready, DataType type, NDManager work) {
        NDArray mine = alias(ready, work);
        NDArray zero = EngineConstants.of(0, mine);
        return mine.neq(zero).toType(type, false).reshape(1, ready.size(), 1);
    }

    private static DataType typeOf(NDList branchLogits) {
        return computeType(branchLogits.get(0).getDataType());
    }

    private static NDList flat(NDList arrays, DataType type, NDManager work) {
        Shape shape = arrays.get(0).getShape();
        Shape flat =
                new Shape(shape.get(0), shape.get(1), shape.size() / shape.get(0) / shape.get(1));
        NDList list = new NDList();
        for (NDArray array : arrays) {
            list.add(alias(array, work).toType(type, false).reshape(flat));
        }
        return list;
    }

    /**
     * The weights of the voxels.
     *
     * @param mask (B, 1, spatial...) or (M, B, 1, spatial...), or null
     * @param kept boolean (B, 1, spatial...), or null
     */
    private static NDArray weights(NDArray mask, NDArray kept, NDArray flat, NDManager work) {
        Shape shape = flat.getShape();
        Shape one = new Shape(1, shape.get(0), 1, shape.get(2));
        NDArray share = EngineConstants.of(1.0 / one.size(), flat);
        if (mask == null && kept == null) {
            return share.reshape(1, 1, 1, 1);
        }
        NDArray of =
                kept == null
                        ? share
                        : kept.toType(flat.getDataType(), false).reshape(one).muli(share);
        if (mask == null) {
            return of;
        }
        NDArray mine = alias(mask, work).toType(flat.getDataType(), false);
        return mine.reshape(-1, one.get(1), 1, one.get(3)).mul(of);
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

    /**
     * Names the first branch that holds a NaN or an infinity in a sample that has its modality;
     * waits for the device.
     */
    void requireFinite() {
        for (int m = 0; m < logits.size(); m++) {
            NDArray z = logits.get(m);
            NDArray zero = EngineConstants.of(0, z);
            NDArray ofPresent = presence(z.getManager()).orZero(z, m);
            // Zero times anything finite is 0; NaN and infinity make the sum NaN.
            if (ofPresent.mul(zero).sum().isNaN().getBoolean()) {
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

    /** The block's logits (B, N, V), with 0 in the samples that lack the modality. */
    NDList logits(VoxelBlock block, NDManager manager) {
        Presence presence = presence(block, manager);
        NDList views = new NDList();
        for (int m = 0; m < logits.size(); m++) {
            NDArray z = logits.get(m);
            NDArray mine = block.isAll(z.getShape()) ? z : z.get(manager, block.index());
            views.add(presence.orZero(mine, m));
        }
        return views;
    }

    private Presence presence(NDManager manager) {
        return Presence.of(present, 3, logits.get(0).getDataType(), manager);
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

    /**
     * The one-hot labels of a block (B, N, V) as numbers; null if the settings do not need them.
     */
    NDArray classOfVoxel(VoxelBlock block, GssConfig config, NDManager manager) {
        return config.needsClassOfVoxel()
                ? labels.oneHot(block, manager).toType(logits.get(0).getDataType(), false)
                : null;
    }

    /**
     * The weight of a block's voxels by their class, (B, 1, V); null if all are 1.
     *
     * @param classOfVoxel the one-hot labels of the block
     */
    NDArray balance(VoxelBlock block, NDArray classOfVoxel, NDManager manager) {
        return classWeights == null
                ? null
                : classOfVoxel
                        .mul(classWeights.get(manager, block.samples()))
                        .sum(new int[] {1}, true);
    }

    /** The weights of a block's voxels, of the ranks of {@code weights}. */
    NDArray weights(VoxelBlock block, NDManager manager) {
        boolean whole = weights.size() == 1 || block.isAll(logits.get(0).getShape());
        return whole ? weights : weights.get(manager, block.ofBranches());
    }
}
