/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The memory of this process that lies in RAM, as Linux counts it. */
public final class ResidentMemory {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path CLEAR = Path.of("/proc/self/clear_refs");
    private static final String FORGET_PEAK = "5";
    private static final long KILOBYTE = 1024;

    private ResidentMemory() {}

    /**
     * Returns whether this system reports all of it.
     *
     * @return whether the other methods can be used
     */
    public static boolean isKnown() {
        return Files.isReadable(STATUS) && Files.isWritable(CLEAR);
    }

    /**
     * Returns what is in RAM now.
     *
     * @return bytes
     * @throws IOException if the system does not tell
     */
    public static long now() throws IOException {
        return field("VmRSS:");
    }

    /**
     * Returns the most that was in RAM since the peak was forgotten.
     *
     * @return bytes
     * @throws IOException if the system does not tell
     */
    public static long peak() throws IOException {
        return field("VmHWM:");
    }

    /**
     * Starts a new peak from what is in RAM now.
     *
     * @throws IOException if the system does not let
     */
    public static void forgetPeak() throws IOException {
        Files.writeString(CLEAR, FORGET_PEAK);
    }

    private static long field(String name) throws IOException {
        try (Stream<String> lines = Files.lines(STATUS)) {
            String line = lines.filter(text -> text.startsWith(name)).findFirst().orElseThrow();
            return KILOBYTE * Long.parseLong(line.replaceAll("\\D", ""));
        }
    }
}
