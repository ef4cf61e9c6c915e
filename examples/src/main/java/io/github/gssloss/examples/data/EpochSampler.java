/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.data;

import ai.djl.training.dataset.RandomAccessDataset;
import ai.djl.training.dataset.Sampler;
import java.util.Iterator;
import java.util.stream.LongStream;

/**
 * Gives every sample its number over all epochs, so that a record depends on its index alone and
 * batches that are already being fetched keep their epoch.
 */
final class EpochSampler implements Sampler.SubSampler {

    /** The numbers of one pass: from the first to before the end. */
    private record Pass(long first, long end) {}

    private final long samplesPerEpoch;
    private volatile Pass pass;

    EpochSampler(long samplesPerEpoch) {
        this.samplesPerEpoch = samplesPerEpoch;
        pass = new Pass(0, samplesPerEpoch);
    }

    /** Sets the epoch of the next pass, and how many of its samples are left out. */
    void set(int epoch, long done) {
        if (done < 0 || done >= samplesPerEpoch) {
            throw new IllegalArgumentException(
                    "samples: expected 0 to below %d, got %d".formatted(samplesPerEpoch, done));
        }
        long first = epoch * samplesPerEpoch;
        pass = new Pass(first + done, first + samplesPerEpoch);
    }

    @Override
    public Iterator<Long> sample(RandomAccessDataset dataset) {
        Pass next = pass;
        return LongStream.range(next.first(), next.end()).iterator();
    }
}
