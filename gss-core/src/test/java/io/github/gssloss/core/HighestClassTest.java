/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a plain loop, with many ties, infinities and NaN. */
class HighestClassTest {

    private static final float[] SCORES = {
        -1, 0, 0, 1, 1, 2, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN
    };

    private static final int BATCH = 3;
    private static final int VOXELS = 700;

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 8})
    void theFirstOfEqualsAndNoneBesideNaN(int classes) {
        Random random = new Random(classes);
        float[] scores = new float[BATCH * classes * VOXELS];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = SCORES[random.nextInt(SCORES.length)];
        }
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray array = manager.create(scores, new Shape(BATCH, classes, VOXELS));
            boolean[] oneHot = HighestClass.of(array, manager).oneHot().toBooleanArray();
            for (int b = 0; b < BATCH; b++) {
                for (int v = 0; v < VOXELS; v++) {
                    int first = b * classes * VOXELS + v;
                    int highest = highest(scores, first, classes);
                    for (int c = 0; c < classes; c++) {
                        assertThat(oneHot[first + c * VOXELS])
                                .as("sample %d, voxel %d, class %d", b, v, c)
                                .isEqualTo(c == highest);
                    }
                }
            }
        }
    }

    private static int highest(float[] scores, int first, int classes) {
        int highest = 0;
        for (int c = 0; c < classes; c++) {
            float score = scores[first + c * VOXELS];
            if (Float.isNaN(score)) {
                return -1;
            }
            if (score > scores[first + highest * VOXELS]) {
                highest = c;
            }
        }
        return highest;
    }
}
