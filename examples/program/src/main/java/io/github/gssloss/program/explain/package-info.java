/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/** The vote of a single voxel explained step by step. The numbers are those of the library. */
package io.github.gssloss.program.explain;
