/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The memory that the machine has left. */
final class FreeMemory {

    private static final Path MEMINFO = Path.of("/proc/meminfo");
    private static final long KILOBYTE = 1024;

    private FreeMemory() {}

    /** Whether so many bytes more fit. */
    static boolean holds(long bytes) {
        return bytes <= available();
    }

    /** Linux knows what its caches would give back; elsewhere that counts as taken. */
    private static long available() {
        try (Stream<String> lines = Files.lines(MEMINFO)) {
            return lines.filter(line -> line.startsWith("MemAvailable:"))
                    .mapToLong(line -> KILOBYTE * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseGet(FreeMemory::free);
        } catch (IOException e) {
            return free();
        }
    }

    private static long free() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return system instanceof com.sun.management.OperatingSystemMXBean sun
                ? sun.getFreeMemorySize()
                : Long.MAX_VALUE;
    }
}
