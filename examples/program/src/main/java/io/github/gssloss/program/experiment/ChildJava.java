/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.experiment;

import io.github.gssloss.program.config.Threads;
import java.lang.management.ManagementFactory;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a process for one cell is started: with the Java that runs this one.
 *
 * @param main the class whose main method hands its argument to {@link CellWork#run}
 * @param classPath the class path
 * @param options the options of the Java
 * @param environment variables beside those of this process
 */
public record ChildJava(
        Class<?> main, String classPath, List<String> options, Map<String, String> environment) {

    /** With this module the distillation takes one pass over the voxels, which rounds otherwise. */
    private static final String VECTORS = "jdk.incubator.vector";

    /**
     * Keeps copies.
     *
     * @param main the class whose main method hands its argument to {@link CellWork#run}
     * @param classPath the class path
     * @param options the options of the Java
     * @param environment variables beside those of this process
     */
    public ChildJava {
        options = List.copyOf(options);
        environment = Map.copyOf(environment);
    }

    /**
     * A process like this one.
     *
     * @param main the class whose main method hands its argument to {@link CellWork#run}
     * @return with class path and options of this process
     */
    public static ChildJava likeThis(Class<?> main) {
        List<String> options =
                ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        // A debugger's port can be had once.
                        .filter(option -> !option.startsWith("-agentlib:jdwp"))
                        .toList();
        return new ChildJava(main, System.getProperty("java.class.path"), options, Map.of());
    }

    /** The words that start it. */
    List<String> command(int threads, Path job) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        // Whatever started this process: a cell is computed alike by all of them, to the last bit.
        if (ModuleFinder.ofSystem().find(VECTORS).isPresent()) {
            command.addAll(List.of("--add-modules", VECTORS));
        }
        command.add("-D" + Threads.PROPERTY + "=" + threads);
        command.add("-Dai.djl.pytorch.num_interop_threads=1");
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.add(job.toString());
        return command;
    }
}
