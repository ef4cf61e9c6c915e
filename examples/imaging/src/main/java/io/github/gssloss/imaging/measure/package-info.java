/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/**
 * Measures of a segmentation: confusion counts, Dice, sensitivity, specificity, precision, the 95th
 * percentile of the Hausdorff distance, lesion-wise measures, surface Dice and error of the volume,
 * by tumour region and subset of the modalities.
 */
package io.github.gssloss.imaging.measure;
