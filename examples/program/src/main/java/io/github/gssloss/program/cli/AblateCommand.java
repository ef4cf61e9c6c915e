/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.program.config.Experiment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gss ablate}: trains and judges a grid of runs and compares its arms. */
@Command(
        name = "ablate",
        description = {
            "Trains and judges every arm of an experiment with every seed and compares the arms"
                    + " with the first.",
            "It can be stopped and started again: finished cells are not repeated, failed ones are"
                    + " tried again.",
            "Exits with 2 where a cell failed; the others are done."
        },
        sortOptions = false)
public final class AblateCommand implements Callable<Integer> {

    private final Ablator ablator;

    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "EXPERIMENT",
            description =
                    "A YAML file, or the name of an experiment that ships with the program, such as"
                            + " study-scratch.")
    private String experiment;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "Folder for the cells, their judgements, the tables and the report.")
    private Path out;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "Cases to train on, instead of those that the experiment names.")
    private Optional<Path> data;

    @Option(
            names = "--judge",
            paramLabel = "FOLDER",
            description = "Cases to judge on, instead of those that the experiment names.")
    private Optional<Path> judge;

    @Option(
            names = "--only",
            paramLabel = "ARM",
            split = ",",
            description = "Arms to work on; the tables have whatever is finished.")
    private List<String> only = List.of();

    @Option(
            names = "--seeds",
            paramLabel = "S",
            split = ",",
            description = "Seeds to work on, of those that the experiment has.")
    private List<Long> seeds = List.of();

    @Option(names = "--list", description = "List the cells and how far they are; do nothing.")
    private boolean list;

    /**
     * Creates the command.
     *
     * @param ablator who does the work
     */
    public AblateCommand(Ablator ablator) {
        this.ablator = ablator;
    }

    @Override
    public Integer call() throws IOException {
        Experiment read = Experiment.read(ShippedExperiments.find(experiment));
        data.ifPresent(folder -> Inputs.folder("--data", folder));
        judge.ifPresent(folder -> Inputs.folder("--judge", folder));
        AblateRequest request = new AblateRequest(read, data, judge, out, only, seeds, list);
        List<String> failures = ablator.ablate(request, Console.of(spec));
        failures.forEach(
                line -> spec.commandLine().getErr().println(spec.qualifiedName() + ": " + line));
        return failures.isEmpty() ? ExitCode.OK : ExitCode.USAGE;
    }
}
