/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.files.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.DoubleStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A chart of the time a voxel. */
final class CostChart {

    private static final int WIDTH = 900;
    private static final int HEIGHT = 600;

    private final XYChart chart;

    CostChart(String title, String xTitle) {
        chart =
                new XYChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .theme(ChartTheme.Matlab)
                        .title(title)
                        .xAxisTitle(xTitle)
                        .yAxisTitle("ns a voxel, forward and backward")
                        .build();
        chart.getStyler()
                .setYAxisMin(0.0)
                .setLegendPosition(LegendPosition.OutsideS)
                .setLegendLayout(LegendLayout.Horizontal);
    }

    /** Adds a line; NaN leaves a gap, and a line without a number is left out. */
    void add(String name, double[] x, double[] y) {
        if (DoubleStream.of(y).anyMatch(Double::isFinite)) {
            chart.addSeries(name, x, y).setMarker(SeriesMarkers.CIRCLE);
        }
    }

    /**
     * Writes charts side by side as PNG.
     *
     * @throws UserInputException if the file cannot be written
     */
    static void write(List<CostChart> charts, Path file) {
        List<XYChart> row = charts.stream().map(one -> one.chart).toList();
        try {
            WholeFile.write(
                    file,
                    out -> BitmapEncoder.saveBitmap(row, 1, row.size(), out, BitmapFormat.PNG));
        } catch (IOException e) {
            throw new UserInputException(file + ": expected a file that can be written", e);
        }
    }
}
