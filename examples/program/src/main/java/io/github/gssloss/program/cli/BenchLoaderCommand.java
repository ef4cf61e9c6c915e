/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import ai.djl.Device;
import io.github.gssloss.program.bench.BenchCases;
import io.github.gssloss.program.bench.LoaderBench;
import io.github.gssloss.program.bench.StepCase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gss bench loader}: whether a training step waits for its crops. */
@Command(
        name = "loader",
        description = {
            "Times the crops of a training against the steps of RFNet that take them.",
            "Ends with lines 'ratio NAME VALUE'."
        },
        sortOptions = false,
        showDefaultValues = true)
public final class BenchLoaderCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private BenchOptions options;
    @Mixin private StepOptions step;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description =
                    "Cases as BraTS has them; default: two phantoms of that size, made in the"
                            + " cache.")
    private Optional<Path> data;

    @Option(
            names = "--cache",
            paramLabel = "FOLDER",
            required = true,
            description = "Folder for the prepared cases.")
    private Path cache;

    @Option(
            names = "--workers",
            paramLabel = "N",
            defaultValue = "1",
            description = "Threads that prepare crops.")
    private int workers;

    @Option(
            names = "--samples",
            paramLabel = "N",
            defaultValue = "50",
            description = "How many samples are timed.")
    private int samples;

    @Option(
            names = "--repeats",
            paramLabel = "N",
            defaultValue = "5",
            description = "How many training steps are timed.")
    private int repeats;

    @Override
    public Integer call() throws IOException {
        StepCase size = step.size();
        Inputs.atLeast("--workers", workers, 1);
        Inputs.atLeast("--samples", samples, 1);
        Inputs.atLeast("--repeats", repeats, 1);
        data.ifPresent(folder -> Inputs.folder("--data", folder));
        Device device = options.start();
        Path source = data.orElseGet(() -> BenchCases.phantoms(cache.resolve("phantoms")));
        Console console = Console.of(spec);
        new LoaderBench(
                        BenchCases.of(source, cache, size.crop(), workers),
                        size,
                        device,
                        workers,
                        console.out()::println)
                .run(samples, repeats);
        return 0;
    }
}
