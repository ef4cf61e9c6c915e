/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * The gradients of the branches, put together from those of blocks. A single block's are taken as
 * they are, without a copy. Of several blocks each branch has an array of its own, which autograd
 * frees as soon as it has passed the branch.
 */
final class BranchGradients {

    private final NDManager work;

    /** Of a single block (M, B, N, V); null before it is added, or of several. */
    private NDArray whole;

    /** Of several blocks, per branch (B, N, V). */
    private final NDList branches = new NDList();

    private BranchGradients(NDManager work) {
        this.work = work;
    }

    /** Prepares the gradients of a batch on {@code work}. */
    static BranchGradients of(Batch batch, List<VoxelBlock> blocks, NDManager work) {
        BranchGradients gradients = new BranchGradients(work);
        if (blocks.size() > 1) {
            for (NDArray z : batch.logits()) {
                gradients.branches.add(work.create(z.getShape(), z.getDataType()));
            }
        }
        return gradients;
    }

    /**
     * Adds a block.
     *
     * @param gradient (M, B, N, V)
     */
    void add(VoxelBlock block, NDArray gradient) {
        if (branches.isEmpty()) {
            gradient.attach(work);
            whole = gradient;
            return;
        }
        for (int m = 0; m < branches.size(); m++) {
            branches.get(m).set(block.index(), gradient.get(m));
        }
    }

    /** Per branch (B, N, spatial...), on {@code owner}. */
    NDList shaped(Shape shape, NDManager owner) {
        NDList shaped = new NDList();
        if (whole == null) {
            branches.forEach(branch -> shaped.add(branch.reshape(shape)));
        } else {
            long count = whole.getShape().get(0);
            Shape together = new Shape(count * shape.get(0)).addAll(shape.slice(1));
            shaped.addAll(whole.reshape(together).split(count, 0));
        }
        shaped.attach(owner);
        return shaped;
    }
}
