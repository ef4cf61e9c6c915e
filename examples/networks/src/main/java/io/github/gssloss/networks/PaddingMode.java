/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

/** What a 3^3 convolution sees beyond the border of its input. Convolutions of 1^3 never pad. */
public enum PaddingMode {
    /** Zeros: what RFNet's published weights were trained with. */
    ZEROS,
    /** The input mirrored at its outermost voxel, which is not repeated: mmFormer. */
    REFLECT
}
