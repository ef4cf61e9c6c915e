/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.config;

/** What a convolution sees beyond the border of its input. */
public enum PaddingKind {
    /** Zeros, as RFNet's published weights were trained. */
    ZEROS,
    /** The input mirrored at its outermost voxel. */
    REFLECT
}
