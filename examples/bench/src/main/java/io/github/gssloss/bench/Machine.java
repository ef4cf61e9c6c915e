/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import ai.djl.Device;
import ai.djl.engine.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a measurement is made on. */
final class Machine {

    private static final Path CPUS = Path.of("/proc/cpuinfo");

    /** Every bench computes on the same random numbers. */
    private static final int SEED = 7;

    private Machine() {}

    /** Starts the engine from the seed, and prints two lines: the machine and the versions. */
    static void start(PrintWriter out, Device device) {
        Engine engine = seeded();
        out.printf(
                "machine: %s, %d CPUs, %s %s %s%n",
                processor(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch"));
        out.printf(
                "device %s, %s engine threads, DJL %s, %s %s, Java %s, gss %s%n",
                device,
                System.getProperty(BenchOptions.ENGINE_THREADS),
                Engine.getDjlVersion(),
                engine.getEngineName(),
                engine.getVersion(),
                System.getProperty("java.version"),
                build());
    }

    /** Starts the engine from the seed. */
    static Engine seeded() {
        Engine engine = Engine.getInstance();
        engine.setRandomSeed(SEED);
        return engine;
    }

    /** The version and the commit, filled in by the build. */
    private static String build() {
        try (InputStream in = Machine.class.getResourceAsStream("build.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Linux names the processor; elsewhere its architecture has to do. */
    private static String processor() {
        try (Stream<String> lines = Files.lines(CPUS)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.replaceFirst("[^:]*:\\s*", ""))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no model name"));
        } catch (IOException e) {
            return "processor " + System.getProperty("os.arch");
        }
    }
}
