/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import ai.djl.util.Progress;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Where a command's work tells the user how it goes.
 *
 * @param out for results, flushed at every line
 * @param progress for the progress of long work
 * @param commandLine the words with which the user started the program
 */
public record Console(PrintWriter out, Progress progress, String commandLine) {

    /**
     * Returns the console of a program that was not started through a command.
     *
     * @param commandLine the words with which the user started it
     * @return a console on stdout
     */
    public static Console stdout(String commandLine) {
        PrintWriter out = new PrintWriter(System.out, true, Charset.defaultCharset());
        return new Console(out, new ConsoleProgress(out), commandLine);
    }

    static Console of(CommandSpec spec) {
        PrintWriter out = spec.commandLine().getOut();
        return new Console(out, new ConsoleProgress(out), words(spec));
    }

    private static String words(CommandSpec spec) {
        Stream<String> typed =
                spec.root().commandLine().getParseResult().originalArgs().stream()
                        .map(word -> word.matches("\\S+") ? word : "'" + word + "'");
        return Stream.concat(Stream.of(spec.root().name()), typed).collect(Collectors.joining(" "));
    }
}
