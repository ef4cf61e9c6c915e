/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.bench;

import ai.djl.Device;
import ai.djl.engine.Engine;
import io.github.gssloss.program.config.ProgramVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a measurement was made on. */
final class Machine {

    private static final Path CPUS = Path.of("/proc/cpuinfo");

    private Machine() {}

    /** Two lines: the machine and the versions. Starts the engine. */
    static List<String> lines(Device device) {
        Engine engine = Engine.getInstance();
        return List.of(
                "machine: %s, %d CPUs, %s %s %s"
                        .formatted(
                                processor(),
                                Runtime.getRuntime().availableProcessors(),
                                System.getProperty("os.name"),
                                System.getProperty("os.version"),
                                System.getProperty("os.arch")),
                "device %s, %s engine threads, DJL %s, %s %s, Java %s, gss %s (commit %s)"
                        .formatted(
                                device,
                                EngineThreads.current(),
                                Engine.getDjlVersion(),
                                engine.getEngineName(),
                                engine.getVersion(),
                                System.getProperty("java.version"),
                                ProgramVersion.version(),
                                ProgramVersion.commit()));
    }

    /** Linux tells the processor's name; elsewhere its architecture has to do. */
    private static String processor() {
        if (!Files.isReadable(CPUS)) {
            return "processor " + System.getProperty("os.arch");
        }
        try (Stream<String> lines = Files.lines(CPUS)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.replaceFirst("[^:]*:\\s*", ""))
                    .findFirst()
                    .orElse("processor " + System.getProperty("os.arch"));
        } catch (IOException e) {
            return "processor " + System.getProperty("os.arch");
        }
    }
}
