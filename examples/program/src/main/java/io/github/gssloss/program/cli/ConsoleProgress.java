/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import ai.djl.util.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Shows how far long work is, what it says about itself and how long it will still take. On a
 * terminal one line is drawn again and again; elsewhere, in a log, a plain line appears now and
 * then. {@code update(n)} means that n of max pieces are done. Not for several threads.
 */
public final class ConsoleProgress implements Progress {

    private static final int BAR = 24;
    private static final Duration REDRAW = Duration.ofMillis(100);
    private static final Duration PLAIN_LINE = Duration.ofSeconds(30);

    private final PrintWriter out;
    private final boolean terminal;
    private final LongSupplier nanoTime;

    private String title = "";
    private String note = "";
    private long max = 1;
    private long done;
    private long first;
    private long startedAt;
    private long drawnAt;
    private int drawnLength;
    private boolean open;

    /**
     * Creates a progress display that finds out whether a user watches.
     *
     * @param out where to draw, stdout
     */
    public ConsoleProgress(PrintWriter out) {
        this(out, isTerminal(), System::nanoTime);
    }

    ConsoleProgress(PrintWriter out, boolean terminal, LongSupplier nanoTime) {
        this.out = out;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
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
        title = message;
        note = trailingMessage == null ? "" : trailingMessage;
        this.max = Math.max(1, max);
        start(0);
    }

    /** {@inheritDoc} */
    @Override
    public void start(long initialProgress) {
        first = initialProgress;
        done = initialProgress;
        startedAt = nanoTime.getAsLong();
        drawnAt = startedAt;
        drawnLength = 0;
        open = true;
        if (terminal) {
            draw();
        }
    }

    /** {@inheritDoc} */
    @Override
    public void increment(long increment) {
        update(done + increment);
    }

    /** {@inheritDoc} */
    @Override
    public void update(long progress, String message) {
        if (!open) {
            return;
        }
        done = Math.min(progress, max);
        note = message == null ? note : message;
        Duration sinceDrawn = Duration.ofNanos(nanoTime.getAsLong() - drawnAt);
        if (done == max) {
            end();
        } else if (sinceDrawn.compareTo(terminal ? REDRAW : PLAIN_LINE) >= 0) {
            draw();
        }
    }

    /** {@inheritDoc} */
    @Override
    public void end() {
        if (!open) {
            return;
        }
        done = max;
        draw();
        open = false;
        if (terminal) {
            out.println();
            out.flush();
        }
    }

    private void draw() {
        drawnAt = nanoTime.getAsLong();
        StringBuilder line = new StringBuilder(title);
        if (terminal) {
            int filled = (int) (BAR * done / max);
            line.append(" [")
                    .append("=".repeat(filled))
                    .append(" ".repeat(BAR - filled))
                    .append(']');
        }
        line.append(String.format(Locale.ROOT, " %3d %%, ", 100 * done / max)).append(time());
        if (!note.isEmpty()) {
            line.append(", ").append(note);
        }
        if (terminal) {
            int length = line.length();
            line.append(" ".repeat(Math.max(0, drawnLength - length)));
            drawnLength = length;
            out.print("\r" + line);
        } else {
            out.println(line);
        }
        out.flush();
    }

    private String time() {
        Duration elapsed = Duration.ofNanos(drawnAt - startedAt);
        if (done == max) {
            return "took " + words(elapsed);
        }
        if (done == first) {
            return "time left unknown";
        }
        return words(elapsed.multipliedBy(max - done).dividedBy(done - first)) + " left";
    }

    private static String words(Duration time) {
        long seconds = Math.round(time.toMillis() / 1000.0);
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? "%d min %02d s".formatted(seconds / 60, seconds % 60)
                : "%d h %02d min".formatted(seconds / 3600, seconds / 60 % 60);
    }
}
