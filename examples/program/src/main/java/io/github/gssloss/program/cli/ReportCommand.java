/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gss report}: makes the report of an evaluation anew from the files that it has left. */
@Command(
        name = "report",
        description = "Makes the HTML report of an evaluation anew from the files it has left.",
        sortOptions = false)
public final class ReportCommand implements Callable<Integer> {

    private final Reporter reporter;

    @Spec private CommandSpec spec;

    @Option(
            names = "--evaluated",
            paramLabel = "DIR",
            required = true,
            description = "Folder that gss evaluate has left, of one run or of several.")
    private Path evaluated;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The report; default: report.html in that folder.")
    private Optional<Path> out;

    /**
     * Creates the command.
     *
     * @param reporter who does the work
     */
    public ReportCommand(Reporter reporter) {
        this.reporter = reporter;
    }

    @Override
    public Integer call() {
        Inputs.folder("--evaluated", evaluated);
        Path file = out.orElse(evaluated.resolve("report.html"));
        reporter.report(evaluated, file, Console.of(spec));
        return 0;
    }
}
