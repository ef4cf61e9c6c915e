/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {

    private final StringWriter text = new StringWriter();
    private long now = 7_000_000_000L;

    @Test
    void inALogALineAppearsNowAndThen() {
        ConsoleProgress progress = progress(false);

        progress.reset("Training", 10);
        after(29);
        progress.update(1, "loss 9.0");
        assertThat(text.toString()).isEmpty();
        after(1);
        progress.update(2, "loss 1.5");
        after(20);
        progress.increment(1);
        after(3600);
        progress.update(4);
        after(1);
        progress.end();

        assertThat(text.toString().lines())
                .containsExactly(
                        "Training  20 %, 2 min 00 s left, loss 1.5",
                        "Training  40 %, 1 h 31 min left, loss 1.5",
                        "Training 100 %, took 1 h 00 min, loss 1.5");
    }

    @Test
    void onATerminalOneLineIsDrawnAgain() {
        ConsoleProgress progress = progress(true);

        progress.reset("Training", 4, "warming up");
        progress.update(1, "too soon to be drawn");
        after(8);
        progress.update(2, "loss 1.5");
        after(4);
        progress.update(4, "done");

        String half = "=".repeat(12) + " ".repeat(12);
        assertThat(text.toString())
                .isEqualTo(
                        "\rTraining ["
                                + " ".repeat(24)
                                + "]   0 %, time left unknown, warming up"
                                + ("\rTraining [" + half + "]  50 %, 8 s left, loss 1.5")
                                + " "
                                        .repeat(
                                                "time left unknown, warming up".length()
                                                        - "8 s left, loss 1.5".length())
                                + ("\rTraining [" + "=".repeat(24) + "] 100 %, took 12 s, done")
                                + " ".repeat(3)
                                + System.lineSeparator());
    }

    @Test
    void workThatWasBegunElsewhereCountsFromThere() {
        ConsoleProgress progress = progress(false);

        progress.reset("Training", 100);
        progress.start(90);
        after(50);
        progress.update(95);

        assertThat(text.toString().lines()).containsExactly("Training  95 %, 50 s left");
    }

    @Test
    void theEndIsSaidOnce() {
        ConsoleProgress progress = progress(false);

        progress.reset("Reading", 1);
        progress.update(1);
        progress.end();
        progress.update(1);

        assertThat(text.toString().lines()).containsExactly("Reading 100 %, took 0 s");
    }

    private ConsoleProgress progress(boolean terminal) {
        return new ConsoleProgress(new PrintWriter(text), terminal, () -> now);
    }

    private void after(long seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
    }
}
