/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SliceWindowsTest {

    private static final int[] SHAPE = {7, 9, 8};
    private static final int[] WINDOW = {4, 6, 5};

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void aNetworkThatRepeatsItsInputGivesTheSlice(int z) {
        float[] images = images();
        SliceWindows windows = new SliceWindows(WINDOW, 0.5);

        float[] mean = windows.mean(SHAPE, images, z, 4, SliceWindowsTest::plane);

        for (int m = 0; m < 4; m++) {
            for (int x = 0; x < 7; x++) {
                for (int y = 0; y < 9; y++) {
                    assertThat(mean[(m * 7 + x) * 9 + y])
                            .isCloseTo(images[((m * 7 + x) * 9 + y) * 8 + z], within(1e-6f));
                }
            }
        }
    }

    @Test
    void theSliceLiesInTheMiddleOfItsWindowsWhereItCan() {
        int[] depths = new int[8];
        for (int z = 0; z < 8; z++) {
            int slice = z;
            new SliceWindows(WINDOW, 0)
                    .mean(
                            SHAPE,
                            images(),
                            z,
                            4,
                            (images, depth) -> {
                                depths[slice] = depth;
                                return plane(images, depth);
                            });
        }
        assertThat(depths).containsExactly(0, 1, 2, 2, 2, 2, 3, 4);
    }

    @Test
    void windowsThatOverlapAreAveraged() {
        // Along x windows start at 0, 2, 3, along y at 0, 3; each answers its number.
        List<Integer> calls = new ArrayList<>();
        float[] mean =
                new SliceWindows(WINDOW, 0.5)
                        .mean(
                                SHAPE,
                                images(),
                                3,
                                2,
                                (images, depth) -> {
                                    calls.add(calls.size());
                                    float[] plane = new float[2 * 4 * 6];
                                    Arrays.fill(plane, 0, 24, calls.size());
                                    Arrays.fill(plane, 24, 48, -calls.size());
                                    return plane;
                                });
        assertThat(calls).hasSize(6);
        int[] startsX = {0, 2, 3};
        int[] startsY = {0, 3};
        for (int x = 0; x < 7; x++) {
            for (int y = 0; y < 9; y++) {
                double sum = 0;
                int seen = 0;
                for (int w = 0; w < 6; w++) {
                    int fromX = startsX[w / 2];
                    int fromY = startsY[w % 2];
                    if (x >= fromX && x < fromX + 4 && y >= fromY && y < fromY + 6) {
                        sum += w + 1;
                        seen++;
                    }
                }
                assertThat(mean[x * 9 + y]).isCloseTo((float) (sum / seen), within(1e-6f));
                assertThat(mean[63 + x * 9 + y]).isEqualTo(-mean[x * 9 + y]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aVolumeSmallerThanTheWindowIsPadded(int z) {
        int[] shape = {7, 5, 2};
        float[] images = Arrays.copyOf(images(), 4 * 70);

        float[] mean =
                new SliceWindows(WINDOW, 0.5).mean(shape, images, z, 4, SliceWindowsTest::plane);

        assertThat(mean).hasSize(4 * 35);
        for (int i = 0; i < mean.length; i++) {
            assertThat(mean[i]).isCloseTo(images[2 * i + z], within(1e-6f));
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        SliceWindows windows = new SliceWindows(WINDOW, 0.5);
        assertThat(windows.shape(4)).isEqualTo(new Shape(1, 4, 4, 6, 5));
        refuses(
                () -> new SliceWindows(WINDOW, 1),
                "overlap: expected at least 0 and below 1, got 1.0");
        refuses(
                () -> windows.mean(SHAPE, images(), 8, 4, SliceWindowsTest::plane),
                "slice: expected 0 to 7, got 8");
        refuses(
                () -> windows.mean(SHAPE, images(), 0, 3, SliceWindowsTest::plane),
                "plane: expected 72 values, got 96");
    }

    private static void refuses(Runnable call, String message) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static float[] images() {
        Random random = new Random(1);
        float[] images = new float[4 * 7 * 9 * 8];
        for (int i = 0; i < images.length; i++) {
            images[i] = random.nextFloat();
        }
        return images;
    }

    /** What a window holds at a depth. */
    private static float[] plane(float[] images, int depth) {
        float[] plane = new float[4 * 4 * 6];
        for (int i = 0; i < plane.length; i++) {
            plane[i] = images[i * 5 + depth];
        }
        return plane;
    }
}
