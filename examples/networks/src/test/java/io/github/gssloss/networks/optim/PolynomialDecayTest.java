/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolynomialDecayTest {

    @Test
    void decaysOnceAnEpoch() {
        PolynomialDecay decay = new PolynomialDecay(2e-4, 300, 150);

        for (int update = 1; update <= 300 * 150; update++) {
            int epoch = (update - 1) / 150;
            double expected = 2e-4 * Math.exp(0.9 * Math.log((300.0 - epoch) / 300));
            assertThat(decay.getNewValue(update)).isEqualTo((float) expected);
        }
        assertThat(decay.getNewValue(150)).isEqualTo(2e-4f);
        assertThat(decay.getNewValue(151)).isLessThan(2e-4f);
    }

    @Test
    void isZeroAfterTheLastEpoch() {
        PolynomialDecay decay = new PolynomialDecay(1, 2, 3);

        assertThat(decay.getNewValue(6)).isPositive();
        assertThat(decay.getNewValue(7)).isZero();
        assertThat(decay.getNewValue(100)).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    0   | 1 | 1 | base: expected a positive rate, got 0.0
                    NaN | 1 | 1 | base: expected a positive rate, got NaN
                    1   | 0 | 1 | epochs: expected at least 1, got 0
                    1   | 1 | 0 | stepsPerEpoch: expected at least 1, got 0
                    """)
    void refusesWhatIsNoSchedule(double base, int epochs, int steps, String message) {
        assertThatThrownBy(() -> new PolynomialDecay(base, epochs, steps))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
