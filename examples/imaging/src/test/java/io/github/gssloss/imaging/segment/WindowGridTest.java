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

    /** In floating point 80 * (1 - 0.8) is 15.999999999999996, 70 * (1 - 0.9) 6.999999999999998. */
    @Test
    void theStrideDoesNotLoseAVoxelToFloatingPoint() {
        assertThat(WindowGrid.starts(150, 80, 0.8)).containsExactly(0, 16, 32, 48, 64, 70);
        assertThat(WindowGrid.starts(90, 70, 0.9)).containsExactly(0, 7, 14, 20);
        assertThat(WindowGrid.starts(9, 7, 0.9)).containsExactly(0, 1, 2);
        assertThat(WindowGrid.starts(9, 7, 0.72)).containsExactly(0, 1, 2);
    }

    @Test
    void cornersRunOverTheLastAxisFirst() {
        assertThat(WindowGrid.corners(new int[] {4, 4, 6}, new int[] {4, 4, 4}, 0.5))
                .containsExactly(new int[] {0, 0, 0}, new int[] {0, 0, 2});
    }
}
