/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who holds a lease, as its file says it.
 *
 * @param owner a random name of this one holding
 * @param host the name of the machine or container
 * @param place where the process number means something: the host, its boot and its namespace of
 *     processes
 * @param pid the number of the process
 * @param started when the process began, in seconds since 1970; 0: unknown
 * @param beat how often the file was written
 * @param released whether the holder gave it back
 */
record LeaseHolder(
        String owner,
        String host,
        String place,
        long pid,
        long started,
        long beat,
        boolean released) {

    /** What the system says of the same start may differ by this where its clock is corrected. */
    private static final Duration CLOCK = Duration.ofMinutes(1);

    private static final int LINE_BYTES = 255;

    /** This process. */
    static LeaseHolder here(String owner) {
        String host = line(Path.of("/proc/sys/kernel/hostname")).orElseGet(LeaseHolder::hostName);
        String boot = line(Path.of("/proc/sys/kernel/random/boot_id")).orElse("");
        String processes = "";
        try {
            processes = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
        } catch (IOException | UnsupportedOperationException e) {
            // Linux alone has namespaces.
        }
        ProcessHandle self = ProcessHandle.current();
        String place = (host + " " + boot + " " + processes).strip();
        return new LeaseHolder(owner, host, place, self.pid(), started(self), 0, false);
    }

    private static String hostName() {
        Map<String, String> variables = System.getenv();
        return variables.getOrDefault(
                "COMPUTERNAME", variables.getOrDefault("HOSTNAME", "unknown host"));
    }

    /** The first line of a file of the system. */
    private static Optional<String> line(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(LINE_BYTES), StandardCharsets.UTF_8);
            return Optional.of(text.lines().findFirst().orElse("").strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static long started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::getEpochSecond).orElse(0L);
    }

    LeaseHolder withBeat(long number) {
        return new LeaseHolder(owner, host, place, pid, started, number, released);
    }

    LeaseHolder asReleased() {
        return new LeaseHolder(owner, host, place, pid, started, beat, true);
    }

    /**
     * Whether the process has ended for sure. Of another machine, container or boot that cannot be
     * seen: then nobody is known to have ended.
     */
    boolean hasEnded() {
        if (!place.equals(here(owner).place()) || place.startsWith("unknown host")) {
            return false;
        }
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isEmpty() || !process.get().isAlive()) {
            return true;
        }
        long now = started(process.get());
        return started != 0 && now != 0 && Math.abs(now - started) > CLOCK.toSeconds();
    }

    String text() {
        return String.join(
                "\n",
                "owner=" + owner,
                "host=" + host,
                "place=" + place,
                "pid=" + pid,
                "started=" + started,
                "beat=" + beat,
                "released=" + released,
                "");
    }

    /** Reads a file; empty: it is not whole yet, or no file of ours. */
    static Optional<LeaseHolder> parse(String text) {
        Map<String, String> values = new HashMap<>();
        for (String line : text.lines().toList()) {
            String[] sides = line.split("=", 2);
            values.put(sides[0], sides.length == 2 ? sides[1] : "");
        }
        try {
            return values.containsKey("released")
                    ? Optional.of(
                            new LeaseHolder(
                                    values.getOrDefault("owner", ""),
                                    values.getOrDefault("host", ""),
                                    values.getOrDefault("place", ""),
                                    Long.parseLong(values.getOrDefault("pid", "")),
                                    Long.parseLong(values.getOrDefault("started", "")),
                                    Long.parseLong(values.getOrDefault("beat", "")),
                                    Boolean.parseBoolean(values.get("released"))))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
