/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.segment;

import io.github.gssloss.imaging.prepare.BoundingBox;
import io.github.gssloss.imaging.prepare.Extents;
import java.util.Arrays;
import java.util.Optional;

/**
 * Sums the probabilities of overlapping windows and names the class with the largest sum. Windows
 * come in the order of their first axis, so that only the planes which the next ones may still
 * reach are kept: a slab as thick as a window. On request the probabilities of the whole volume are
 * kept, too.
 */
final class ProbabilitySlab {

    private final int numClasses;
    private final int plane;
    private final int thickness;
    private final int[] shape;
    private final int[] window;

    /** (class, plane of the slab, h, w). */
    private final float[] sums;

    /** How much a window counts at each of its voxels. */
    private final float[] weights;

    private final byte[] classes;

    /** (class, d, h, w) of the volume, if they are wanted. */
    private final Optional<float[]> probabilities;

    private int first;

    /**
     * Starts with the first planes of a volume.
     *
     * @param shape depth, height, width of the volume
     * @param window depth, height, width of the windows
     * @param numClasses the classes
     * @param weights how much a window counts at each of its voxels, above 0
     * @param keep whether the probabilities of the whole volume are kept
     */
    ProbabilitySlab(int[] shape, int[] window, int numClasses, float[] weights, boolean keep) {
        this.numClasses = numClasses;
        plane = Math.multiplyExact(shape[1], shape[2]);
        thickness = window[0];
        this.shape = new int[] {thickness, shape[1], shape[2]};
        this.window = window.clone();
        sums = new float[Math.multiplyExact(numClasses, Extents.voxels(this.shape))];
        this.weights = weights;
        classes = new byte[Math.multiplyExact(shape[0], plane)];
        probabilities =
                keep
                        ? Optional.of(new float[Math.multiplyExact(numClasses, classes.length)])
                        : Optional.empty();
    }

    /** Adds a window's probabilities; no window that began earlier may follow. */
    void add(float[] answer, int[] corner) {
        moveTo(corner[0]);
        BoundingBox box = BoundingBox.of(new int[] {0, corner[1], corner[2]}, window);
        for (int c = 0; c < numClasses; c++) {
            int from = c * box.voxels();
            int to = c * thickness * plane;
            box.forEachRun(
                    shape,
                    (inSlab, inBox) -> {
                        for (int w = 0; w < window[2]; w++) {
                            sums[to + inSlab + w] += weights[inBox + w] * answer[from + inBox + w];
                        }
                    });
        }
    }

    /** Returns the class of every voxel, the lower one on a tie; nothing can be added any more. */
    byte[] classes() {
        moveTo(classes.length / plane);
        return classes;
    }

    /** Returns the probabilities of every voxel, if they are kept; after {@link #classes}. */
    Optional<float[]> probabilities() {
        return probabilities;
    }

    /** Names the classes of the planes before a depth and forgets their sums. */
    private void moveTo(int depth) {
        int done = Math.min(depth - first, thickness) * plane;
        for (int v = 0; v < done; v++) {
            classes[first * plane + v] = largest(v);
        }
        probabilities.ifPresent(all -> keep(all, done));
        int length = thickness * plane;
        for (int from = 0; from < sums.length && done > 0; from += length) {
            System.arraycopy(sums, from + done, sums, from, length - done);
            Arrays.fill(sums, from + length - done, from + length, 0);
        }
        first = depth;
    }

    /** Keeps the probabilities of the first voxels of the slab. */
    private void keep(float[] all, int count) {
        int length = thickness * plane;
        for (int v = 0; v < count; v++) {
            float total = 0;
            for (int c = 0; c < numClasses; c++) {
                total += sums[c * length + v];
            }
            int at = first * plane + v;
            for (int c = 0; c < numClasses; c++) {
                float background = c == 0 ? 1 : 0;
                all[c * classes.length + at] =
                        total > 0 ? sums[c * length + v] / total : background;
            }
        }
    }

    private byte largest(int voxel) {
        int best = 0;
        for (int c = 1; c < numClasses; c++) {
            if (sums[c * thickness * plane + voxel] > sums[best * thickness * plane + voxel]) {
                best = c;
            }
        }
        return (byte) best;
    }
}
