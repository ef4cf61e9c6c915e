/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import io.github.gssloss.files.StopSignal;
import io.github.gssloss.files.UserInputException;
import java.io.PrintWriter;
import java.util.spi.ToolProvider;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * The command {@code bench}. The program {@code gss} finds it on the class path, as a service, and
 * takes it among its own commands; without that program it is a program itself.
 */
@Command(
        name = "bench",
        description = "Measures what the loss, a training step and an evaluation cost.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            LossBench.class,
            StepBench.class,
            LoaderBench.class,
            SubsetsBench.class,
            EnduranceBench.class
        })
public final class Bench implements ToolProvider, Runnable {

    @Spec private CommandSpec spec;

    /** Creates the command. */
    public Bench() {}

    /**
     * Runs one bench and exits: with 0, with 2 where an option cannot be used, with 1 after a
     * failure or where {@code endurance} finds something left behind.
     *
     * @param args the name of the bench and its options
     */
    public static void main(String[] args) {
        // Before any class of DJL's: unless the user says otherwise, it does not report home.
        System.getProperties().putIfAbsent("OPT_OUT_TRACKING", "true");
        StopSignal.listen();
        StopSignal.exit(commandLine().execute(args));
    }

    @Override
    public String name() {
        return "gss-bench";
    }

    @Override
    public int run(PrintWriter out, PrintWriter err, String... args) {
        return commandLine().setOut(out).setErr(err).execute(args);
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Bench());
        line.getCommandSpec().mixinStandardHelpOptions(true);
        for (CommandLine bench : line.getSubcommands().values()) {
            CommandSpec options = bench.getCommandSpec().mixinStandardHelpOptions(true);
            options.usageMessage().sortOptions(false).showDefaultValues(true);
        }
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Bench::refuse);
    }

    /** What the user gave is one line; picocli prints the trace of any other failure. */
    private static int refuse(Exception failure, CommandLine command, ParseResult parsed)
            throws Exception {
        if (failure instanceof UserInputException) {
            String name = command.getCommandSpec().qualifiedName();
            command.getErr().println(name + ": " + failure.getMessage());
            return ExitCode.USAGE;
        }
        throw failure;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected a COMMAND");
    }
}
