/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.runfolder;

import ai.djl.Device;
import ai.djl.engine.Engine;
import io.github.gssloss.core.GroupDistillation;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.config.ProgramVersion;
import io.github.gssloss.program.config.Threads;
import io.github.gssloss.program.config.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/** What a run depends on beside its settings and data: enough to repeat it. */
public final class RunVersions {

    private RunVersions() {}

    /**
     * Collects the versions of everything below the program. Starts DJL's engine.
     *
     * @param device the device of the run
     * @param seed the seed of the run
     * @param commandLine the words that started the program
     * @return the versions by name, in the order in which they are written
     */
    public static Map<String, String> collect(Device device, long seed, String commandLine) {
        Engine engine = Engine.getInstance();
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("program", ProgramVersion.version());
        versions.put("commit", ProgramVersion.commit());
        versions.put("java", System.getProperty("java.runtime.version"));
        versions.put("javaVendor", System.getProperty("java.vendor"));
        versions.put(
                "os",
                String.join(
                        " ",
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("os.arch")));
        versions.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        versions.put("threads", Threads.current());
        versions.put("djl", Engine.getDjlVersion());
        versions.put("engine", engine.getEngineName() + " " + engine.getVersion());
        versions.put("device", device.toString());
        versions.put(
                "distillation",
                device.isGpu() ? "operations of the engine" : GroupDistillation.cpuPath());
        versions.put("seed", Long.toString(seed));
        versions.put("commandLine", commandLine);
        return versions;
    }

    /** Reads what a run was started on; throws where the file is missing or of another kind. */
    static Map<String, String> read(Path file) {
        try {
            return Yaml.MAPPER.readValue(
                    Files.readString(file), new TypeReference<Map<String, String>>() {});
        } catch (IOException | JacksonException e) {
            throw new UserInputException(file + ": expected the versions of a run, got: " + e, e);
        }
    }

    /**
     * Compares what a run began on with what it goes on with, as far as it can change a result in
     * its last bits.
     *
     * @param before what {@link #collect} said when the run began
     * @param now what it says now
     * @return the differences in words; empty where there is none
     */
    public static Optional<String> difference(Map<String, String> before, Map<String, String> now) {
        return now.keySet().stream()
                .filter(name -> !List.of("javaVendor", "seed", "commandLine").contains(name))
                // A run that was begun by an earlier version does not say its threads.
                .filter(before::containsKey)
                .filter(name -> !before.get(name).equals(now.get(name)))
                .map(name -> "%s %s, now %s".formatted(name, before.get(name), now.get(name)))
                .reduce((one, other) -> one + "; " + other);
    }
}
