/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.runfolder;

import io.github.gssloss.files.ResidentMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * What the epochs of a run cost, as a CSV file of their own: times differ from run to run, where
 * all else in its folder does not. An epoch that was stopped has a row for each of its parts. The
 * memory is the most that the process had in RAM; empty where the system does not tell.
 */
public final class TimingsCsv {

    private static final String HEADER = "epoch,steps,secondsPerStep,peakMegabytes\n";
    private static final double NANOS = 1e9;
    private static final double MEGABYTE = 1 << 20;

    private final Path file;
    private long steps;
    private long began;
    private boolean peakKnown;

    /**
     * Goes on with a file.
     *
     * @param file the file; made with the first row
     */
    public TimingsCsv(Path file) {
        this.file = file;
    }

    /** Begins an epoch or what is left of it. */
    public void begin() {
        peakKnown = forgetPeak();
        steps = 0;
        began = System.nanoTime();
    }

    /** Counts a step. */
    public void count() {
        steps++;
    }

    /**
     * Adds a row for the steps since {@link #begin}; none where there was no step.
     *
     * @param epoch their epoch, from 0
     * @throws IOException if the file cannot be written
     */
    public void end(int epoch) throws IOException {
        if (steps == 0) {
            return;
        }
        double seconds = (System.nanoTime() - began) / NANOS / steps;
        String peak = peakKnown ? peak() : "";
        String row = String.format(Locale.ROOT, "%d,%d,%.4f,%s", epoch, steps, seconds, peak);
        String text = (Files.exists(file) ? "" : HEADER) + row + "\n";
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Where the system does not let, the training goes on without it. */
    private static boolean forgetPeak() {
        try {
            if (ResidentMemory.isKnown()) {
                ResidentMemory.forgetPeak();
                return true;
            }
        } catch (IOException e) {
            // Not told here.
        }
        return false;
    }

    private static String peak() {
        try {
            return String.format(Locale.ROOT, "%.1f", ResidentMemory.peak() / MEGABYTE);
        } catch (IOException e) {
            return "";
        }
    }
}
