/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.cli;

import io.github.gssloss.examples.train.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gss evaluate}: judges the network of a run on a folder of cases. */
@Command(
        name = "evaluate",
        description = "Judges the network of a run on a folder of cases.",
        sortOptions = false)
public final class EvaluateCommand implements Callable<Integer> {

    private final Evaluator evaluator;

    @Spec private CommandSpec spec;

    @Option(
            names = "--run",
            paramLabel = "RUN",
            required = true,
            description = "Folder that gss train has left.")
    private Path run;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            required = true,
            description = "Folder with one folder of NIfTI files for each case, as BraTS has it.")
    private Path data;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "Folder for the tables and pictures.")
    private Path out;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "Weights to judge; default: the last of the run.")
    private Optional<Path> checkpoint;

    @Option(
            names = "--cache",
            paramLabel = "FOLDER",
            description =
                    "Folder for the prepared cases, which runs may share; default: cache in --out.")
    private Optional<Path> cache;

    /**
     * Creates the command.
     *
     * @param evaluator who does the work
     */
    public EvaluateCommand(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    @Override
    public Integer call() throws IOException {
        RunFolder folder = RunFolder.open(run);
        checkpoint.ifPresent(file -> Inputs.file("--checkpoint", file));
        Inputs.folder("--data", data);
        evaluator.evaluate(
                folder,
                checkpoint,
                data,
                out,
                cache.orElse(out.resolve("cache")),
                Console.of(spec));
        return 0;
    }
}
