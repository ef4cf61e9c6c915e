/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.imaging.compare.Interval;
import io.github.gssloss.imaging.measure.Metric;
import org.junit.jupiter.api.Test;

class MetricTextTest {

    @Test
    void differencesHaveASign() {
        assertThat(MetricText.change(Metric.DICE, 0.012)).isEqualTo("+1.2");
        assertThat(MetricText.change(Metric.HD95, -3)).isEqualTo("\u22123.0");
        assertThat(MetricText.interval(Metric.DICE, new Interval(-0.01, 0.0001)))
                .isEqualTo("\u22121.0 to 0.0");
    }
}
