/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.reference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.core.DistillationResult;
import io.github.gssloss.core.Divergence;
import io.github.gssloss.core.GroupDistillation;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.core.SoftTarget;
import java.util.ArrayList;
import java.util.List;

/**
 * Reference numbers of the paper's rules: {@code logits} (M, B, N, spatial...), {@code leads} (N,
 * M), {@code present} (B, M), {@code params} (tau, T_L, T_M, rho) and {@code mask} are what goes
 * in; {@code rule}, {@code vote}, {@code target} and, for both orders of the divergence, {@code
 * kl_...} and {@code grad_...} what comes out, without beta and tau^2.
 */
final class PaperReference implements Reference {

    private static final double DOUBLE_TOLERANCE = 1e-9;
    private static final double FLOAT_TOLERANCE = 1e-5;

    /** Without tempering, probabilities underflow and their logarithms lose digits. */
    private static final double FLOAT_TOLERANCE_UNTEMPERED = 5e-5;

    @Override
    public String description() {
        return "the paper's rules (kl_forward)";
    }

    @Override
    public boolean matches(ReferenceArrays arrays) {
        return arrays.has("kl_forward");
    }

    @Override
    public List<Deviation> compare(ReferenceArrays arrays, List<DataType> types) {
        PaperArrays paper = PaperArrays.of(arrays);
        List<Deviation> deviations = new ArrayList<>();
        for (DataType type : types) {
            new Recomputation(paper, type, deviations).run();
        }
        return deviations;
    }

    /** One file computed in one type. */
    private record Recomputation(PaperArrays paper, DataType type, List<Deviation> deviations) {

        void run() {
            NDList logits = paper.arrays().branchLogits(type);
            NDArray present = paper.arrays().get("present");
            try (SoftTarget target =
                    new GroupDistillation(paper.config()).softTarget(logits, present)) {
                add("rule", target.vote().decision(), Measure.COUNT, 0);
                add("vote", target.vote().value());
                add("target", target.target());
            }
            divergence(Divergence.FORWARD_KL, "forward", logits, present);
            divergence(Divergence.REVERSE_KL, "reverse", logits, present);
        }

        private void divergence(
                Divergence divergence, String name, NDList logits, NDArray present) {
            GssConfig ordered = paper.config().toBuilder().optDivergence(divergence).build();
            NDArray mask = paper.arrays().get("mask");
            try (DistillationResult result =
                    new GroupDistillation(ordered).evaluate(logits, present, mask)) {
                Shape scalar = paper.arrays().get("kl_" + name).getShape();
                add("kl_" + name, result.loss().reshape(scalar));
                add("grad_" + name, NDArrays.stack(result.gradients()));
            }
        }

        private void add(String name, NDArray actual) {
            add(name, actual, Measure.RELATIVE, tolerance());
        }

        private void add(String name, NDArray actual, Measure measure, double tolerance) {
            NDArray expected = paper.arrays().get(name, actual.getShape());
            double largest = measure.of(expected, actual);
            deviations.add(
                    new Deviation(name, expected.getShape(), type, largest, measure, tolerance));
        }

        private double tolerance() {
            if (type == DataType.FLOAT64) {
                return DOUBLE_TOLERANCE;
            }
            return paper.config().temperature() == 1 ? FLOAT_TOLERANCE_UNTEMPERED : FLOAT_TOLERANCE;
        }
    }
}
