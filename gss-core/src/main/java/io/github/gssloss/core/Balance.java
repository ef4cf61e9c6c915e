/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

/**
 * How the voxels of a sample share the distillation. Not in the paper, where a background voxel
 * pulls as hard as one of a small class, while the task loss gives it a tenth of the weight or
 * less.
 */
public enum Balance {
    /** Every voxel alike, as in the paper; needs no labels. */
    VOXEL,
    /**
     * By the label y of the voxel, as in the weighted cross entropy: w<sub>y</sub> = 1 - the share
     * of class y in the sample's labels, over the mean of it over the sample's labelled voxels; 1
     * where that mean is 0, in a sample of one class. A voxel labelled with no class has weight 0,
     * and an ignored one counts in no share.
     */
    CLASS
}
