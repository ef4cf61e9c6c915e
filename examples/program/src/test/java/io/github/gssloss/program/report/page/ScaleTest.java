/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScaleTest {

    @Test
    void equalDifferencesOrEqualFactorsAreEquallyFar() {
        Scale linear = Scale.linear(0, 100, 210, 10);
        assertThat(linear.at(0)).isEqualTo("210");
        assertThat(linear.at(25)).isEqualTo("160");
        assertThat(linear.at(99.99)).isEqualTo("10");
        Scale logarithmic = Scale.logarithmic(0.01, 100, 0, 400);
        assertThat(logarithmic.at(0.1)).isEqualTo("100");
        assertThat(logarithmic.at(10)).isEqualTo("300");
        assertThat(logarithmic.at(20)).isEqualTo("330.1");
    }

    @Test
    void ticksAreRoundAndFew() {
        assertThat(texts(Scale.linear(0, 100, 0, 1)))
                .containsExactly("0", "20", "40", "60", "80", "100");
        assertThat(texts(Scale.linear(0, 45000, 0, 1)))
                .containsExactly("0", "10000", "20000", "30000", "40000");
        assertThat(texts(Scale.linear(0, 1, 0, 1)))
                .containsExactly("0", "0.2", "0.4", "0.6", "0.8", "1");
        assertThat(texts(Scale.linear(0, 7, 0, 1))).containsExactly("0", "2", "4", "6");
        assertThat(texts(Scale.logarithmic(0.4, 12, 0, 1)))
                .containsExactly("0.5", "1", "2", "5", "10");
        assertThat(texts(Scale.logarithmic(0.002, 8, 0, 1)))
                .containsExactly("0.003", "0.01", "0.03", "0.1", "0.3", "1", "3");
        assertThat(texts(Scale.logarithmic(1e-9, 2, 0, 1))).hasSizeBetween(2, 10);
        // Less than a factor of two: steps as on a linear axis.
        assertThat(texts(Scale.logarithmic(3.1, 3.6, 0, 1)))
                .containsExactly("3.1", "3.2", "3.3", "3.4", "3.5", "3.6");
    }

    private static List<String> texts(Scale scale) {
        return scale.ticks().stream().map(Scale.Tick::text).toList();
    }
}
