/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import ai.djl.util.Progress;
import io.github.gssloss.imaging.measure.Metric;
import io.github.gssloss.imaging.measure.ScoreTable;
import io.github.gssloss.program.tables.ScoreTableFormat;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Where a command reports to its user.
 *
 * @param spec the command
 * @param out for results, flushed at every line
 * @param progress for the progress of long work
 */
record Console(CommandSpec spec, PrintWriter out, Progress progress) {

    static Console of(CommandSpec spec) {
        PrintWriter out = spec.commandLine().getOut();
        return new Console(spec, out, new ConsoleProgress(out));
    }

    void print(String line) {
        out.println(line);
        out.flush();
    }

    /** Prints the Dice of a table. */
    void print(ScoreTable table) {
        print(Metric.DICE.title());
        print(new ScoreTableFormat(table).text(Metric.DICE, Charset.defaultCharset()));
    }

    /** Prints what could not be done, and returns the exit code that says so. */
    int exit(List<String> problems) {
        problems.forEach(
                line -> spec.commandLine().getErr().println(spec.qualifiedName() + ": " + line));
        return problems.isEmpty() ? ExitCode.OK : ExitCode.USAGE;
    }

    /** The words with which the user started the program. */
    String commandLine() {
        Stream<String> typed =
                spec.root().commandLine().getParseResult().originalArgs().stream()
                        .map(word -> word.matches("\\S+") ? word : "'" + word + "'");
        return Stream.concat(Stream.of(spec.root().name()), typed).collect(Collectors.joining(" "));
    }
}
