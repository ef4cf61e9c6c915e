/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What something costs on a machine that is quiet, and while each of its processors has a busy
 * process beside. The two take turns, so that what else the machine does disturbs both alike.
 */
final class QuietAndBusy {

    private static final String QUIET = "quiet";
    private static final String BUSY = "busy";

    private final PrintWriter out;
    private final NDManager manager;
    private final int warmUp;
    private final int repeats;

    /**
     * Prepares a comparison.
     *
     * @param out takes the table and the ratio
     * @param manager a manager of the device that computes
     * @param warmUp how many runs come before all others, on the quiet machine
     * @param repeats how many runs of each kind are timed
     */
    QuietAndBusy(PrintWriter out, NDManager manager, int warmUp, int repeats) {
        this.out = out;
        this.manager = manager;
        this.warmUp = warmUp;
        this.repeats = repeats;
    }

    /**
     * Times both, and prints the parts and the line {@code ratio busy-vs-quiet VALUE}, the median
     * of the busy runs over that of the quiet ones.
     *
     * @param contender what is timed
     * @param parts its laps
     * @param run the word for one run
     * @throws IOException if the busy processes cannot be started
     */
    void compare(Contender contender, List<String> parts, String run) throws IOException {
        Map<String, Stopwatch> times;
        Stopwatch.rounds(manager, warmUp, 1, Map.of(QUIET, contender));
        try (BusyProcesses others = new BusyProcesses(Runtime.getRuntime().availableProcessors())) {
            out.println(others);
            Map<String, Contender> both = new LinkedHashMap<>();
            both.put(QUIET, after(others::rest, contender));
            both.put(BUSY, after(others::work, contender));
            times = Stopwatch.rounds(manager, 1, repeats, both);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        String title = "median of " + repeats + " " + run + "s, ms";
        NumberTable.ofParts(out, title, times, parts, run);
        double ratio = times.get(BUSY).median() / times.get(QUIET).median();
        out.printf(Locale.ROOT, "%nratio busy-vs-quiet %.2f%n", ratio);
    }

    /** A change of what the machine does, in the time of nobody. */
    private interface Change {

        void make() throws IOException;
    }

    private static Contender after(Change change, Contender contender) {
        return watch -> {
            try {
                change.make();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            watch.restart();
            contender.run(watch);
        };
    }
}
