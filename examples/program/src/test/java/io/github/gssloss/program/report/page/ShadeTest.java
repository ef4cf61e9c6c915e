/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.imaging.measure.Metric;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ShadeTest {

    @Test
    void theBestIsDeepest() {
        Shade dice = Shade.ofNumbers(Metric.DICE, DoubleStream.of(0.2, 0.6, Double.NaN, 0.4));
        assertThat(dice.cell(0.2)).isEqualTo(new Shade.Cell("20.0", "0%", "good"));
        assertThat(dice.cell(0.4)).isEqualTo(new Shade.Cell("40.0", "50%", "good"));
        assertThat(dice.cell(0.6)).isEqualTo(new Shade.Cell("60.0", "100%", "good"));
        assertThat(dice.cell(0.9).depth()).isEqualTo("100%");
        assertThat(dice.cell(Double.NaN)).isEqualTo(new Shade.Cell("\u2013", "0%", "good"));
        assertThat(dice.worst()).isEqualTo("20.0 %");
        assertThat(dice.best()).isEqualTo("60.0 %");
    }

    @Test
    void aShortDistanceIsDeep() {
        Shade distance = Shade.ofNumbers(Metric.HD95, DoubleStream.of(5, 45));
        assertThat(distance.cell(5)).isEqualTo(new Shade.Cell("5.0", "100%", "good"));
        assertThat(distance.cell(35)).isEqualTo(new Shade.Cell("35.0", "25%", "good"));
        assertThat(distance.worst()).isEqualTo("45.0 mm");
        assertThat(distance.best()).isEqualTo("5.0 mm");
    }

    @Test
    void whatHardlyDiffersLooksAlikeAndStaysInRange() {
        Shade middle = Shade.ofNumbers(Metric.DICE, DoubleStream.of(0.5, 0.51));
        assertThat(middle.worst()).isEqualTo("45.5 %");
        assertThat(middle.best()).isEqualTo("55.5 %");
        Shade top = Shade.ofNumbers(Metric.SPECIFICITY, DoubleStream.of(0.999, 1));
        assertThat(top.worst()).isEqualTo("90.0 %");
        assertThat(top.best()).isEqualTo("100.0 %");
        assertThat(top.cell(0.9995)).isEqualTo(new Shade.Cell("99.95", "100%", "good"));
        Shade bottom = Shade.ofNumbers(Metric.DICE, DoubleStream.of(0));
        assertThat(bottom.worst()).isEqualTo("0.0 %");
        assertThat(bottom.cell(0).depth()).isEqualTo("0%");
        Shade nothing = Shade.ofNumbers(Metric.HD95, DoubleStream.of(Double.NaN));
        assertThat(nothing.worst()).isEqualTo("10.0 mm");
        assertThat(nothing.cell(Double.NaN)).isEqualTo(new Shade.Cell("\u2013", "0%", "good"));
        Shade far = Shade.ofNumbers(Metric.HD95, DoubleStream.of(373.13));
        assertThat(far.worst()).isEqualTo("378.1 mm");
    }

    @Test
    void differencesSayWhichWay() {
        Shade dice = Shade.ofDifferences(Metric.DICE, DoubleStream.of(-0.4, 0.1, Double.NaN));
        assertThat(dice.cell(-0.4)).isEqualTo(new Shade.Cell("\u221240.0", "100%", "bad"));
        assertThat(dice.cell(0.1)).isEqualTo(new Shade.Cell("+10.0", "25%", "good"));
        assertThat(dice.cell(-0.0001).text()).isEqualTo("0.0");
        assertThat(dice.cell(Double.NaN).text()).isEqualTo("\u2013");
        Shade distance = Shade.ofDifferences(Metric.HD95, DoubleStream.of(5));
        assertThat(distance.cell(5)).isEqualTo(new Shade.Cell("+5.0", "50%", "bad"));
        assertThat(distance.cell(-5)).isEqualTo(new Shade.Cell("\u22125.0", "50%", "good"));
    }
}
