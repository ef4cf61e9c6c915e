/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {

    private static final String NOTE =
            "epoch 1/300, loss 5.123 = fused 1.20 + branches 3.10 + aux 0.82, distillation 0.1234";

    private final StringWriter text = new StringWriter();
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

    @Test
    void inALogALineAppearsNowAndThen() throws InterruptedException {
        ConsoleProgress progress = log(Duration.ofMillis(300));

        progress.reset("Training", 10);
        progress.update(1, "loss 9.0");
        progress.update(2, "loss 1.5");
        TimeUnit.MILLISECONDS.sleep(700);
        progress.increment(1);
        progress.end();

        List<String> lines = text.toString().lines().toList();
        assertThat(lines).hasSizeBetween(2, 4).doesNotHaveDuplicates();
        assertThat(lines.get(lines.size() - 2))
                .matches("Training  [23]0 %, 0:00:0\\d left, loss 1\\.5");
        assertThat(lines.get(lines.size() - 1))
                .matches("Training 100 %, took 0:00:0[01], loss 1\\.5");
    }

    @Test
    void onATerminalOneLineIsDrawnAgainWithinItsWidth() throws InterruptedException {
        ConsoleProgress progress = terminal(Duration.ofMillis(50));

        progress.reset("Training", 4, "warming up");
        TimeUnit.MILLISECONDS.sleep(100);
        progress.update(2, NOTE);
        TimeUnit.MILLISECONDS.sleep(200);
        progress.update(3, "short");
        progress.update(4, "done");

        List<String> drawn = drawn();
        assertThat(drawn).allSatisfy(line -> assertThat(line).hasSizeBetween(76, 80));
        assertThat(drawn.get(0))
                .startsWith("Training [" + " ".repeat(16) + "]   0 %, time left unknown");
        assertThat(drawn).anySatisfy(line -> assertThat(line).contains("unknown, warming up "));
        assertThat(drawn)
                .anySatisfy(
                        line ->
                                assertThat(line)
                                        .matches(
                                                "Training \\[={8} {8}]  50 %, 0:00:00 left, epoch"
                                                        + " 1/300,.*"));
        assertThat(drawn.get(drawn.size() - 1))
                .startsWith("Training [" + "=".repeat(16) + "] 100 %, took 0:00:00, done")
                .endsWith(" ");
        assertThat(screen.toString(StandardCharsets.UTF_8)).endsWith(System.lineSeparator());
    }

    @Test
    void aTerminalIsDrawnOnceInAnInterval() throws InterruptedException {
        ConsoleProgress progress = terminal(Duration.ofSeconds(1));

        progress.reset("Training", 1000);
        for (int step = 1; step < 500; step++) {
            progress.update(step);
            TimeUnit.MILLISECONDS.sleep(1);
        }

        assertThat(drawn()).hasSizeBetween(1, 2);
    }

    @Test
    void workThatWasBegunElsewhereCountsFromThere() throws InterruptedException {
        ConsoleProgress progress = log(Duration.ofMillis(500));

        progress.reset("Training", 100);
        progress.start(90);
        TimeUnit.MILLISECONDS.sleep(200);
        progress.update(91);
        TimeUnit.MILLISECONDS.sleep(800);

        // One step took half a second, and nine are left; of all 91 steps it would be no time.
        assertThat(text.toString()).matches("(?s)Training  91 %, 0:00:(0[3-9]|[1-5]\\d) left\\R.*");
    }

    @Test
    void theEndIsSaidOnceAndNothingAfterIt() {
        ConsoleProgress progress = log(Duration.ofSeconds(30));

        progress.reset("Reading", 1);
        progress.update(1);
        progress.end();
        progress.update(1);

        assertThat(text.toString().lines()).containsExactly("Reading 100 %, took 0:00:00");
    }

    @Test
    void aLineTakesThePlaceOfWhatIsDrawn() {
        ConsoleProgress progress = terminal(Duration.ofSeconds(30));

        assertThat(progress.over("a note")).isEqualTo("a note");
        progress.reset("Training", 10);
        assertThat(progress.over("a note")).startsWith("\ra note ").hasSizeBetween(1 + 76, 1 + 80);
        assertThat(progress.over("long ".repeat(50))).isEqualTo("\r" + "long ".repeat(50));
        progress.end();
        assertThat(progress.over("a note")).isEqualTo("a note");

        ConsoleProgress log = log(Duration.ofSeconds(30));
        log.reset("Training", 10);
        assertThat(log.over("a note")).isEqualTo("a note");
        log.end();
    }

    private ConsoleProgress log(Duration interval) {
        return new ConsoleProgress(
                false, ConsoleProgress.log(new PrintWriter(text, true)), interval);
    }

    private ConsoleProgress terminal(Duration interval) {
        PrintStream out = new PrintStream(screen, true, StandardCharsets.UTF_8);
        return new ConsoleProgress(true, new ConsoleProgressBarConsumer(out, 80), interval);
    }

    private List<String> drawn() {
        return screen.toString(StandardCharsets.UTF_8)
                .lines()
                .flatMap(line -> List.of(line.split("\r")).stream())
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
