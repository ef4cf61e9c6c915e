/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.segment;

/** Hears how far the segmentation of a volume is. */
@FunctionalInterface
public interface WindowListener {

    /**
     * A window is done, with all subsets; also told of windows that are skipped.
     *
     * @param done the windows done so far
     * @param total the windows of the volume
     */
    void done(int done, int total);
}
