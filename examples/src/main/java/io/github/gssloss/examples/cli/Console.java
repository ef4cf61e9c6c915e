/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.cli;

import ai.djl.util.Progress;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Where a command's work tells the user how it goes.
 *
 * @param out for results, flushed at every line
 * @param progress for the progress of long work
 * @param commandLine the words with which the user started the program
 */
public record Console(PrintWriter out, Progress progress, String commandLine) {

    static Console of(CommandSpec spec) {
        PrintWriter out = spec.commandLine().getOut();
        return new Console(out, new ConsoleProgress(out), words(spec));
    }

    private static String words(CommandSpec spec) {
        return spec.root().name()
                + " "
                + String.join(" ", spec.root().commandLine().getParseResult().originalArgs());
    }
}
