/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DiceCoefficientTest {

    @Test
    void isTwiceTheIntersectionOverTheSizesOfRandomMasks() {
        Random random = new Random(11);
        for (int round = 0; round < 50; round++) {
            int voxels = 1 + random.nextInt(200);
            boolean[] predicted = new boolean[voxels];
            boolean[] labelled = new boolean[voxels];
            // At least one voxel of both: no mask is empty.
            predicted[0] = true;
            labelled[0] = true;
            double both = 1;
            double sizes = 2;
            for (int v = 1; v < voxels; v++) {
                predicted[v] = random.nextInt(3) == 0;
                labelled[v] = random.nextInt(4) == 0;
                both += predicted[v] && labelled[v] ? 1 : 0;
                sizes += (predicted[v] ? 1 : 0) + (labelled[v] ? 1 : 0);
            }
            long p = count(predicted);
            long t = count(labelled);

            assertThat(DiceCoefficient.smoothed((long) both, p, t))
                    .isCloseTo((2 * both + 1e-8) / (sizes + 1e-8), within(1e-15));
            assertThat(DiceCoefficient.ifLabelled((long) both, p, t)).hasValue(2 * both / sizes);
        }
    }

    private static long count(boolean[] mask) {
        return IntStream.range(0, mask.length).filter(v -> mask[v]).count();
    }

    @Test
    void thePoliciesForEmptyMasksDiffer() {
        assertThat(DiceCoefficient.smoothed(0, 0, 0)).isEqualTo(1);
        assertThat(DiceCoefficient.smoothed(0, 1, 0)).isCloseTo(1e-8, within(1e-15));
        assertThat(DiceCoefficient.smoothed(0, 0, 1)).isCloseTo(1e-8, within(1e-15));
        assertThat(DiceCoefficient.ifLabelled(0, 0, 0)).isEmpty();
        assertThat(DiceCoefficient.ifLabelled(0, 1, 0)).isEmpty();
        assertThat(DiceCoefficient.ifLabelled(0, 0, 1)).hasValue(0);
    }

    @Test
    void masksOfMoreVoxelsThanAnIntCountsAreExact() {
        long large = 1L << 40;
        assertThat(DiceCoefficient.smoothed(large, large, large)).isEqualTo(1);
        assertThat(DiceCoefficient.ifLabelled(large, large, 3 * large)).hasValue(0.5);
    }
}
