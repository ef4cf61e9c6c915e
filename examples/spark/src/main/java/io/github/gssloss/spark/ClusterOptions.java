/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.spark;

import io.github.gssloss.program.cli.Failures;
import io.github.gssloss.program.cli.Inputs;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** What the commands that work on a cluster have in common. */
final class ClusterOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder for all results, which all machines share.")
    private Path out;

    /** The folder, once it is checked that it is no file. */
    String out() {
        Inputs.results("--out", out);
        return text(out);
    }

    /** A path as it travels: executors have working folders of their own. */
    static String text(Path path) {
        return path.toAbsolutePath().normalize().toString();
    }

    /** Likewise; nothing where it was not given. */
    static String text(Optional<Path> path) {
        return path.map(ClusterOptions::text).orElse("");
    }

    /** Starts or joins the session; only once all that can be checked without it is. */
    SparkSession session() {
        return SparkSession.builder().appName("gss " + out).getOrCreate();
    }

    /** The options that were given. */
    ParseResult given() {
        return spec.commandLine().getParseResult();
    }

    void print(String line) {
        spec.commandLine().getOut().println(line);
    }

    /** Prints what could not be done, and returns the exit code that says so. */
    int exit(List<String> problems) {
        return Failures.exit(spec.commandLine(), problems);
    }
}
