/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.runfolder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.program.config.RunSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunLengthTest {

    @Test
    void everyStepHasItsPlaceAsInNestedLoops() {
        RunLength length =
                RunLength.of(
                        RunSettings.of(Map.of("epochs", "3", "iterations", "4", "rounds", "2")));
        long step = 0;
        int epoch = 0;
        for (int round = 0; round < 2; round++) {
            long inRound = 0;
            for (int e = 0; e < 3; e++) {
                for (int i = 0; i < 4; i++) {
                    assertThat(length.inEpoch(step)).isEqualTo(i);
                    assertThat(length.inRound(step)).isEqualTo(inRound++);
                    assertThat(length.epochOf(step++)).isEqualTo(epoch);
                }
                epoch++;
            }
            assertThat(inRound).isEqualTo(length.stepsOfRound());
        }
        assertThat(length.steps()).isEqualTo(step);
        assertThat(length.allEpochs()).isEqualTo(epoch);
    }

    @Test
    void stepsAreCountedBeyondAnInt() {
        assertThat(new RunLength(100_000, 100_000, 3).steps()).isEqualTo(30_000_000_000L);
    }
}
