/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.segment;

/**
 * How networks see windows, and how windows count.
 *
 * @param mirroring the axes along which windows are seen mirrored as well
 * @param weights how much a window counts for a voxel
 */
public record WindowUse(Mirroring mirroring, WindowWeights weights) {

    /** As the paper evaluates: no mirroring, all windows alike. */
    public static final WindowUse PLAIN = new WindowUse(Mirroring.NONE, WindowWeights.UNIFORM);

    /**
     * Applies this to a procedure.
     *
     * @param window the procedure
     * @return a procedure that differs in this alone
     * @throws IllegalArgumentException as {@link SlidingWindow#with(Mirroring)}
     */
    public SlidingWindow of(SlidingWindow window) {
        return window.with(mirroring).with(weights);
    }
}
