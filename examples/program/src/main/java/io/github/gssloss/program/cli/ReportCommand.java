/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.report.page.HtmlReport;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gss report}: makes the report of an evaluation anew from the files that it has left. */
@Command(name = "report", sortOptions = false)
public final class ReportCommand implements Callable<Integer> {

    @Option(names = "--evaluated", paramLabel = "DIR", required = true)
    private Path evaluated;

    @Option(names = "--out", paramLabel = "FILE")
    private Optional<Path> out;

    @Mixin private Console console;

    @Override
    public Integer call() {
        Inputs.folder("--evaluated", evaluated);
        Path file = out.orElse(evaluated.resolve(HtmlReport.FILE));
        if (!file.toString().toLowerCase(Locale.ROOT).matches(".*\\.html?")) {
            // The report must never replace a file that it is made from.
            throw new UserInputException("--out " + file + ": expected a name ending .html");
        }
        HtmlReport.write(evaluated, file);
        console.print("Report in " + file);
        return 0;
    }
}
