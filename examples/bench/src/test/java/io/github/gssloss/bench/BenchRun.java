/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;

/** Runs commands as they stand on the page, and keeps what the last one printed. */
final class BenchRun {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** Runs a command that has to succeed without a word on the error output. */
    void runs(String command, String... tiny) {
        int exit = run(command, tiny);
        assertThat(err.toString()).isEmpty();
        assertThat(exit).isZero();
    }

    /** Runs a command; options that are given again replace the page's. Returns its exit code. */
    int run(String command, String... tiny) {
        Stream<String> page = Stream.of(command.split(" ", -1)).skip(2);
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Bench.commandLine()
                .setOverwrittenOptionsAllowed(true)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(Stream.concat(page, Stream.of(tiny)).toArray(String[]::new));
    }

    List<String> lines() {
        return out.toString().lines().toList();
    }

    StringWriter out() {
        return out;
    }

    StringWriter err() {
        return err;
    }
}
