/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/**
 * The method on NDArrays: votes of leaders and members, soft targets, masks, divergence and its
 * gradient in closed form, and the regions and the Dice coefficient that evaluate a segmentation.
 * It has no loss, no trainer and no access to files. Start at {@link
 * io.github.gssloss.core.GroupDistillation} and its settings, {@link
 * io.github.gssloss.core.GssConfig}.
 *
 * <p>"The paper" is Qiu et al., "Scratch Each Other's Back: Incomplete Multi-Modal Brain Tumor
 * Segmentation via Category Aware Group Self-Support Learning" (GSS), ICCV 2023, pp. 21317-21326;
 * sections, equations and tables are numbered as there. "The released code" is the Python code that
 * its authors published; {@link io.github.gssloss.core.Edition} lists where it differs.
 *
 * <p>Symbols: B is the number of samples in a batch, N of classes, M of modalities, each of which
 * has one branch, and V of voxels in a sample. "Spatial" stands for the axes of a sample's voxels:
 * (depth, height, width) in 3-D, (height, width) in 2-D.
 */
package io.github.gssloss.core;
