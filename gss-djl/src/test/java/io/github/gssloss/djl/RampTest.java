/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.gssloss.core.GssConfig;
import org.junit.jupiter.api.Test;

class RampTest {

    @Test
    void itsValuesAreThoseOfTheFormulas() {
        Ramp linear = Ramp.linear(0.1, 0.3, 40);
        Ramp exponential = Ramp.exponential(0.1, 0.3, 40);
        for (int batch = 1; batch <= 60; batch++) {
            double part = Math.min(1, (batch - 1) / 40.0);
            assertThat(linear.getNewValue(batch))
                    .isCloseTo((float) (0.1 + 0.2 * part), within(1e-7f));
            double way = Math.pow(Math.E, -5 * Math.pow(1 - part, 2));
            assertThat(exponential.getNewValue(batch))
                    .isCloseTo((float) (0.1 + 0.2 * way), within(1e-7f));
        }
        assertThat(linear.getNewValue(1)).isEqualTo(0.1f);
        assertThat(linear.getNewValue(41)).isEqualTo(0.3f);
        assertThat(exponential.getNewValue(41)).isEqualTo(0.3f);
        assertThat(exponential.getNewValue(Integer.MAX_VALUE)).isEqualTo(0.3f);
        // exp(-5) of the way.
        assertThat(Ramp.exponential(0, 1, 10).getNewValue(1)).isCloseTo(0.0067379f, within(1e-7f));
        assertThat(Ramp.linear(8, 4, 2).getNewValue(2)).isEqualTo(6);
    }

    @Test
    void aRampFromZeroBeginsWithoutDistillation() {
        LossSchedule schedule = LossSchedule.builder().optBeta(Ramp.linear(0, 0.3, 10)).build();
        assertThat(schedule.at(GssConfig.paper(), 0).beta()).isZero();
        assertThat(schedule.at(GssConfig.paper(), 5).beta()).isCloseTo(0.15, within(1e-7));
        assertThat(schedule.at(GssConfig.paper(), 5).temperature()).isEqualTo(8);
    }

    @Test
    void itRefusesWhatIsNoRamp() {
        assertThatThrownBy(() -> Ramp.linear(Double.NaN, 1, 10))
                .hasMessage("first: expected a finite number, got NaN");
        assertThatThrownBy(() -> Ramp.exponential(0, Double.POSITIVE_INFINITY, 10))
                .hasMessage("last: expected a finite number, got Infinity");
        assertThatThrownBy(() -> Ramp.linear(0, 1, 0))
                .hasMessage("batches: expected a number of batches from 1, got 0");
    }
}
