/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.program.evaluation.EvaluationSettings;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gss evaluate}: judges the networks of runs on a folder of cases. */
@Command(
        name = "evaluate",
        description = {
            "Judges the networks of runs on a folder of cases, as the paper does it: Dice and other"
                    + " measures for every subset of the modalities.",
            "It can be stopped and started again: finished cases are not repeated.",
            "Exits with 2 where a case could not be judged; the others are."
        },
        sortOptions = false)
public final class EvaluateCommand implements Callable<Integer> {

    private final Evaluator evaluator;

    @Spec private CommandSpec spec;

    @Option(
            names = "--run",
            paramLabel = "RUN",
            required = true,
            description =
                    "Folder that gss train has left; given several times, the runs are compared"
                            + " with the first.")
    private List<Path> runs;

    @Mixin private CaseOptions cases;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "Folder for the tables and pictures; of several runs each has one in it.")
    private Path out;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "Weights to judge, of a single run; default: the last of the run.")
    private Optional<Path> checkpoint;

    @Option(
            names = "--subsets",
            paramLabel = "SUBSET",
            split = ",",
            description =
                    "Modalities to judge with, for example all,flair,t1ce+t2; default: all 15"
                            + " subsets.")
    private List<String> subsets = List.of();

    @Option(
            names = "--overlap",
            paramLabel = "X",
            description =
                    "Share of a window that the next one covers again, from 0 to below 1; default:"
                            + " 0.5, as the paper does it.")
    private double overlap = EvaluationSettings.HALF;

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
        List<RunFolder> folders = runs.stream().map(RunFolder::open).toList();
        checkpoint.ifPresent(file -> Inputs.file("--checkpoint", file));
        if (checkpoint.isPresent() && folders.size() > 1) {
            throw new UserInputException(
                    "--checkpoint: expected a single --run beside it, got " + folders.size());
        }
        Path data = cases.data();
        List<ModalitySubset> judged =
                subsets.isEmpty()
                        ? ModalitySubset.PAPER_ORDER
                        : subsets.stream().map(ModalitySubset::parse).distinct().toList();
        if (!(overlap >= 0 && overlap < 1)) {
            throw new UserInputException(
                    "--overlap: expected a number from 0 to below 1, got " + overlap);
        }
        EvaluationRequest request =
                new EvaluationRequest(
                        folders,
                        checkpoint,
                        new EvaluationSettings(judged, overlap),
                        data,
                        out,
                        cases.cache(out));
        List<String> problems = evaluator.evaluate(request, Console.of(spec));
        problems.forEach(
                line -> spec.commandLine().getErr().println(spec.qualifiedName() + ": " + line));
        return problems.isEmpty() ? ExitCode.OK : ExitCode.USAGE;
    }
}
