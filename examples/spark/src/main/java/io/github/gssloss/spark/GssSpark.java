/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.spark;

import io.github.gssloss.files.StopSignal;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.cli.Failures;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * What is given to {@code spark-submit}: experiments and cohorts on a cluster, and what a cluster
 * would gain. It exits with 0 when all went well, with 2 where a cell or case could not be done or
 * the user's input cannot be used, with 1 after a failure inside.
 */
@Command(
        name = "gss-spark",
        mixinStandardHelpOptions = true,
        description = "Experiments and cohorts of the program gss on Apache Spark.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ExperimentCommand.class,
            CohortCommand.class,
            PredictCohortCommand.class,
            SimulateCommand.class
        })
public final class GssSpark {

    @Option(
            names = "--stacktrace",
            scope = ScopeType.INHERIT,
            description = "Show where in the program it failed.")
    private boolean stacktrace;

    private GssSpark() {}

    /**
     * Runs a command and exits.
     *
     * @param args what follows the jar in the line of spark-submit
     */
    public static void main(String[] args) {
        StopSignal.exit(commandLine().execute(args));
    }

    /** Puts the commands together. */
    static CommandLine commandLine() {
        GssSpark gss = new GssSpark();
        Failures failures = new Failures(() -> gss.stacktrace);
        return OptionWords.reader(gss)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(
                        (failure, command, parsed) ->
                                failures.handleExecutionException(
                                        usersInput(failure), command, parsed));
    }

    /** Spark wraps what goes wrong in a task. */
    private static Exception usersInput(Exception failure) {
        for (Throwable one = failure; one != null; one = one.getCause()) {
            if (one instanceof UserInputException wrong) {
                return wrong;
            }
        }
        return failure;
    }
}
