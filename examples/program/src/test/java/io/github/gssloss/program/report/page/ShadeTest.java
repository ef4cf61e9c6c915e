/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.imaging.measure.Metric;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ShadeTest {

    @Test
    void theBestIsDeepest() {
        Shade dice = new Shade(Metric.DICE, DoubleStream.of(0.2, 0.6, Double.NaN, 0.4));
        assertThat(dice.cell(0.2)).isEqualTo(new HeatCell("20.0", "0%", "good"));
        assertThat(dice.cell(0.4)).isEqualTo(new HeatCell("40.0", "50%", "good"));
        assertThat(dice.cell(0.6)).isEqualTo(new HeatCell("60.0", "100%", "good"));
        assertThat(dice.cell(0.9).depth()).isEqualTo("100%");
        assertThat(dice.cell(Double.NaN)).isEqualTo(new HeatCell("\u2013", "0%", "good"));
        assertThat(dice.worst()).isEqualTo("20.0 %");
        assertThat(dice.best()).isEqualTo("60.0 %");
    }

    @Test
    void aShortDistanceIsDeep() {
        Shade distance = new Shade(Metric.HD95, DoubleStream.of(5, 45));
        assertThat(distance.cell(5)).isEqualTo(new HeatCell("5.0", "100%", "good"));
        assertThat(distance.cell(35)).isEqualTo(new HeatCell("35.0", "25%", "good"));
        assertThat(distance.worst()).isEqualTo("45.0 mm");
        assertThat(distance.best()).isEqualTo("5.0 mm");
    }

    @Test
    void whatHardlyDiffersLooksAlikeAndStaysInRange() {
        Shade middle = new Shade(Metric.DICE, DoubleStream.of(0.5, 0.51));
        assertThat(middle.worst()).isEqualTo("45.5 %");
        assertThat(middle.best()).isEqualTo("55.5 %");
        Shade top = new Shade(Metric.SPECIFICITY, DoubleStream.of(0.999, 1));
        assertThat(top.worst()).isEqualTo("90.0 %");
        assertThat(top.best()).isEqualTo("100.0 %");
        assertThat(top.cell(0.9995)).isEqualTo(new HeatCell("99.95", "100%", "good"));
        Shade bottom = new Shade(Metric.DICE, DoubleStream.of(0));
        assertThat(bottom.worst()).isEqualTo("0.0 %");
        assertThat(bottom.cell(0).depth()).isEqualTo("0%");
        Shade far = new Shade(Metric.HD95, DoubleStream.of(373.13));
        assertThat(far.worst()).isEqualTo("378.1 mm");
    }

    @Test
    void differencesSayWhichWay() {
        Change dice = new Change(Metric.DICE, DoubleStream.of(-0.4, 0.1, Double.NaN));
        assertThat(dice.cell(-0.4)).isEqualTo(new HeatCell("\u221240.0", "100%", "bad"));
        assertThat(dice.cell(0.1)).isEqualTo(new HeatCell("+10.0", "25%", "good"));
        assertThat(dice.cell(-0.0001).text()).isEqualTo("0.0");
        assertThat(dice.cell(Double.NaN).text()).isEqualTo("\u2013");
        Change distance = new Change(Metric.HD95, DoubleStream.of(5));
        assertThat(distance.cell(5)).isEqualTo(new HeatCell("+5.0", "50%", "bad"));
        assertThat(distance.cell(-5)).isEqualTo(new HeatCell("\u22125.0", "50%", "good"));
    }
}
