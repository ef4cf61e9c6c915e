/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.files.StoppedException;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.config.Spelling;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into lines a user can act on, and into the exit code. */
public final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {

    /** The exit code of work that was asked to stop, has saved and can go on. */
    static final int STOPPED = 3;

    private final BooleanSupplier stacktrace;

    /**
     * Creates the handler of a program that has an option {@code --stacktrace}.
     *
     * @param stacktrace whether the user gave it
     */
    public Failures(BooleanSupplier stacktrace) {
        this.stacktrace = stacktrace;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        String name = name(command);
        PrintWriter err = command.getErr();
        err.println(name + ": " + oneLine(failure.getMessage()));
        meant(failure, command.getCommandSpec())
                .ifPresent(word -> err.println("Did you mean " + word + "?"));
        err.println("Try '" + name + " --help'.");
        return ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(
            Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (failure instanceof StoppedException) {
            err.println(name(command) + ": " + failure.getMessage());
            return STOPPED;
        }
        boolean usersInput = failure instanceof UserInputException;
        if (usersInput) {
            err.println(name(command) + ": " + failure.getMessage());
        } else {
            Throwable cause = failure instanceof ExecutionException ? failure.getCause() : failure;
            String message = cause.getMessage() == null ? "" : ": " + cause.getMessage();
            err.println(
                    name(command)
                            + ": failed: "
                            + oneLine(cause.getClass().getSimpleName() + message));
        }
        if (stacktrace.getAsBoolean()) {
            failure.printStackTrace(err);
        } else if (!usersInput) {
            err.println("Add --stacktrace to see where.");
        }
        return usersInput ? ExitCode.USAGE : ExitCode.SOFTWARE;
    }

    /**
     * Prints what could not be done though the rest was.
     *
     * @param command the command
     * @param problems a line each
     * @return the exit code that says so
     */
    public static int exit(CommandLine command, List<String> problems) {
        problems.forEach(line -> command.getErr().println(name(command) + ": " + line));
        return problems.isEmpty() ? ExitCode.OK : ExitCode.USAGE;
    }

    /** What an unknown option or command was most likely meant to be. */
    private static Optional<String> meant(ParameterException failure, CommandSpec spec) {
        if (!(failure instanceof UnmatchedArgumentException unmatched)) {
            return Optional.empty();
        }
        String typed = unmatched.getUnmatched().get(0).replaceAll("=.*", "");
        List<String> names = new ArrayList<>(spec.optionsMap().keySet());
        names.addAll(spec.subcommands().keySet());
        return Spelling.closest(typed, names);
    }

    private static String name(CommandLine command) {
        return command.getCommandSpec().qualifiedName();
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
