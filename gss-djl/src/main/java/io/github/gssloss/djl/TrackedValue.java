/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.training.tracker.Tracker;
import java.util.Arrays;

/**
 * The values of a tracker at every training batch.
 *
 * <p>Some of DJL's trackers change when they are asked, and have to be asked in ascending order,
 * each batch once: {@code MultiFactorTracker} after a late batch gives its late value for an early
 * one. So the tracker is asked in this order, and its answers are kept: 4 bytes a batch.
 */
final class TrackedValue {

    private final Tracker tracker;
    private float[] values = new float[0];

    TrackedValue(Tracker tracker) {
        this.tracker = tracker;
    }

    /**
     * Returns the value at a batch.
     *
     * @param batch the number of the batch, from 1
     */
    synchronized float at(int batch) {
        if (batch > values.length) {
            int known = values.length;
            values = Arrays.copyOf(values, Math.max(batch, Math.min(2 * known, 1 << 20)));
            for (int i = known; i < values.length; i++) {
                values[i] = tracker.getNewValue(i + 1);
            }
        }
        return values[batch - 1];
    }
}
