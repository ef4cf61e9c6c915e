/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import java.util.List;

/**
 * What is known of the label of a voxel.
 *
 * @param index the class that the voxel is labelled with, from 0
 * @param shares for each class its share of the labels of the voxel's sample, from 0 to 1 with the
 *     sum 1, above 0 for the label; empty: not known
 */
public record VoxelLabel(int index, List<Double> shares) {

    /**
     * Keeps a copy of the list.
     *
     * @param index the class that the voxel is labelled with, from 0
     * @param shares for each class its share of the labels of the voxel's sample; empty: not known
     */
    public VoxelLabel {
        shares = List.copyOf(shares);
    }
}
