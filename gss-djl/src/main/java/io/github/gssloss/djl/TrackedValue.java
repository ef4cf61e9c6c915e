/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.training.tracker.Tracker;
import java.util.Arrays;

/**
 * The values of a tracker at every training batch.
 *
 * <p>Some of DJL's trackers change when they are asked: {@code MultiFactorTracker} after a late
 * batch gives its late value for an early one. So the tracker is asked in ascending order, each
 * batch once, and its answers are kept, 4 bytes a batch, for the first million batches. After these
 * it is asked as it comes.
 */
final class TrackedValue {

    private static final int KEPT = 1 << 20;

    private final Tracker tracker;
    private float[] values = new float[64];
    private int known;

    TrackedValue(Tracker tracker) {
        this.tracker = tracker;
    }

    /**
     * Returns the value at a batch.
     *
     * @param batch the number of the batch, from 1
     */
    synchronized float at(int batch) {
        for (int last = Math.min(batch, KEPT); known < last; known++) {
            if (known == values.length) {
                values = Arrays.copyOf(values, 2 * known);
            }
            values[known] = tracker.getNewValue(known + 1);
        }
        return batch <= KEPT ? values[batch - 1] : tracker.getNewValue(batch);
    }
}
