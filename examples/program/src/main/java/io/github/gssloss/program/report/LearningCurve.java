/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report;

import io.github.gssloss.files.UserInputException;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A picture of charts side by side, such as the parts of the loss and the Dice scores of a run. */
public final class LearningCurve {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 480;

    /** The strip below a chart, the coloured line before a name and the room around a name. */
    private static final int LEGEND = 40;

    private static final int SWATCH = 26;
    private static final int SPACE = 14;

    /** Pixels per point: text is as sharp as on paper at 144 dpi. */
    private static final int SCALE = 2;

    /** A logarithmic axis is wide when its ends lie further apart than by this factor. */
    private static final double WIDE = 6;

    /** Colours that readers with a colour vision deficiency can tell apart (Okabe and Ito). */
    private static final List<Color> COLOURS =
            List.of(
                    new Color(0, 114, 178),
                    new Color(213, 94, 0),
                    new Color(0, 158, 115),
                    new Color(204, 121, 167),
                    new Color(230, 159, 0),
                    new Color(86, 180, 233),
                    new Color(60, 60, 60));

    private final List<CurvePanel> panels;

    /**
     * Creates the picture.
     *
     * @param panels the charts from left to right
     * @throws IllegalArgumentException if there is none or one has nothing to show
     */
    public LearningCurve(List<CurvePanel> panels) {
        if (panels.isEmpty()) {
            throw new IllegalArgumentException("panels: expected at least one, got none");
        }
        for (CurvePanel panel : panels) {
            if (panel.lines().isEmpty()) {
                throw new IllegalArgumentException(
                        "panel "
                                + panel.title()
                                + ": expected a point that its axis can show, got none");
            }
        }
        this.panels = List.copyOf(panels);
    }

    /**
     * Draws the picture.
     *
     * @return 1440 x 960 pixels per chart
     */
    public BufferedImage render() {
        BufferedImage picture =
                new BufferedImage(
                        SCALE * WIDTH * panels.size(), SCALE * HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.scale(SCALE, SCALE);
        graphics.setRenderingHint(
                RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, WIDTH * panels.size(), HEIGHT);
        for (CurvePanel panel : panels) {
            chart(panel).paint(graphics, WIDTH, HEIGHT - LEGEND);
            drawLegend(graphics, panel.lines());
            graphics.translate(WIDTH, 0);
        }
        graphics.dispose();
        return picture;
    }

    /**
     * Writes the picture as PNG.
     *
     * @param file the file to write or replace
     * @throws UserInputException if it cannot be written
     */
    public void write(Path file) {
        PngFile.write(render(), file);
    }

    private static XYChart chart(CurvePanel panel) {
        XYChart chart =
                new XYChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .theme(ChartTheme.Matlab)
                        .title(panel.title())
                        .xAxisTitle(panel.xTitle())
                        .yAxisTitle(panel.yTitle())
                        .build();
        style(chart, panel);
        List<Series> lines = panel.lines();
        if (panel.smoothing() > 0) {
            // The faint points first, so that the lines lie over them.
            for (Series points : panel.points()) {
                Color colour = colour(lines, points.name());
                add(chart, points.name() + ", single values", points)
                        .setLineColor(blend(colour, Color.WHITE, 0.75))
                        .setLineWidth(0.6f);
            }
        }
        for (Series line : lines) {
            add(chart, line.name(), line)
                    .setLineColor(colour(lines, line.name()))
                    .setLineStyle(
                            new BasicStroke(2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        }
        return chart;
    }

    /** One line of names below a chart, centred. */
    private static void drawLegend(Graphics2D graphics, List<Series> lines) {
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        FontMetrics metrics = graphics.getFontMetrics();
        int names = lines.stream().mapToInt(line -> metrics.stringWidth(line.name())).sum();
        int x = (WIDTH - names - lines.size() * (SWATCH + 2 * SPACE) + SPACE) / 2;
        int baseline = HEIGHT - LEGEND / 2 + 2;
        for (Series line : lines) {
            graphics.setColor(colour(lines, line.name()));
            graphics.setStroke(new BasicStroke(2.5f));
            graphics.drawLine(x, baseline - 4, x + SWATCH, baseline - 4);
            graphics.setColor(Color.BLACK);
            graphics.drawString(line.name(), x + SWATCH + SPACE / 2, baseline);
            x += SWATCH + 2 * SPACE + metrics.stringWidth(line.name());
        }
    }

    private static XYSeries add(XYChart chart, String name, Series series) {
        XYSeries added = chart.addSeries(name, series.x(), series.y());
        added.setMarker(SeriesMarkers.NONE);
        return added;
    }

    private static Color colour(List<Series> lines, String name) {
        List<String> names = lines.stream().map(Series::name).toList();
        return COLOURS.get(names.indexOf(name) % COLOURS.size());
    }

    private static Color blend(Color a, Color b, double share) {
        return new Color(
                (int) (a.getRed() + share * (b.getRed() - a.getRed())),
                (int) (a.getGreen() + share * (b.getGreen() - a.getGreen())),
                (int) (a.getBlue() + share * (b.getBlue() - a.getBlue())));
    }

    private static void style(XYChart chart, CurvePanel panel) {
        chart.getStyler()
                .setYAxisLogarithmic(panel.logarithmic())
                .setYAxisLogarithmicDecadeOnly(false)
                .setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14))
                .setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12))
                .setPlotGridLinesColor(new Color(225, 225, 225))
                .setPlotGridLinesStroke(new BasicStroke(0.7f));
        if (panel.logarithmic()) {
            boolean wide = panel.largest() > WIDE * panel.smallest();
            chart.getStyler().setYAxisTickLabelsFormattingFunction(value -> logLabel(value, wide));
        } else if (panel.smallest() >= 0) {
            chart.getStyler().setYAxisMin(0.0);
        }
        chart.getStyler()
                .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 16))
                .setChartPadding(16)
                .setChartBackgroundColor(Color.WHITE)
                .setChartTitlePadding(10)
                .setLegendVisible(false)
                .setAntiAlias(true);
    }

    /** Ticks stand at every digit of a decade: too many to name on a wide axis. */
    private static String logLabel(double value, boolean wide) {
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(2)).stripTrailingZeros();
        boolean named = List.of(1, 2, 5).contains(rounded.unscaledValue().intValue());
        return !wide || named ? rounded.toPlainString() : " ";
    }
}
