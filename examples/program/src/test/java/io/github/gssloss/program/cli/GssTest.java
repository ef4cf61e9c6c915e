/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;

class GssTest {

    @Test
    void withoutACommandItSaysHowToFindOne() {
        CommandHarness gss = new CommandHarness();

        assertThat(gss.run()).isEqualTo(2);
        assertThat(gss.errLines())
                .containsExactly("gss: Missing required subcommand", "Try 'gss --help'.");
    }

    @Test
    void helpListsTheCommands() {
        CommandHarness gss = new CommandHarness();

        assertThat(gss.run("--help")).isZero();
        assertThat(gss.out()).contains("Usage: gss", "COMMAND", "phantom   Makes a cohort");
        assertThat(gss.errLines()).isEmpty();
    }

    @Test
    void everyCommandAndEveryOptionHasHelp() {
        Map<String, CommandLine> commands = Gss.commandLine().getSubcommands();

        assertThat(commands).hasSize(15);
        commands.forEach(
                (name, command) -> {
                    assertThat(command.getCommandSpec().usageMessage().description())
                            .as(name)
                            .isNotEmpty();
                    assertThat(command.getCommandSpec().args())
                            .filteredOn(option -> !option.hidden())
                            .allSatisfy(
                                    option ->
                                            assertThat(option.description())
                                                    .as(name + " " + option)
                                                    .isNotEmpty());
                });
    }

    @Test
    void whatWasTypedIsWholeAndTheOtherCommandsKeepTheirHelp() {
        CommandLine all = Gss.commandLine();
        CommandLine none = Gss.commandLineFor("--help");
        assertThat(none.getUsageMessage()).isEqualTo(all.getUsageMessage());
        CommandLine train = Gss.commandLineFor("--stacktrace", "train", "predict");
        assertThat(train.getSubcommands().get("train").getUsageMessage())
                .isEqualTo(all.getSubcommands().get("train").getUsageMessage());
        assertThat(train.getSubcommands().get("predict").getCommandSpec().options())
                .extracting(OptionSpec::longestName)
                .containsExactlyInAnyOrder("--help", "--version", "--stacktrace");
        assertThat(Gss.commandLineFor("@FILE").getSubcommands().get("train").getUsageMessage())
                .as("a file of arguments may begin with any command")
                .isEqualTo(all.getSubcommands().get("train").getUsageMessage());
        assertThatThrownBy(() -> Gss.commandLineFor("trane").parseArgs("trane"))
                .hasMessage("Unmatched argument at index 0: 'trane'");
    }

    @Test
    void versionNamesTheBuildAndTheJava() {
        CommandHarness gss = new CommandHarness();

        assertThat(gss.run("--version")).isZero();
        assertThat(gss.out())
                .containsPattern("gss \\d+\\.\\d+\\.\\d+(-SNAPSHOT)? \\(commit [\\w.-]+\\)")
                .contains("Java " + System.getProperty("java.version"));
    }

    @Test
    void anUnknownCommandIsRefused() {
        CommandHarness gss = new CommandHarness();

        assertThat(gss.run("phantoms")).isEqualTo(2);
        assertThat(gss.errLines())
                .containsExactly(
                        "gss: Unmatched argument at index 0: 'phantoms'",
                        "Did you mean phantom?",
                        "Try 'gss --help'.");
    }

    @Test
    void benchIsFoundOnTheClassPath() {
        CommandHarness gss = new CommandHarness();

        assertThat(gss.run("bench", "loss", "--classes=1", "--stacktrace")).isEqualTo(2);
        assertThat(gss.errLines().get(0))
                .isEqualTo(
                        "gss bench loss: --classes: expected a whole number of at least 2, got 1");
        assertThat(gss.run("bench")).isEqualTo(2);
        assertThat(gss.errLines())
                .containsExactly("gss bench: expected a COMMAND", "Try 'gss bench --help'.");
        assertThat(gss.run("bench", "--help")).isZero();
        assertThat(gss.out()).contains("Usage: gss bench", "endurance");
    }

    @Test
    void benchIsRefusedInOneLineWhereItIsNotThere() {
        CommandHarness gss = new CommandHarness(Gss.commandLine(new MissingBench()));

        assertThat(gss.run("bench", "loss", "--size=4")).isEqualTo(2);
        assertThat(gss.errLines())
                .containsExactly(
                        "gss bench: expected the jar gss-bench on the class path for [loss,"
                                + " --size=4], found none");
    }

    @Test
    void aFailureInsideIsOneLineAndAHint() {
        CommandHarness gss =
                new CommandHarness(new Failing(new IOException("No space left\n  on device")));

        assertThat(gss.run("fail")).isEqualTo(1);
        assertThat(gss.errLines())
                .containsExactly(
                        "gss fail: failed: IOException: No space left on device",
                        "Add --stacktrace to see where.");
    }

    @Test
    void theStackTraceIsShownOnRequest() {
        CommandHarness gss = new CommandHarness(new Failing(new IllegalStateException()));

        assertThat(gss.run("fail", "--stacktrace")).isEqualTo(1);
        assertThat(gss.errLines())
                .startsWith(
                        "gss fail: failed: IllegalStateException",
                        "java.lang.IllegalStateException")
                .anyMatch(line -> line.contains("at " + GssTest.class.getName()));

        assertThat(gss.run("--stacktrace", "fail")).isEqualTo(1);
        assertThat(gss.errLines()).hasSizeGreaterThan(2);
    }

    @Test
    void anErrorOfTheMachineIsOneLineToo() {
        CommandHarness gss =
                new CommandHarness(new Failing(new OutOfMemoryError("Java heap space")));

        assertThat(gss.run("fail")).isEqualTo(1);
        assertThat(gss.errLines())
                .containsExactly(
                        "gss fail: failed: OutOfMemoryError: Java heap space",
                        "Add --stacktrace to see where.");
    }

    @Test
    void theUsersInputIsOneLineWithoutAHint() {
        CommandHarness gss =
                new CommandHarness(
                        new Failing(new UserInputException("x: holds a cohort already")));

        assertThat(gss.run("fail")).isEqualTo(2);
        assertThat(gss.errLines()).containsExactly("gss fail: x: holds a cohort already");
    }

    @Test
    void trackingIsOffUnlessTheUserDecides() {
        String before = System.getProperty("OPT_OUT_TRACKING");
        try {
            System.clearProperty("OPT_OUT_TRACKING");
            Gss.optOutOfTracking();
            assertThat(System.getProperty("OPT_OUT_TRACKING")).isEqualTo("true");

            System.setProperty("OPT_OUT_TRACKING", "false");
            Gss.optOutOfTracking();
            assertThat(System.getProperty("OPT_OUT_TRACKING")).isEqualTo("false");
        } finally {
            System.setProperty("OPT_OUT_TRACKING", before);
        }
    }

    /** A command that does nothing but fail. */
    @Command(name = "fail")
    private static final class Failing implements Callable<Integer> {

        private final Throwable failure;

        Failing(Throwable failure) {
            this.failure = failure;
        }

        @Override
        public Integer call() throws Exception {
            if (failure instanceof Error e) {
                throw e;
            }
            throw (Exception) failure;
        }
    }
}
