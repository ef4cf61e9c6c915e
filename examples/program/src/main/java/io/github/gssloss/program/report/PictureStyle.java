/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report;

/** How classes lie over an image. */
public enum PictureStyle {
    /** Filled half transparent, with an opaque outline. */
    FILLS,
    /** As outlines alone: the image is seen within. */
    CONTOURS
}
