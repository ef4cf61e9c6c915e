/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A Java process of these classes whose own memory neither grows nor shrinks, so that what changes
 * is the engine's: the heap is of one size and touched at the start, and the second compiler, which
 * takes tens of megabytes whenever it comes to a long method, is left out unless there is {@link
 * #VECTORS the module} that needs it.
 */
final class ChildJvm {

    private static final List<String> OPTIONS =
            List.of(
                    "-Xms256m",
                    "-Xmx256m",
                    "-XX:+AlwaysPreTouch",
                    "-XX:+UseSerialGC",
                    "-DOPT_OUT_TRACKING=true",
                    "-Djava.awt.headless=true");

    /** Without the second compiler its vectors would be a hundred times slower. */
    private static final String VECTORS = "jdk.incubator.vector";

    /** What a child takes over from this process, where it is set. */
    private static final List<String> PROPERTIES =
            List.of("ai.djl.offline", "gss.vector", BenchOptions.ENGINE_THREADS);

    /** Blocks from this size on are mapped from the system and unmapped when they are freed. */
    private static final String MAPPED_FROM = "1048576";

    private final ProcessBuilder builder;

    /**
     * Prepares a process.
     *
     * @param main the class to start
     * @param arguments its arguments
     */
    ChildJvm(Class<?> main, Object... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(
                ModuleLayer.boot().findModule(VECTORS).isPresent()
                        ? List.of("--add-modules", VECTORS)
                        : List.of("-XX:TieredStopAtLevel=1"));
        PROPERTIES.stream()
                .filter(name -> System.getProperty(name) != null)
                .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        Stream.of(arguments).map(Object::toString).forEach(command::add);
        builder = new ProcessBuilder(command);
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    /** Lets glibc give large arrays back at once, so that the peak of memory is what is needed. */
    ChildJvm givingBack() {
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("MALLOC_"));
        environment.remove("GLIBC_TUNABLES");
        environment.put("MALLOC_MMAP_THRESHOLD_", MAPPED_FROM);
        return this;
    }

    /**
     * Runs the process to its end.
     *
     * @param out takes each line that it prints
     * @return its exit code
     * @throws IOException if it cannot be started
     */
    int run(Consumer<String> out) throws IOException {
        Process process = builder.start();
        process.getOutputStream().close();
        try (BufferedReader lines = process.inputReader()) {
            lines.lines().forEach(out);
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while another process measured", e);
        } finally {
            process.destroy();
        }
    }
}
