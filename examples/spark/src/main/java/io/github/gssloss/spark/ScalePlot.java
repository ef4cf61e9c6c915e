/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.spark;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.files.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.Styler.LegendPosition;

/**
 * Hours over executors, both logarithmic, beside the line of a cluster that costs nothing.
 *
 * @param points the simulated times
 * @param tasks how many tasks
 * @param seconds the mean time of a task
 */
record ScalePlot(List<Point> points, int tasks, double seconds) {

    /** Seconds of an hour. */
    static final double HOUR = 3600;

    private static final int WIDTH = 900;
    private static final int HEIGHT = 600;

    /**
     * A simulated time.
     *
     * @param executors how many executors
     * @param wall the seconds
     */
    record Point(int executors, double wall) {}

    /**
     * Writes the plot as PNG.
     *
     * @throws UserInputException if the file cannot be written
     */
    void write(Path file) {
        XYChart chart =
                new XYChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .theme(ChartTheme.Matlab)
                        .title("%d tasks of %s s, simulated".formatted(tasks, seconds))
                        .xAxisTitle("executors")
                        .yAxisTitle("hours")
                        .build();
        chart.getStyler()
                .setXAxisLogarithmic(true)
                .setYAxisLogarithmic(true)
                .setLegendPosition(LegendPosition.InsideSW);
        double[] x = points.stream().mapToDouble(Point::executors).toArray();
        double[] hours = points.stream().mapToDouble(point -> point.wall() / HOUR).toArray();
        double[] ideal =
                points.stream()
                        .mapToDouble(point -> tasks * seconds / HOUR / point.executors())
                        .toArray();
        chart.addSeries("with start, loading, stragglers, tables", x, hours);
        chart.addSeries("the tasks alone, divided", x, ideal);
        try {
            WholeFile.write(
                    file,
                    out -> BitmapEncoder.saveBitmap(List.of(chart), 1, 1, out, BitmapFormat.PNG));
        } catch (IOException e) {
            throw new UserInputException(file + ": expected a file that can be written", e);
        }
    }
}
