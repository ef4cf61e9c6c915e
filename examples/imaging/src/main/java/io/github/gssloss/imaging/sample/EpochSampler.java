/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.sample;

import ai.djl.training.dataset.RandomAccessDataset;
import ai.djl.training.dataset.Sampler;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Gives every sample its number over all epochs, so that a record depends on its index alone and
 * batches that are already being fetched keep their epoch. Each pass is the epoch after the one
 * before it, unless it is set. A pass may begin within an epoch, which DJL's own batches cannot:
 * they go on until they have counted a whole one.
 */
final class EpochSampler implements Sampler {

    /** The batches of one pass, numbered over all epochs: from the first to before the end. */
    private record Pass(long first, long end) {}

    private final int batchSize;
    private final int batchesPerEpoch;
    private Pass next;

    EpochSampler(int batchSize, int batchesPerEpoch) {
        this.batchSize = batchSize;
        this.batchesPerEpoch = batchesPerEpoch;
        set(0, 0);
    }

    /** Sets the epoch of the next pass, and how many of its batches are left out. */
    synchronized void set(int epoch, int done) {
        if (done < 0 || done >= batchesPerEpoch) {
            throw new IllegalArgumentException(
                    "batches to leave out: expected 0 to below %d, got %d"
                            .formatted(batchesPerEpoch, done));
        }
        long first = (long) epoch * batchesPerEpoch;
        next = new Pass(first + done, first + batchesPerEpoch);
    }

    @Override
    public synchronized Iterator<List<Long>> sample(RandomAccessDataset dataset) {
        Pass pass = next;
        next = new Pass(pass.end(), pass.end() + batchesPerEpoch);
        return LongStream.range(pass.first(), pass.end()).mapToObj(this::samples).iterator();
    }

    private List<Long> samples(long batch) {
        return LongStream.range(batch * batchSize, (batch + 1) * batchSize).boxed().toList();
    }

    @Override
    public int getBatchSize() {
        return batchSize;
    }
}
