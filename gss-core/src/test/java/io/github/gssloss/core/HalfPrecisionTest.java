/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Logits in half precision at the size of a training batch: two samples of 80^3 voxels. */
class HalfPrecisionTest {

    private static final Shape SHAPE = new Shape(2, 4, 80, 80, 80);
    private static final int M = 4;

    @ParameterizedTest
    @EnumSource(names = {"FORWARD_KL", "REVERSE_KL"})
    void gradientsAreThoseOfTheLogitsPromotedByHand(Divergence order) {
        GssConfig config = GssConfig.builder().optDivergence(order).build();
        GroupDistillation distillation = new GroupDistillation(config);
        try (NDManager manager = NDManager.newBaseManager()) {
            Engine.getInstance().setRandomSeed(41);
            NDList half = new NDList();
            NDList single = new NDList();
            for (int m = 0; m < M; m++) {
                try (NDArray z = manager.randomNormal(0, 3, SHAPE, DataType.FLOAT32)) {
                    NDArray rounded = z.toType(DataType.FLOAT16, false);
                    half.add(rounded);
                    single.add(rounded.toType(DataType.FLOAT32, false));
                }
            }
            NDArray mask = VoxelMask.draw(manager, SHAPE, config.maskRate());
            try (DistillationResult h = distillation.evaluate(Inputs.masked(half, mask));
                    DistillationResult s = distillation.evaluate(Inputs.masked(single, mask))) {
                assertThat(h.loss()).isEqualTo(s.loss());
                for (int m = 0; m < M; m++) {
                    NDArray gradient = h.gradients().get(m);
                    assertThat(gradient.getDataType()).isEqualTo(DataType.FLOAT32);
                    assertThat(gradient).isEqualTo(s.gradients().get(m));
                    // As many as the mask keeps; rounded to half precision, hardly any.
                    assertThat(nonZero(gradient)).isCloseTo(0.8, within(0.005));
                    try (NDArray rounded = gradient.toType(DataType.FLOAT16, false)) {
                        assertThat(nonZero(rounded)).isLessThan(0.3);
                    }
                }
            }
        }
    }

    private static double nonZero(NDArray array) {
        try (NDArray zero = array.getManager().zeros(new Shape(), array.getDataType());
                NDArray different = array.neq(zero);
                NDArray count = different.sum()) {
            return count.getLong() / (double) array.size();
        }
    }
}
