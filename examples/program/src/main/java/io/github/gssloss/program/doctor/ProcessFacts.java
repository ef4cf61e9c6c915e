/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.doctor;

import com.sun.management.OperatingSystemMXBean;
import io.github.gssloss.files.ByteSize;
import io.github.gssloss.files.Counted;
import io.github.gssloss.program.config.Threads;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How this process was started: memory, threads, malloc and OpenMP.
 *
 * @param environment the variables of the process
 * @param linux whether it runs on Linux, where glibc's malloc and GNU OpenMP are
 */
record ProcessFacts(Map<String, String> environment, boolean linux) {

    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final long KIB = 1024;

    /** Less than this is used up by the engine, Java and the images of one case. */
    private static final long LITTLE = 2_000_000_000L;

    private static final String START = "start the program with bin/gss, which sets them";

    static ProcessFacts ofThis() {
        boolean linux = System.getProperty("os.name").startsWith("Linux");
        return new ProcessFacts(System.getenv(), linux);
    }

    List<Finding> findings() {
        return List.of(memory(available()), threads(), allocator(), spin());
    }

    /** The memory of this machine or container, with so many bytes still free. */
    Finding memory(long available) {
        OperatingSystemMXBean system =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long heap = Runtime.getRuntime().maxMemory();
        String found =
                "%s free of %s; Java's heap may take %s of it"
                        .formatted(
                                ByteSize.text(available),
                                ByteSize.text(system.getTotalMemorySize()),
                                ByteSize.text(heap));
        if (available < LITTLE) {
            return Finding.note(
                    "memory", found, "end other programs, or train with a smaller --crop");
        }
        return Finding.ok("memory", found);
    }

    private Finding threads() {
        int processors = Runtime.getRuntime().availableProcessors();
        String variable = environment.get("OMP_NUM_THREADS");
        return Finding.ok(
                "threads",
                "%s of the engine, %s%s"
                        .formatted(
                                Threads.current(),
                                Counted.of(processors, "processor"),
                                variable == null ? "" : "; OMP_NUM_THREADS=" + variable));
    }

    private Finding allocator() {
        List<String> others = Natives.loaded("libjemalloc", "libtcmalloc", "libmimalloc");
        if (!others.isEmpty()) {
            return Finding.ok("allocator", others.get(0));
        }
        List<String> set =
                environment.entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith("MALLOC_"))
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .sorted()
                        .toList();
        if (!set.isEmpty()) {
            return Finding.ok("allocator", "malloc with " + String.join(" ", set));
        }
        return linux
                ? Finding.note("allocator", "malloc without variables: training is slower", START)
                : Finding.ok("allocator", "the system's");
    }

    private Finding spin() {
        List<String> set =
                Stream.of("GOMP_SPINCOUNT", "OMP_WAIT_POLICY")
                        .filter(environment::containsKey)
                        .map(name -> name + "=" + environment.get(name))
                        .toList();
        List<String> libraries = Natives.loaded("libgomp", "libiomp", "libomp");
        if (linux && set.isEmpty()) {
            return Finding.note(
                    "OpenMP",
                    "no GOMP_SPINCOUNT: steps are slow beside other busy programs"
                            + (libraries.isEmpty() ? "" : "; " + String.join(" ", libraries)),
                    START);
        }
        String found = String.join(" ", Stream.concat(set.stream(), libraries.stream()).toList());
        return Finding.ok("OpenMP", found.isEmpty() ? "the engine's" : found);
    }

    /** What can be had without swapping; Java's number leaves out what the system only caches. */
    private static long available() {
        try (Stream<String> lines = Files.lines(MEMORY)) {
            return lines.filter(line -> line.startsWith("MemAvailable:"))
                    .mapToLong(line -> KIB * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no MemAvailable"));
        } catch (IOException e) {
            return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                    .getFreeMemorySize();
        }
    }
}
