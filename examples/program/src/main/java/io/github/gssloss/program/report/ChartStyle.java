/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report;

import java.awt.BasicStroke;
import java.awt.Font;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.ChartTheme;

/** The look of every {@link Chart}. */
final class ChartStyle {

    private static final int TEXT = 12;

    static final Font LEGEND = font(Font.PLAIN, TEXT + 1);

    private ChartStyle() {}

    /** An empty chart. */
    static XYChart chart(int width, int height, ChartColours colours) {
        XYChart chart =
                new XYChartBuilder().width(width).height(height).theme(ChartTheme.Matlab).build();
        chart.getStyler()
                .setPlotGridLinesColor(colours.grid())
                .setPlotGridLinesStroke(new BasicStroke(0.7f))
                .setAxisTicksMarksVisible(false)
                .setPlotTicksMarksVisible(false)
                .setAxisTicksLineVisible(false)
                .setAxisTickLabelsFont(font(Font.PLAIN, TEXT))
                .setAxisTickLabelsColor(colours.quiet())
                .setAxisTitleFont(font(Font.PLAIN, TEXT + 1))
                .setPlotMargin(0)
                .setChartTitleFont(font(Font.BOLD, TEXT + 4))
                .setChartTitlePadding(10)
                .setChartTitleVisible(false)
                .setChartFontColor(colours.text())
                .setLocale(Locale.ROOT)
                .setAnnotationTextFont(font(Font.BOLD, TEXT))
                .setAnnotationTextFontColor(colours.text())
                .setAnnotationTextPanelFont(font(Font.BOLD, TEXT))
                .setAnnotationTextPanelFontColor(colours.text())
                .setAnnotationTextPanelBackgroundColor(colours.ground())
                .setAnnotationTextPanelBorderColor(colours.ground())
                .setAnnotationTextPanelPadding(2)
                .setChartBackgroundColor(colours.ground())
                .setPlotBackgroundColor(colours.ground())
                .setPlotBorderVisible(false)
                .setChartPadding(6)
                .setMarkerSize(6)
                .setLegendVisible(false)
                .setAntiAlias(true);
        return chart;
    }

    static BasicStroke stroke(double width) {
        return new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }

    private static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }

    /** A tick of a logarithmic axis: on a wide one only 1, 2 and 5 of every decade. */
    static String digit(double value, boolean wide) {
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(2)).stripTrailingZeros();
        boolean named = List.of(1, 2, 5).contains(rounded.unscaledValue().intValue());
        return !wide || named ? rounded.toPlainString() : " ";
    }
}
