/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import ai.djl.Device;
import io.github.gssloss.program.bench.LossBench;
import io.github.gssloss.program.bench.LossCase;
import io.github.gssloss.program.bench.LossScaling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gss bench loss}: what a forward and backward pass of the distillation costs. */
@Command(
        name = "loss",
        description = {
            "Times forward and backward of the distillation against plain DJL operations and"
                    + " against softmaxes alone, and measures its memory.",
            "Ends with lines 'ratio NAME VALUE'."
        },
        sortOptions = false,
        showDefaultValues = true)
public final class BenchLossCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private BenchOptions options;

    @Option(
            names = "--size",
            paramLabel = "N",
            defaultValue = "80",
            description = "Voxels of a side of the cubes.")
    private int size;

    @Option(names = "--batch", paramLabel = "N", defaultValue = "2", description = "Samples.")
    private int batch;

    @Option(names = "--modalities", paramLabel = "N", defaultValue = "4", description = "Branches.")
    private int modalities;

    @Option(names = "--classes", paramLabel = "N", defaultValue = "4", description = "Classes.")
    private int classes;

    @Option(
            names = "--repeats",
            paramLabel = "N",
            defaultValue = "15",
            description = "How often everything is timed.")
    private int repeats;

    @Option(
            names = "--scaling",
            paramLabel = "FOLDER",
            description =
                    "Instead of the ratios: the time by number of voxels, modalities and classes,"
                            + " as tables and as a chart in this folder.")
    private Optional<Path> scaling;

    @Override
    public Integer call() throws IOException {
        Inputs.atLeast("--size", size, 1);
        Inputs.atLeast("--batch", batch, 1);
        Inputs.atLeast("--modalities", modalities, 1);
        Inputs.atLeast("--classes", classes, 2);
        Inputs.atLeast("--repeats", repeats, 1);
        Device device = options.start();
        LossCase sizes = new LossCase(batch, size, modalities, classes);
        Console console = Console.of(spec);
        if (scaling.isPresent()) {
            new LossScaling(device, repeats, console.out()::println).run(scaling.get());
            return 0;
        }
        new LossBench(sizes, device, repeats, console.out()::println).run(options.threads());
        return 0;
    }
}
