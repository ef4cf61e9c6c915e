/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.program.report.CurvePanel;
import io.github.gssloss.program.report.Series;
import io.github.gssloss.program.report.SeriesCsv;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The losses of a run over its steps, on a logarithmic axis: the mean of each epoch, and behind it,
 * faint, the single steps.
 *
 * @param lines the parts of the loss
 * @param xTicks along the steps
 * @param yTicks along the loss
 * @param epochs how many epochs there are
 * @param steps how many steps there are
 * @param left out parts of the loss that are 0 throughout, or empty
 */
record CurveChart(
        List<Line> lines,
        List<Scale.Tick> xTicks,
        List<Scale.Tick> yTicks,
        int epochs,
        int steps,
        List<String> left) {

    private static final double LEFT = 52;
    private static final double RIGHT = 1190;
    private static final double TOP = 10;
    private static final double BOTTOM = 330;

    /** Twice the pixels across: more points cannot be seen. */
    private static final int MOST_POINTS = 2000;

    /** Columns that are no part of the loss. */
    private static final List<String> OTHERS = List.of("epoch", "step", "lr");

    /**
     * A part of the loss.
     *
     * @param name its column
     * @param colour its place in the palette
     * @param means the path of the means
     * @param single the path of the single steps
     */
    record Line(String name, int colour, String means, String single) {}

    /**
     * Reads the losses of a run.
     *
     * @param losses the file that the run has left
     * @throws io.github.gssloss.files.UserInputException if it is no such file
     */
    static CurveChart read(Path losses) {
        List<String> header = SeriesCsv.header(losses);
        List<String> parts = header.stream().filter(name -> !OTHERS.contains(name)).toList();
        List<Series> read = SeriesCsv.read(losses, "step", parts);
        double[] epochs = SeriesCsv.read(losses, "step", List.of("epoch")).get(0).y();
        return of(read.stream().map(CurveChart::fromOne).toList(), epochs);
    }

    private static CurveChart of(List<Series> series, double[] epochs) {
        double first = epochs.length == 0 ? 0 : epochs[0];
        long steps = Arrays.stream(epochs).filter(epoch -> epoch == first).count();
        CurvePanel panel = new CurvePanel("", "", "", true, steps, series);
        List<Series> means = panel.lines();
        if (means.isEmpty()) {
            return new CurveChart(List.of(), List.of(), List.of(), 0, 0, names(series));
        }
        Scale x = Scale.linear(0, epochs.length, LEFT, RIGHT);
        Scale y = Scale.logarithmic(panel.smallest() / 1.1, panel.largest() * 1.1, BOTTOM, TOP);
        List<Line> lines = new ArrayList<>();
        for (Series one : means) {
            int place = names(series).indexOf(one.name());
            Series single = panel.points().get(names(panel.points()).indexOf(one.name()));
            lines.add(
                    new Line(
                            one.name(),
                            place % Palette.COLOURS,
                            path(one, x, y),
                            steps > 1 ? path(thinned(single), x, y) : ""));
        }
        List<String> left =
                names(series).stream().filter(name -> !names(means).contains(name)).toList();
        int count = (int) Arrays.stream(epochs).distinct().count();
        return new CurveChart(lines, x.ticks(), y.ticks(), count, epochs.length, left);
    }

    /** Whether there is nothing to draw. */
    boolean isEmpty() {
        return lines.isEmpty();
    }

    /** What the chart shows. */
    String words() {
        String what =
                "%d steps in %d epochs; the mean of each epoch, and faint the single steps. The axis of the loss is logarithmic."
                        .formatted(steps, epochs);
        return left.isEmpty() ? what : what + " Nowhere above 0: " + String.join(", ", left) + ".";
    }

    /** Counts the steps from 1, so that those of an epoch end with a multiple of their number. */
    private static Series fromOne(Series series) {
        return new Series(
                series.name(), Arrays.stream(series.x()).map(x -> x + 1).toArray(), series.y());
    }

    private static List<String> names(List<Series> series) {
        return series.stream().map(Series::name).toList();
    }

    private static String path(Series series, Scale x, Scale y) {
        double[] steps = series.x();
        double[] values = series.y();
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < steps.length; i++) {
            path.append(i == 0 ? 'M' : 'L').append(x.at(steps[i])).append(' ');
            path.append(y.at(values[i]));
        }
        // A point alone needs a length to be seen.
        return steps.length == 1 ? path + "h0.1" : path.toString();
    }

    /** Keeps the smallest and the largest of neighbouring points where they are too many. */
    private static Series thinned(Series series) {
        if (series.size() <= MOST_POINTS) {
            return series;
        }
        double[] y = series.y();
        int together = (2 * y.length + MOST_POINTS - 1) / MOST_POINTS;
        int[] kept =
                IntStream.iterate(0, from -> from < y.length, from -> from + together)
                        .flatMap(from -> extremes(y, from, Math.min(y.length, from + together)))
                        .toArray();
        double[] x = series.x();
        return new Series(
                series.name(),
                Arrays.stream(kept).mapToDouble(i -> x[i]).toArray(),
                Arrays.stream(kept).mapToDouble(i -> y[i]).toArray());
    }

    private static IntStream extremes(double[] y, int from, int to) {
        int low = from;
        int high = from;
        for (int i = from; i < to; i++) {
            low = y[i] < y[low] ? i : low;
            high = y[i] > y[high] ? i : high;
        }
        return IntStream.of(low, high).sorted().distinct();
    }
}
