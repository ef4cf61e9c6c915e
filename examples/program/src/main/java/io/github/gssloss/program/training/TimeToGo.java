/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * How long a training may take, from its first steps. The very first is left out: it has to wait
 * for the first crops, and the engine sets itself up. Of the others the median counts. What comes
 * between epochs, checkpoints and validations, is not in it.
 */
final class TimeToGo {

    /** How many steps are looked at, with the first. */
    static final int STEPS = 6;

    private static final double NANOS = 1e9;

    /** Of less than a minute nobody has to be told. */
    private static final double WORTH_SAYING = 60;

    private static final Duration LONG = Duration.ofDays(2);

    private final long all;
    private final boolean validates;
    private final LongSupplier clock;
    private final List<Double> seconds = new ArrayList<>();
    private long last;

    /**
     * Prepares for a training.
     *
     * @param all the steps of the whole run
     * @param validates whether it validates on the way
     * @param clock nanoseconds
     */
    TimeToGo(long all, boolean validates, LongSupplier clock) {
        this.all = all;
        this.validates = validates;
        this.clock = clock;
    }

    /** The steps of an epoch begin. */
    void begin() {
        last = clock.getAsLong();
    }

    /**
     * Takes note of a step that is done.
     *
     * @param step how many steps of the whole run are done
     * @return lines for the user, after the last of the steps that are looked at; none after others
     *     and where the rest takes less than a minute
     */
    List<String> done(long step) {
        if (seconds.size() == STEPS) {
            return List.of();
        }
        long now = clock.getAsLong();
        seconds.add((now - last) / NANOS);
        last = now;
        return seconds.size() == STEPS ? lines(all - step) : List.of();
    }

    private List<String> lines(long left) {
        double usual = median();
        double wanted = left * usual;
        if (wanted < WORTH_SAYING) {
            return List.of();
        }
        Duration time = Duration.ofSeconds(Math.round(wanted));
        List<String> lines = new ArrayList<>();
        lines.add(
                String.format(
                        Locale.ROOT,
                        "time     %d steps to go, about %s at %s s a step (the first, with %s s,"
                                + " not counted)%s",
                        left,
                        words(time),
                        digits(usual),
                        digits(seconds.get(0)),
                        validates ? ", and the time of the validations" : ""));
        if (time.compareTo(LONG) > 0) {
            lines.add(
                    "warning: at this pace the training takes more than two days; fewer epochs and"
                            + " iterations or a smaller crop make it shorter");
        }
        return lines;
    }

    private double median() {
        double[] sorted = seconds.stream().skip(1).mapToDouble(one -> one).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /** Two digits that count, as far as they are worth it. */
    private static String digits(double number) {
        String format = number < 0.1 ? "%.3f" : number < 1 ? "%.2f" : number < 10 ? "%.1f" : "%.0f";
        return String.format(Locale.ROOT, format, number);
    }

    /** The two largest units. */
    static String words(Duration time) {
        long minutes = (time.toSeconds() + 30) / 60;
        if (minutes < 60) {
            return minutes + " min";
        }
        if (minutes < Duration.ofDays(1).toMinutes()) {
            return minutes / 60 + " h " + minutes % 60 + " min";
        }
        long hours = (minutes + 30) / 60;
        return hours / 24 + (hours < 48 ? " day " : " days ") + hours % 24 + " h";
    }
}
