/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import ai.djl.metric.Metrics;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** The times of one contender, in milliseconds: of its parts and of each whole run. */
final class Stopwatch {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final String WHOLE = "whole run";

    private final Metrics times = new Metrics();
    private final NDManager manager;
    private final LongSupplier clock;
    private double whole;
    private long since;

    /**
     * Creates a stopwatch.
     *
     * @param manager a manager of the device that computes
     */
    Stopwatch(NDManager manager) {
        this(manager, System::nanoTime);
    }

    Stopwatch(NDManager manager, LongSupplier clock) {
        this.manager = manager;
        this.clock = clock;
    }

    /**
     * Times contenders in rounds, one after the other in each, so that what else the machine does
     * disturbs all of them alike.
     *
     * @param manager a manager of the device that computes
     * @param warmUp how many rounds run before those that count
     * @param repeats how many count
     * @param contenders by their names or sizes
     * @return the times by the same keys, in the same order
     */
    static <K> Map<K, Stopwatch> rounds(
            NDManager manager, int warmUp, int repeats, Map<K, Contender> contenders) {
        rounds(manager, warmUp, contenders);
        return rounds(manager, repeats, contenders);
    }

    private static <K> Map<K, Stopwatch> rounds(
            NDManager manager, int rounds, Map<K, Contender> contenders) {
        Map<K, Stopwatch> times = new LinkedHashMap<>();
        contenders.keySet().forEach(key -> times.put(key, new Stopwatch(manager)));
        for (int round = 0; round < rounds; round++) {
            contenders.forEach((key, contender) -> times.get(key).time(contender));
        }
        return times;
    }

    /** Times one run. */
    void time(Contender contender) {
        whole = 0;
        restart();
        contender.run(this);
        times.addMetric(WHOLE, whole);
    }

    /** What ran since the last lap counts nowhere. */
    void restart() {
        await();
        since = clock.getAsLong();
    }

    /** What ran since the last lap is this part's. */
    void lap(String part) {
        await();
        long now = clock.getAsLong();
        double millis = (now - since) / NANOS_PER_MILLI;
        times.addMetric(part, millis);
        whole += millis;
        since = now;
    }

    /**
     * A CUDA device works on while Java goes ahead, and answers a copy to the host when it has done
     * all it was given.
     */
    private void await() {
        if (manager.getDevice().isGpu()) {
            try (NDArray probe = manager.zeros(new Shape())) {
                probe.getFloat();
            }
        }
    }

    /** The median of a part, the higher of the two middle values where there are two; or NaN. */
    double median(String part) {
        return times.hasMetric(part) ? times.percentile(part, 50).getValue() : Double.NaN;
    }

    /** The median of the whole runs. */
    double median() {
        return median(WHOLE);
    }

    /** The whole runs, in the order in which they were. */
    double[] runs() {
        return times.getMetric(WHOLE).stream()
                .mapToDouble(run -> run.getValue().doubleValue())
                .toArray();
    }

    /** The shortest of the whole runs. */
    double least() {
        return times.percentile(WHOLE, 0).getValue();
    }
}
