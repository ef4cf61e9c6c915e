/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.segment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WindowGridTest {

    @Test
    void startsOfThePublishedEvaluation() {
        // A volume of 150 x 190 x 155 with windows of 80.
        assertThat(WindowGrid.starts(150, 80, 0.5)).containsExactly(0, 40, 70);
        assertThat(WindowGrid.starts(190, 80, 0.5)).containsExactly(0, 40, 80, 110);
        assertThat(WindowGrid.starts(155, 80, 0.5)).containsExactly(0, 40, 75);
        assertThat(WindowGrid.starts(160, 80, 0.5)).containsExactly(0, 40, 80);
    }

    @Test
    void extremes() {
        assertThat(WindowGrid.starts(80, 80, 0.5)).containsExactly(0);
        assertThat(WindowGrid.starts(81, 80, 0.5)).containsExactly(0, 1);
        assertThat(WindowGrid.starts(5, 1, 0.9)).containsExactly(0, 1, 2, 3, 4);
        assertThat(WindowGrid.starts(9, 4, 0)).containsExactly(0, 4, 5);
        assertThat(WindowGrid.starts(11, 5, 0.5)).containsExactly(0, 2, 4, 6);
    }

    @Test
    void cornersRunOverTheLastAxisFirst() {
        assertThat(WindowGrid.corners(new int[] {4, 4, 6}, new int[] {4, 4, 4}, 0.5))
                .containsExactly(new int[] {0, 0, 0}, new int[] {0, 0, 2});
    }
}
