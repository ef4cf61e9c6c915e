/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.spark;

import io.github.gssloss.files.StopSignal;
import io.github.gssloss.files.UserInputException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

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
        subcommands = {ExperimentCommand.class, CohortCommand.class, SimulateCommand.class})
public final class GssSpark {

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
        CommandLine line = new CommandLine(new GssSpark());
        line.setExecutionExceptionHandler(
                (failure, command, parsed) -> {
                    UserInputException wrong = usersInput(failure);
                    String text = wrong == null ? failure.toString() : wrong.getMessage();
                    String name = command.getCommandSpec().qualifiedName();
                    command.getErr()
                            .println(name + ": " + text.strip().replaceAll("\\s*\\R\\s*", " "));
                    return wrong == null ? ExitCode.SOFTWARE : ExitCode.USAGE;
                });
        return line;
    }

    /** Spark wraps what goes wrong in a task. */
    private static UserInputException usersInput(Throwable failure) {
        for (Throwable one = failure; one != null; one = one.getCause()) {
            if (one instanceof UserInputException wrong) {
                return wrong;
            }
        }
        return null;
    }

    /** Prints what could not be done, and returns the exit code that says so. */
    static int exit(CommandLine command, List<String> problems) {
        String name = command.getCommandSpec().qualifiedName();
        problems.forEach(line -> command.getErr().println(name + ": " + line));
        return problems.isEmpty() ? ExitCode.OK : ExitCode.USAGE;
    }
}
