/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/**
 * The method on NDArrays: votes of leaders and members, soft targets, masks, divergence and its
 * gradient in closed form. Knows no loss, no trainer, no files.
 */
package io.github.gssloss.core;
