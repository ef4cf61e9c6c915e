/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import ai.djl.util.Progress;
import io.github.gssloss.imaging.measure.MeasureSettings;
import io.github.gssloss.imaging.measure.Metric;
import io.github.gssloss.imaging.measure.ScoreTable;
import io.github.gssloss.program.config.CommandWords;
import io.github.gssloss.program.tables.ScoreTableFormat;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Where a command reports to its user. A mixin has to be a command, though one without options. */
@Command
final class Console {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    private Optional<ConsoleProgress> shown = Optional.empty();

    /**
     * Returns the encoding of the standard output, which since Java 18 need not be the default: on
     * Windows the default is UTF-8 and the console's the system's own.
     */
    static Charset encoding() {
        return Stream.of("stdout.encoding", "sun.stdout.encoding")
                .map(System::getProperty)
                .filter(Objects::nonNull)
                .map(Charset::forName)
                .findFirst()
                .orElseGet(Charset::defaultCharset);
    }

    CommandSpec spec() {
        return spec;
    }

    /** The progress of long work. */
    Progress progress() {
        ConsoleProgress progress = new ConsoleProgress(spec.commandLine().getOut());
        shown = Optional.of(progress);
        return progress;
    }

    /** Prints a result, which is seen at once. */
    void print(String line) {
        String text = shown.map(progress -> progress.over(line)).orElse(line);
        spec.commandLine().getOut().println(text);
        spec.commandLine().getOut().flush();
    }

    /** Prints the Dice of a table, and the measures that are not always there. */
    void print(ScoreTable table) {
        for (Metric metric : table.metrics()) {
            if (metric == Metric.DICE || !MeasureSettings.USUAL.has(metric)) {
                print(table.title(metric));
                print(new ScoreTableFormat(table).text(metric, encoding()));
            }
        }
    }

    /** Prints what could not be done, and returns the exit code that says so. */
    int exit(List<String> problems) {
        return Failures.exit(spec.commandLine(), problems);
    }

    /** The words with which the user started the program. */
    String commandLine() {
        List<String> typed = spec.root().commandLine().getParseResult().originalArgs();
        return CommandWords.line(Stream.concat(Stream.of(spec.root().name()), typed.stream()));
    }
}
