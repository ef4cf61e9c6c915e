/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/** Takes the times of the parts of one run. */
final class Stopwatch {

    private final Runnable await;
    private final Map<String, Long> laps = new LinkedHashMap<>();
    private long since;

    /**
     * Creates a stopwatch that runs.
     *
     * @param await returns when the device has done all work it was given
     */
    Stopwatch(Runnable await) {
        this.await = await;
        restart();
    }

    /** What ran since the last lap counts nowhere. */
    void restart() {
        await.run();
        since = System.nanoTime();
    }

    /** What ran since the last lap is this part's. */
    void lap(String part) {
        await.run();
        long now = System.nanoTime();
        laps.merge(part, now - since, Long::sum);
        since = now;
    }

    /** The nanoseconds by part. */
    Map<String, Long> laps() {
        return laps;
    }
}
