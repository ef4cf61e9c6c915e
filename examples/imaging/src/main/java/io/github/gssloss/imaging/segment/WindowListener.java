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

    /**
     * Counts the windows of one pass of several over the volume as part of all of them.
     *
     * @param number which pass, from 0
     * @param passes how many there are
     * @return the listener of this pass
     */
    default WindowListener ofPass(int number, int passes) {
        return (done, total) -> done(number * total + done, passes * total);
    }
}
