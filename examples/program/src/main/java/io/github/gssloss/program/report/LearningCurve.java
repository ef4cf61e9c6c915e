/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report;

import io.github.gssloss.files.UserInputException;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.DoubleSummaryStatistics;
import java.util.List;

/** A picture of charts side by side, such as the parts of the loss and the Dice scores of a run. */
public final class LearningCurve {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 480;

    /** A logarithmic axis is wide when its ends lie further apart than by this factor. */
    private static final double WIDE = 6;

    private final List<CurvePanel> panels;

    /**
     * Creates the picture.
     *
     * @param panels the charts from left to right; of one that has nothing to show the axes alone
     *     are drawn
     * @throws IllegalArgumentException if there is none
     */
    public LearningCurve(List<CurvePanel> panels) {
        if (panels.isEmpty()) {
            throw new IllegalArgumentException("panels: expected at least one, got none");
        }
        this.panels = List.copyOf(panels);
    }

    /**
     * Draws the picture.
     *
     * @param width the width of a chart in points
     * @param height its height in points
     * @param colours its colours
     * @return the charts, {@link Chart#SCALE} pixels a point
     */
    public BufferedImage render(int width, int height, ChartColours colours) {
        int across = Chart.SCALE * width;
        BufferedImage picture =
                new BufferedImage(
                        panels.size() * across, Chart.SCALE * height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        for (int i = 0; i < panels.size(); i++) {
            Chart chart = chart(panels.get(i), width, height, colours);
            graphics.drawImage(chart.image(), i * across, 0, null);
        }
        graphics.dispose();
        return picture;
    }

    /**
     * Writes the picture as PNG, 1440 x 960 pixels a chart.
     *
     * @param file the file to write or replace
     * @throws UserInputException if it cannot be written
     */
    public void write(Path file) {
        PngFile.write(render(WIDTH, HEIGHT, ChartColours.LIGHT), file);
    }

    private static Chart chart(CurvePanel panel, int width, int height, ChartColours colours) {
        Chart chart = new Chart(width, height, colours);
        chart.titles(panel.title(), panel.xTitle(), panel.yTitle());
        DoubleSummaryStatistics extent = panel.extent();
        if (panel.logarithmic()) {
            chart.logarithmicY(extent.getMax() > WIDE * extent.getMin());
        } else if (extent.getMin() >= 0) {
            chart.style(axes -> axes.setYAxisMin(0.0));
        }
        List<String> names = panel.points().stream().map(Series::name).toList();
        if (panel.smoothing() > 0) {
            // The faint points first, so that the lines lie over them.
            for (Series points : panel.points()) {
                Color colour = colours.line(names.indexOf(points.name()));
                chart.line(
                        "",
                        points.x(),
                        points.y(),
                        ChartColours.blend(colour, colours.ground(), 0.75),
                        0.6);
            }
        }
        for (Series line : panel.lines()) {
            Color colour = colours.line(names.indexOf(line.name()));
            chart.line(line.name(), line.x(), line.y(), colour, 2);
        }
        return chart;
    }
}
