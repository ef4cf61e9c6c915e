/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/**
 * The vote of a single voxel told step by step, for teaching and debugging. The numbers are those
 * of the library; here is only what says them in words.
 */
package io.github.gssloss.examples.vote;
