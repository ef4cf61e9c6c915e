/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The times of one contender over all rounds. */
final class Timings {

    private static final double NANOS_PER_MILLI = 1e6;

    private final Map<String, List<Long>> parts = new LinkedHashMap<>();
    private final List<Long> totals = new ArrayList<>();

    /** Adds the nanoseconds by part of one round. */
    void add(Map<String, Long> laps) {
        laps.forEach(
                (part, nanos) -> parts.computeIfAbsent(part, key -> new ArrayList<>()).add(nanos));
        totals.add(laps.values().stream().mapToLong(Long::longValue).sum());
    }

    /** The median milliseconds of a part. */
    double median(String part) {
        return median(parts.get(part));
    }

    /** The median milliseconds of all parts together. */
    double median() {
        return median(totals);
    }

    /** The least milliseconds of all parts together. */
    double least() {
        return totals.stream().mapToLong(Long::longValue).min().orElseThrow() / NANOS_PER_MILLI;
    }

    private static double median(List<Long> nanos) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        int middle = sorted.length / 2;
        double median =
                sorted.length % 2 == 1
                        ? sorted[middle]
                        : (sorted[middle - 1] + sorted[middle]) / 2.0;
        return median / NANOS_PER_MILLI;
    }
}
