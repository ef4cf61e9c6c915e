/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/** One pass on a CPU against the engine's operations, which blocks of a given size always take. */
final class TwoPaths {

    private TwoPaths() {}

    /**
     * Compares to 1e-6 of the largest gradient; where float32 holds less, such as the logarithm of
     * a clamped target, to the error that the engine has there against float64.
     */
    static void compare(GssConfig config, DistillationInput input, String what) {
        long all = input.branchLogits().get(0).size();
        GroupDistillation engine = new GroupDistillation(config, all);
        try (DistillationResult exact = engine.evaluate(inDouble(input));
                DistillationResult expected = engine.evaluate(input);
                DistillationResult got = new GroupDistillation(config).evaluate(input)) {
            assertClose(got.loss(), expected.loss(), exact.loss(), 1, what);
            for (int m = 0; m < expected.gradients().size(); m++) {
                assertClose(
                        got.gradients().get(m),
                        expected.gradients().get(m),
                        exact.gradients().get(m),
                        // Where branches agree gradients are what rounding leaves of 0.
                        0.1 * most(config, input),
                        "gradient " + m + " with " + what);
            }
        }
    }

    private static void assertClose(
            NDArray got, NDArray expected, NDArray exact, double least, String what) {
        assertThat(got.getShape()).isEqualTo(expected.getShape());
        assertThat(got.getDataType()).isEqualTo(expected.getDataType());
        double tolerance = 1e-6 * Math.max(least, number(exact.abs().max()));
        double ofEngine = difference(expected, exact);
        assertThat(difference(got, expected))
                .as(what)
                .isLessThanOrEqualTo(Math.max(tolerance, 4 * ofEngine));
    }

    private static double difference(NDArray a, NDArray b) {
        return number(
                a.toType(DataType.FLOAT64, false)
                        .sub(b.toType(DataType.FLOAT64, false))
                        .abs()
                        .max());
    }

    private static DistillationInput inDouble(DistillationInput input) {
        NDList logits = new NDList();
        input.branchLogits().forEach(z -> logits.add(z.toType(DataType.FLOAT64, false)));
        NDArray fused = input.fused();
        return DistillationInput.builder()
                .setBranchLogits(logits)
                .optPresent(input.present())
                .optLabels(input.labels())
                .optFused(fused == null ? null : fused.toType(DataType.FLOAT64, false))
                .optMask(input.mask())
                .optReady(input.ready())
                .build();
    }

    /**
     * What a gradient is at most, but for balance: 1 over voxels and the temperature, times the
     * logarithm of a clamped target in the reverse divergence.
     */
    private static double most(GssConfig config, DistillationInput input) {
        Shape shape = input.branchLogits().get(0).getShape();
        double weight = (double) shape.get(1) / shape.size() / config.temperature();
        return config.divergence() == Divergence.REVERSE_KL ? -Math.log(1e-12) * weight : weight;
    }

    private static double number(NDArray scalar) {
        return scalar.toType(DataType.FLOAT64, false).getDouble();
    }

    static boolean isCovered(GssConfig config, DistillationInput input) {
        try (NDManager work = input.branchLogits().get(0).getManager().newSubManager()) {
            return OnePass.covers(config, Batch.of(input, config, input.mask(), work));
        }
    }
}
