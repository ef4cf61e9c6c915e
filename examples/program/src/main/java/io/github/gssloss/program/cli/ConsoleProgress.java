/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import ai.djl.util.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressState;

/**
 * Shows how far long work is, how long it will still take and what it says about itself. On a
 * terminal one line, no wider than the terminal, is drawn again every second; elsewhere, in a log,
 * a plain line appears every half minute. {@code update(n)} means that n of max pieces are done.
 * Not for several threads.
 */
public final class ConsoleProgress implements Progress {

    private static final int BAR = 16;
    private static final int LOG_COLUMNS = 200;

    private final boolean terminal;
    private final ProgressBarConsumer screen;
    private final Duration interval;

    private ProgressBar bar;
    private volatile long first;
    private volatile String logged = "";

    /**
     * Creates a progress display that finds out whether a user watches.
     *
     * @param out where the lines of a log go; a terminal is drawn on by stdout
     */
    public ConsoleProgress(PrintWriter out) {
        this(
                isTerminal(),
                isTerminal() ? new ConsoleProgressBarConsumer(System.out) : log(out),
                Duration.ofSeconds(isTerminal() ? 1 : 30));
    }

    ConsoleProgress(boolean terminal, ProgressBarConsumer screen, Duration interval) {
        this.terminal = terminal;
        this.screen = screen;
        this.interval = interval;
    }

    static ProgressBarConsumer log(PrintWriter out) {
        return new DelegatingProgressBarConsumer(
                line -> {
                    if (!line.isEmpty()) {
                        out.println(line);
                        out.flush();
                    }
                },
                LOG_COLUMNS);
    }

    /** From Java 22 on there may be a console that is no terminal, and a method to ask it. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        if (System.console() == null) {
            return false;
        }
        try {
            return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(System.console());
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    /** {@inheritDoc} */
    @Override
    public void reset(String message, long max, String trailingMessage) {
        close();
        first = 0;
        bar =
                ProgressBar.builder()
                        .setTaskName(message)
                        .setInitialMax(Math.max(1, max))
                        .setUpdateIntervalMillis(Math.toIntExact(interval.toMillis()))
                        .continuousUpdate()
                        .setConsumer(screen)
                        .setRenderer(this::line)
                        .build();
        update(0, trailingMessage);
    }

    /** {@inheritDoc} */
    @Override
    public void start(long initialProgress) {
        first = initialProgress;
        update(initialProgress, null);
    }

    /** {@inheritDoc} */
    @Override
    public void increment(long increment) {
        if (bar != null) {
            update(bar.getCurrent() + increment, null);
        }
    }

    /** {@inheritDoc} */
    @Override
    public void update(long progress, String message) {
        if (bar == null) {
            return;
        }
        if (message != null) {
            bar.setExtraMessage(message);
        }
        bar.stepTo(Math.min(progress, bar.getMax()));
        if (progress >= bar.getMax()) {
            close();
        }
    }

    /** {@inheritDoc} */
    @Override
    public void end() {
        if (bar != null) {
            update(bar.getMax(), null);
        }
    }

    /**
     * Returns a line as it has to be printed while work is shown: on a terminal it takes the place
     * of what is drawn there, which then appears again below it.
     */
    String over(String line) {
        if (!terminal || bar == null) {
            return line;
        }
        int rest = screen.getMaxRenderedLength() - line.length();
        return "\r" + line + " ".repeat(Math.max(0, rest));
    }

    private void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }

    private String line(ProgressState state, int columns) {
        String title = state.getTaskName();
        double share = state.getNormalizedProgress();
        String note = state.getExtraMessage().isEmpty() ? "" : ", " + state.getExtraMessage();
        String text = String.format(Locale.ROOT, " %3.0f %%, ", Math.floor(100 * share));
        text += time(state) + note;
        if (!terminal) {
            return logged(title + text, state.getCurrent() > first);
        }
        String done = "=".repeat((int) (BAR * share));
        String line = title + " [" + done + " ".repeat(BAR - done.length()) + "]" + text;
        return line + " ".repeat(Math.max(0, columns - line.length()));
    }

    /** In a log nothing is said twice, and nothing of work that has only begun. */
    private String logged(String line, boolean advanced) {
        if (!advanced || line.equals(logged)) {
            return "";
        }
        logged = line;
        return line;
    }

    private String time(ProgressState state) {
        long left = state.getMax() - state.getCurrent();
        long done = state.getCurrent() - first;
        Duration elapsed = state.getElapsedAfterStart();
        if (left == 0) {
            return "took " + words(elapsed);
        }
        return done <= 0
                ? "time left unknown"
                : words(elapsed.multipliedBy(left).dividedBy(done)) + " left";
    }

    private static String words(Duration time) {
        return "%d:%02d:%02d".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }
}
