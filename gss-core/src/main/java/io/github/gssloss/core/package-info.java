/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/**
 * The method on NDArrays: votes of leaders and members, soft targets, masks, divergence and its
 * gradient in closed form, and the regions and the Dice coefficient that evaluate a segmentation.
 * It has no loss, no trainer and no access to files.
 */
package io.github.gssloss.core;
