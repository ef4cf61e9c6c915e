/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class UncertaintyTest {

    @Test
    void entropyIsAShareOfTheLargest() {
        // Four voxels of two classes: sure, even, 1/4, sure of the other.
        float[] map = Uncertainty.entropy(new float[] {1, 0.5f, 0.25f, 0, 0, 0.5f, 0.75f, 1}, 2);
        // By hand: 1/4 * 2 + 3/4 * log2(4/3) bits.
        assertThat(map).containsExactly(new float[] {0, 1, 0.8112781f, 0}, within(1e-6f));
    }

    @Test
    void disagreementIsAShareOfTheLargest() {
        // Two branches, two classes: the same; opposite; sure against even.
        float[] one = {0.3f, 1, 1, 0.7f, 0, 0};
        float[] two = {0.3f, 0, 0.5f, 0.7f, 1, 0.5f};
        float[] map = Uncertainty.disagreement(List.of(one, two), 2);
        // By hand, in bits: H(3/4, 1/4) - (0 + 1) / 2.
        assertThat(map).containsExactly(new float[] {0, 1, 0.3112781f}, within(1e-6f));
    }

    /** No probabilities of three branches over two classes differ more than two against one. */
    @Test
    void theLargestIsWhereSureBranchesAreSpreadEvenly() {
        assertThat(Uncertainty.mostDisagreement(4, 4)).isCloseTo(Math.log(4), within(1e-12));
        assertThat(Uncertainty.mostDisagreement(2, 4)).isCloseTo(Math.log(2), within(1e-12));
        assertThat(Uncertainty.mostDisagreement(4, 2)).isCloseTo(Math.log(2), within(1e-12));
        double most = 0;
        for (int i = 0; i < 1000; i++) {
            int tens = i / 10;
            int hundreds = i / 100;
            float a = i % 10 / 9f;
            float b = tens % 10 / 9f;
            float c = hundreds / 9f;
            List<float[]> branches =
                    List.of(new float[] {a, 1 - a}, new float[] {b, 1 - b}, new float[] {c, 1 - c});
            most = Math.max(most, Uncertainty.disagreement(branches, 2)[0]);
        }
        assertThat(most).isEqualTo(1);
    }

    @Test
    void aSingleBranchAgreesWithNobody() {
        assertThatThrownBy(() -> Uncertainty.disagreement(List.of(new float[] {0, 1}), 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("branches: expected at least 2, got 1");
    }
}
