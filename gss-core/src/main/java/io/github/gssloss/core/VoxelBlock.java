/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a batch of shape (B, N, V): some samples and some of their voxels, all classes.
 *
 * @param firstSample the first sample
 * @param endSample the sample after the last
 * @param firstVoxel the first voxel
 * @param endVoxel the voxel after the last
 */
record VoxelBlock(long firstSample, long endSample, long firstVoxel, long endVoxel) {

    /**
     * Divides a batch into blocks of at most so many voxels: several whole samples where they fit,
     * else parts of one sample.
     */
    static List<VoxelBlock> over(long batch, long voxels, long most) {
        long samples = Math.max(1, most / voxels);
        long run = Math.min(voxels, most);
        List<VoxelBlock> blocks = new ArrayList<>();
        for (long b = 0; b < batch; b += samples) {
            for (long v = 0; v < voxels; v += run) {
                blocks.add(
                        new VoxelBlock(
                                b, Math.min(batch, b + samples), v, Math.min(voxels, v + run)));
            }
        }
        return blocks;
    }

    /** Whether the block is all of an array (B, N, V). */
    boolean isAll(Shape shape) {
        return endSample - firstSample == shape.get(0) && endVoxel - firstVoxel == shape.get(2);
    }

    /** The block inside (B, N, V), or (B, 1, V). */
    NDIndex index() {
        return new NDIndex()
                .addSliceDim(firstSample, endSample)
                .addAllDim()
                .addSliceDim(firstVoxel, endVoxel);
    }

    /** The block inside (M, B, N, V), or (M, B, 1, V). */
    NDIndex ofBranches() {
        return new NDIndex()
                .addAllDim()
                .addSliceDim(firstSample, endSample)
                .addAllDim()
                .addSliceDim(firstVoxel, endVoxel);
    }

    /** The block's samples inside (M, B, N, 1). */
    NDIndex samplesOfBranches() {
        return new NDIndex().addAllDim().addSliceDim(firstSample, endSample);
    }

    /** One class inside (B, N, V), as (B, 1, V). */
    static NDIndex ofClass(long c) {
        return new NDIndex().addAllDim().addSliceDim(c, c + 1);
    }

    /** The block's samples inside (B, M). */
    NDIndex samples() {
        return new NDIndex().addSliceDim(firstSample, endSample).addAllDim();
    }
}
