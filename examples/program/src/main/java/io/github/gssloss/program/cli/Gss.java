/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.files.StopSignal;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Predicate;
import java.util.spi.ToolProvider;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;

/**
 * The program {@code gss}. Results go to stdout, problems and logs to stderr. It exits with 0 when
 * all went well, 2 where the user's input cannot be used, 3 where a training or an experiment was
 * stopped and can go on, 1 after a failure inside or where {@code verify} finds numbers beyond
 * tolerance.
 */
@Command(
        name = "gss",
        resourceBundle = Gss.HELP,
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = VersionLines.class)
public final class Gss {

    static final String HELP = "io.github.gssloss.program.cli.help";

    private static final List<Class<?>> COMMANDS =
            List.of(
                    PhantomCommand.class,
                    CheckCommand.class,
                    TrainCommand.class,
                    EvaluateCommand.class,
                    LeadersCommand.class,
                    PredictCommand.class,
                    ReportCommand.class,
                    ExportCommand.class,
                    AblateCommand.class,
                    WeightsCommand.class,
                    DoctorCommand.class,
                    VerifyCommand.class,
                    VoteCommand.class,
                    CacheCommand.class);

    @Option(names = "--stacktrace", scope = ScopeType.INHERIT)
    private boolean stacktrace;

    private Gss() {}

    /**
     * Runs the program and exits.
     *
     * @param args what the user typed
     */
    public static void main(String[] args) {
        optOutOfTracking();
        StopSignal.listen();
        StopSignal.exit(commandLineFor(args).execute(args));
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

    /** Puts the program together, with all its commands. */
    static CommandLine commandLine() {
        return commandLine(bench());
    }

    /** Puts the program together with a command for the benches. */
    static CommandLine commandLine(Object bench) {
        return commandLine(type -> true, bench);
    }

    /**
     * Puts the program together for what was typed. Other commands are a name with its help: to
     * make them whole is half of the start of the program. A word that begins with @ names a file
     * of further words, the command perhaps among them: then all are whole.
     */
    static CommandLine commandLineFor(String... args) {
        Optional<String> typed =
                Arrays.stream(args).filter(word -> !word.startsWith("-")).findFirst();
        return commandLine(
                type ->
                        typed.filter(word -> word.startsWith("@") || word.equals(name(type)))
                                .isPresent(),
                bench());
    }

    private static CommandLine commandLine(Predicate<Class<?>> isWhole, Object bench) {
        Gss gss = new Gss();
        CommandLine line = new CommandLine(gss);
        for (Class<?> type : COMMANDS) {
            if (isWhole.test(type)) {
                line.addSubcommand(new CommandLine(type));
            } else {
                CommandSpec named = CommandSpec.create().name(name(type));
                line.addSubcommand(name(type), named.resourceBundleBaseName(HELP));
            }
        }
        Failures failures = new Failures(() -> gss.stacktrace);
        return line.addSubcommand(bench)
                .setOut(new PrintWriter(System.out, true, Console.encoding()))
                .registerConverter(Path.class, Inputs::path)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionStrategy(Gss::execute)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures);
    }

    private static String name(Class<?> type) {
        return type.getAnnotation(Command.class).name();
    }

    /**
     * Natives that cannot be loaded and a full memory are errors in Java: reported like failures.
     */
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
