/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.segment;

/** Receives the progress of the segmentation of a volume. */
@FunctionalInterface
public interface WindowListener {

    /**
     * A window is done, with all subsets; windows that are skipped count too.
     *
     * @param done the windows done so far
     * @param total the windows of the volume
     */
    void done(int done, int total);
}
