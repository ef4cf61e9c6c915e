/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import java.util.List;
import java.util.ServiceLoader;
import java.util.spi.ToolProvider;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;

/**
 * The program {@code gss}. Results go to stdout, problems and logs to stderr. It exits with 0 when
 * all went well, 2 where the user's input cannot be used, 3 where a training was stopped and can be
 * resumed, 1 after a failure inside or where {@code verify} finds numbers beyond tolerance.
 */
@Command(
        name = "gss",
        description = "Trains and judges multi-modal brain tumour segmentation with GSS.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = VersionLines.class)
public final class Gss {

    @Option(
            names = "--stacktrace",
            scope = ScopeType.INHERIT,
            description = "After a failure show where in the program it happened.")
    private boolean stacktrace;

    private Gss() {}

    /**
     * Runs the program and exits.
     *
     * @param args what the user typed
     */
    public static void main(String[] args) {
        optOutOfTracking();
        int code = commandLine(commands()).execute(args);
        if (code == Failures.STOPPED) {
            // The machine is going down already, and would give the signal's number as the code.
            Runtime.getRuntime().halt(code);
        }
        System.exit(code);
    }

    /** The commands whose work is there. */
    static List<Object> commands() {
        return List.of(
                new PhantomCommand(Work::phantoms),
                new TrainCommand(Work::train, Work::resume),
                new EvaluateCommand(Work::evaluate),
                new PredictCommand(Work::predict),
                new ReportCommand(Work::report),
                new AblateCommand(Work::ablate),
                new WeightsCommand(),
                new VerifyCommand(),
                new VoteCommand(),
                bench());
    }

    /**
     * The module of the benches is no part of this one: its command is a service where it is there.
     */
    private static Object bench() {
        return ServiceLoader.load(ToolProvider.class).stream()
                .filter(tool -> tool.type().isAnnotationPresent(Command.class))
                .findFirst()
                .<Object>map(ServiceLoader.Provider::get)
                .orElseGet(MissingBench::new);
    }

    /**
     * Puts the program together.
     *
     * @param commands the subcommands
     * @return the command line, ready to be executed
     */
    static CommandLine commandLine(List<Object> commands) {
        Gss gss = new Gss();
        CommandLine line = new CommandLine(gss);
        commands.forEach(command -> line.addSubcommand(new CommandLine(command)));
        Failures failures = new Failures(() -> gss.stacktrace);
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionStrategy(Gss::execute)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures);
    }

    /** Natives that cannot be loaded and a full memory are errors in Java: told like failures. */
    private static int execute(ParseResult parsed) {
        try {
            return new RunLast().execute(parsed);
        } catch (Error e) {
            List<CommandLine> commands = parsed.asCommandLineList();
            throw new ExecutionException(commands.get(commands.size() - 1), "error", e);
        }
    }

    /**
     * Patient data may be near: unless the user says otherwise, DJL does not report home. Must run
     * before any class of DJL's.
     */
    static void optOutOfTracking() {
        if (System.getProperty("OPT_OUT_TRACKING") == null) {
            System.setProperty("OPT_OUT_TRACKING", "true");
        }
    }
}
