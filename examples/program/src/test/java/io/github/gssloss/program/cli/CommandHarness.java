/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/** Runs the program with given commands and keeps what it printed. */
final class CommandHarness {

    private final CommandLine line;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    CommandHarness(Object... commands) {
        line = Gss.commandLine(List.of(commands));
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        line.setUsageHelpWidth(100);
    }

    int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return line.execute(args);
    }

    String out() {
        return out.toString();
    }

    List<String> errLines() {
        return err.toString().lines().toList();
    }
}
