/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.cli;

import io.github.gssloss.examples.evaluate.ModalitySubset;
import io.github.gssloss.examples.train.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin private CaseOptions cases;

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
            names = "--subsets",
            paramLabel = "SUBSET",
            split = ",",
            description =
                    "Modalities to judge with, for example all,flair,t1ce+t2; default: all four and"
                            + " each alone.")
    private List<String> subsets = List.of();

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
        Path data = cases.data();
        List<ModalitySubset> judged =
                subsets.isEmpty()
                        ? ModalitySubset.ALL_AND_SINGLES
                        : subsets.stream().map(ModalitySubset::parse).distinct().toList();
        evaluator.evaluate(
                folder, checkpoint, judged, data, out, cases.cache(out), Console.of(spec));
        return 0;
    }
}
