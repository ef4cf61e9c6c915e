/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.files.CacheFolder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/** Runs the program and keeps what it printed. */
final class CommandHarness {

    static {
        // Maven sets it; elsewhere no test may write to the user's own cache.
        String property = CacheFolder.PROPERTY;
        System.setProperty(property, System.getProperty(property, "target/gss-cache"));
    }

    private final CommandLine line;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** The program, with further commands. */
    CommandHarness(Object... more) {
        this(Gss.commandLine(), more);
    }

    /** A program put together otherwise, with further commands. */
    CommandHarness(CommandLine line, Object... more) {
        this.line = line;
        List.of(more).forEach(line::addSubcommand);
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        line.setUsageHelpWidth(100);
    }

    int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return line.execute(args);
    }

    /** A command after it has read its options, and before it does anything. */
    <T> T parsed(Class<T> command, String... args) {
        return command.cast(
                line.parseArgs(args).subcommand().commandSpec().commandLine().getCommand());
    }

    String out() {
        return out.toString();
    }

    List<String> errLines() {
        return err.toString().lines().toList();
    }
}
