/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import io.github.gssloss.files.ResidentMemory;
import io.github.gssloss.program.runfolder.RunCsv;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * What the epochs of a run cost, in a file of its own: times differ from run to run, where all else
 * in its folder does not. An epoch that was stopped has a row for each of its parts. The memory is
 * the most that the process had in RAM; empty where the system does not report it.
 */
final class TimingLog {

    private static final double NANOS = 1e9;
    private static final double MEGABYTE = 1 << 20;

    private final RunCsv csv;
    private long began;
    private boolean peakKnown;

    TimingLog(RunFolder run) {
        csv =
                new RunCsv(
                        run.timings(),
                        List.of("epoch", "steps", "secondsPerStep", "peakMegabytes"));
    }

    /** Begins an epoch or what is left of it. */
    void begin() {
        try {
            ResidentMemory.forgetPeak();
            peakKnown = true;
        } catch (IOException e) {
            // Where the system does not allow it, the training goes on without.
            peakKnown = false;
        }
        began = System.nanoTime();
    }

    /**
     * Adds the row of an epoch.
     *
     * @param epoch the epoch, from 0
     * @param steps the steps since {@link #begin}; of none there is no row
     */
    void end(int epoch, long steps) throws IOException {
        if (steps > 0) {
            double seconds = (System.nanoTime() - began) / NANOS / steps;
            String text = String.format(Locale.ROOT, "%.4f", seconds);
            csv.append(List.of(epoch, steps, text, peakKnown ? peak() : ""));
        }
    }

    private static String peak() {
        try {
            return String.format(Locale.ROOT, "%.1f", ResidentMemory.peak() / MEGABYTE);
        } catch (IOException e) {
            return "";
        }
    }
}
