/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Upsampling against plain loops, in double precision. */
class UpsamplerTest {

    private static final double TOLERANCE = 1e-10;

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
        Engine.getInstance().setRandomSeed(6);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @CsvSource({"2,3,4,2", "1,2,3,2", "2,2,5,4", "4,3,2,8", "2,3,2,1"})
    void upsamplingInterpolatesBetweenFixedCorners(long d, long h, long w, int factor) {
        NDArray x = random(2, 2, d, h, w);
        Grid input = new Grid(x);
        NDArray y;
        try (Upsampler upsampler = new Upsampler(x, Upsampler.Grid.BOTH_ENDS, Axes.ALL)) {
            y = upsampler.apply(x, factor);
        }

        assertThat(y.getShape()).isEqualTo(new Shape(2, 2, d * factor, h * factor, w * factor));
        new Grid(y)
                .forEach(
                        (at, value) -> {
                            double sum = 0;
                            for (int corner = 0; corner < 8; corner++) {
                                int[] from = {at[0], at[1], 0, 0, 0};
                                double share = 1;
                                for (int axis = 2; axis < 5; axis++) {
                                    int size = input.size(axis);
                                    double position =
                                            size == 1
                                                    ? 0
                                                    : at[axis]
                                                            * (size - 1.0)
                                                            / (size * factor - 1.0);
                                    int below = (int) Math.floor(position);
                                    int side = corner >> (axis - 2) & 1;
                                    from[axis] = Math.min(below + side, size - 1);
                                    double rest = position - below;
                                    share *= side == 0 ? 1 - rest : rest;
                                }
                                sum += share * input.at(from);
                            }
                            assertThat(value).isCloseTo(sum, within(TOLERANCE));
                        });
    }

    @Test
    void nearestUpsamplingRepeatsEveryVoxel() {
        NDArray x = random(2, 3, 2, 1, 3);
        Grid input = new Grid(x);
        NDArray y;
        try (Upsampler upsampler = new Upsampler(x, Upsampler.Grid.NEAREST, Axes.ALL)) {
            y = upsampler.apply(x, 2);
        }

        assertThat(y.getShape()).isEqualTo(new Shape(2, 3, 4, 2, 6));
        new Grid(y)
                .forEach(
                        (at, value) ->
                                assertThat(value)
                                        .isEqualTo(
                                                input.at(
                                                        at[0], at[1], at[2] / 2, at[3] / 2,
                                                        at[4] / 2)));
    }

    private NDArray random(long... shape) {
        return manager.randomNormal(0f, 1f, new Shape(shape), DataType.FLOAT64);
    }
}
