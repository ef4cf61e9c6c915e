/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report;

import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.AnnotationTextPanel;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A chart of lines, dots and areas in the look that all charts have. What is no finite number or
 * too large or small to label an axis with is left out: without any point the axes are drawn alone.
 */
public final class Chart {

    /** Pixels per point: text is as sharp as on paper at 144 dpi. */
    public static final int SCALE = 2;

    /** The ends of what an axis can show: XChart hardly ends with labels of hundreds of digits. */
    private static final double LARGEST = 1e15;

    private static final double SMALLEST = 1e-30;

    /** The strip of the legend, the coloured line before a name and the room around a name. */
    private static final int LEGEND = 36;

    private static final int SWATCH = 26;
    private static final int SPACE = 14;

    private final int width;
    private final int height;
    private final XYChart chart;
    private final Map<String, Color> legend = new LinkedHashMap<>();
    private final ChartColours colours;

    /**
     * Creates a chart without anything in it.
     *
     * @param width its width in points
     * @param height its height in points
     * @param colours its colours
     */
    public Chart(int width, int height, ChartColours colours) {
        this.width = width;
        this.height = height;
        this.colours = colours;
        chart = ChartStyle.chart(width, height, colours);
    }

    /**
     * Sets the titles; an empty one takes no room.
     *
     * @param title above the chart
     * @param x below it
     * @param y beside it
     * @return this chart
     */
    public Chart titles(String title, String x, String y) {
        chart.setTitle(title);
        chart.setXAxisTitle(x);
        chart.setYAxisTitle(y);
        chart.getStyler().setChartTitleVisible(!title.isEmpty());
        return this;
    }

    /**
     * Sets the ends of the axes.
     *
     * @param left the lower end of x
     * @param right its upper end
     * @param low the lower end of y
     * @param high its upper end
     * @return this chart
     */
    public Chart axes(double left, double right, double low, double high) {
        return style(
                axes ->
                        axes.setXAxisMin(left)
                                .setXAxisMax(right)
                                .setYAxisMin(low)
                                .setYAxisMax(high));
    }

    /**
     * Changes the look.
     *
     * @param style what to set
     * @return this chart
     */
    public Chart style(Consumer<XYStyler> style) {
        style.accept(chart.getStyler());
        return this;
    }

    /**
     * Makes the y axis logarithmic; values that are not positive are left out then. Where its ends
     * lie far apart, 1, 2 and 5 of every decade are labelled, else every digit.
     *
     * @param wide whether its ends lie far apart
     * @return this chart
     */
    public Chart logarithmicY(boolean wide) {
        return style(
                axes ->
                        axes.setYAxisLogarithmic(true)
                                .setYAxisLogarithmicDecadeOnly(false)
                                .setYAxisTickLabelsFormattingFunction(
                                        value -> ChartStyle.digit(value, wide)));
    }

    /**
     * Draws a line; one of a single point as a dot.
     *
     * @param name its name in the legend; empty: it has none there
     * @param x ascending
     * @param y as many
     * @param colour its colour
     * @param width its width in points
     * @return this chart
     */
    public Chart line(String name, double[] x, double[] y, Color colour, double width) {
        long points = Arrays.stream(y).filter(this::isShown).count();
        add(x, y, XYSeriesRenderStyle.Line)
                .ifPresent(
                        line -> {
                            if (!name.isEmpty()) {
                                legend.put(name, colour);
                            }
                            line.setMarker(points == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
                            line.setMarkerColor(colour)
                                    .setLineColor(colour)
                                    .setLineStyle(ChartStyle.stroke(width));
                        });
        return this;
    }

    /**
     * Draws dots.
     *
     * @param x where they are
     * @param y as many
     * @param colour their colour
     * @return this chart
     */
    public Chart dots(double[] x, double[] y, Color colour) {
        add(x, y, XYSeriesRenderStyle.Scatter)
                .ifPresent(dots -> dots.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(colour));
        return this;
    }

    /**
     * Fills a rectangle and draws its edge.
     *
     * @param left its left end
     * @param right its right end
     * @param low its lower end
     * @param high its upper end
     * @return this chart
     */
    public Chart box(double left, double right, double low, double high) {
        double[] x = {left, left, right, right, left};
        double[] y = {low, high, high, low, low};
        add(x, y, XYSeriesRenderStyle.PolygonArea)
                .ifPresent(
                        box -> {
                            box.setMarker(SeriesMarkers.NONE);
                            box.setLineColor(colours.edge())
                                    .setLineStyle(ChartStyle.stroke(1))
                                    .setFillColor(ChartColours.faint(colours.fill()));
                        });
        return this;
    }

    /**
     * Writes a text, centred.
     *
     * @param text the text
     * @param x its middle
     * @param y its middle
     * @return this chart
     */
    public Chart text(String text, double x, double y) {
        chart.addAnnotation(new AnnotationText(text, x, y, false));
        return this;
    }

    /**
     * Writes a text on the background, over whatever lies there.
     *
     * @param text the text
     * @param x its left end
     * @param y its lower end
     * @return this chart
     */
    public Chart label(String text, double x, double y) {
        chart.addAnnotation(new AnnotationTextPanel(text, x, y, false));
        return this;
    }

    /**
     * Draws the chart.
     *
     * @return the picture, {@link #SCALE} pixels a point
     */
    public BufferedImage image() {
        BufferedImage image =
                new BufferedImage(SCALE * width, SCALE * height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.scale(SCALE, SCALE);
        graphics.setRenderingHint(
                RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(colours.ground());
        graphics.fillRect(0, 0, width, height);
        chart.paint(graphics, width, height - (legend.isEmpty() ? 0 : LEGEND));
        drawLegend(graphics);
        graphics.dispose();
        return image;
    }

    /**
     * One line of names below the chart, centred: that of XChart has no common baseline. Where they
     * are too long for the chart, all are drawn smaller.
     */
    private void drawLegend(Graphics2D graphics) {
        graphics.setFont(ChartStyle.LEGEND);
        graphics.setStroke(ChartStyle.stroke(2.5));
        FontMetrics metrics = graphics.getFontMetrics();
        int names = legend.keySet().stream().mapToInt(metrics::stringWidth).sum();
        int all = names + legend.size() * (SWATCH + 2 * SPACE) - SPACE;
        int x = (width - all) / 2;
        int baseline = height - LEGEND / 2 + 2;
        double fit = Math.min(1, width / (double) (all + SPACE));
        graphics.translate((1 - fit) * width / 2, (1 - fit) * baseline);
        graphics.scale(fit, fit);
        for (Map.Entry<String, Color> one : legend.entrySet()) {
            graphics.setColor(one.getValue());
            graphics.drawLine(x, baseline - 4, x + SWATCH, baseline - 4);
            graphics.setColor(colours.text());
            graphics.drawString(one.getKey(), x + SWATCH + SPACE / 2, baseline);
            x += SWATCH + 2 * SPACE + metrics.stringWidth(one.getKey());
        }
    }

    private Optional<XYSeries> add(double[] x, double[] y, XYSeriesRenderStyle style) {
        if (Arrays.stream(y).noneMatch(this::isShown)) {
            return Optional.empty();
        }
        double[] values = Arrays.stream(y).map(v -> isShown(v) ? v : Double.NaN).toArray();
        int place = chart.getSeriesCollection().size();
        XYSeries series = chart.addSeries(Integer.toString(place), x, values);
        return Optional.of(series.setXYSeriesRenderStyle(style));
    }

    private boolean isShown(double value) {
        boolean logarithmic = chart.getStyler().isYAxisLogarithmic();
        return Math.abs(value) <= LARGEST && (value >= SMALLEST || !logarithmic);
    }
}
