/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.reference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.core.DistillationResult;
import io.github.gssloss.core.Edition;
import io.github.gssloss.core.GroupDistillation;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.core.SoftTarget;
import io.github.gssloss.core.VotingRule;
import java.util.ArrayList;
import java.util.List;

/**
 * Reference numbers of the released code, with the BraTS groups: {@code logits} (4, B, 4,
 * spatial...), {@code mask} (4, B, 1, spatial...) and {@code params} (tau, T_L, T_M, rho) go in;
 * {@code vote}, {@code target} and, with the factor 0.3 tau^2 / 10, {@code loss} and {@code grad}
 * come out.
 */
final class ReleasedReference implements Reference {

    private static final double DOUBLE_TOLERANCE = 1e-9;
    private static final double FLOAT_TOLERANCE = 1e-5;

    @Override
    public String description() {
        return "the released rules (loss without leads)";
    }

    @Override
    public boolean matches(ReferenceArrays arrays) {
        return arrays.has("loss") && !arrays.has("leads");
    }

    @Override
    public List<Deviation> compare(ReferenceArrays arrays, List<DataType> types) {
        check(arrays);
        GssConfig config = config(arrays);
        double factor = config.beta() * config.temperature() * config.temperature();
        List<Deviation> deviations = new ArrayList<>();
        for (DataType type : types) {
            NDList logits = arrays.branchLogits(type);
            GroupDistillation distillation = new GroupDistillation(config);
            try (SoftTarget target = distillation.softTarget(logits, null);
                    DistillationResult result =
                            distillation.evaluate(logits, null, arrays.get("mask"))) {
                NDArray loss = result.loss().reshape(arrays.get("loss").getShape());
                NDArray gradients = NDArrays.stack(result.gradients());
                deviations.add(deviation(arrays, "vote", target.vote().value(), type));
                deviations.add(deviation(arrays, "target", target.target(), type));
                deviations.add(deviation(arrays, "loss", loss.mul(factor), type));
                deviations.add(deviation(arrays, "grad", gradients.mul(factor), type));
            }
        }
        return deviations;
    }

    private static void check(ReferenceArrays arrays) {
        Shape logits = arrays.logitsShape();
        GssConfig released = GssConfig.released();
        if (logits.get(0) != released.groups().numModalities()
                || logits.get(2) != released.groups().numClasses()) {
            throw arrays.wrong(
                    "logits", "expected shape (4, samples, 4, spatial...), got " + logits);
        }
        long[] each = logits.getShape().clone();
        each[2] = 1;
        arrays.get("mask", new Shape(each));
        arrays.get("vote", logits.slice(1));
        arrays.get("target", logits.slice(1));
        arrays.get("grad", logits);
        arrays.scalar("loss");
    }

    private static GssConfig config(ReferenceArrays arrays) {
        NDArray params = arrays.get("params", new Shape(4));
        double[] values = params.toType(DataType.FLOAT64, false).toDoubleArray();
        try {
            return GssConfig.released().toBuilder()
                    .optTemperature(values[0])
                    .optVotingRule(
                            new VotingRule(values[1], values[2], values[3], Edition.RELEASED))
                    .build();
        } catch (IllegalArgumentException e) {
            throw arrays.wrong("params", e.getMessage());
        }
    }

    private static Deviation deviation(
            ReferenceArrays arrays, String name, NDArray actual, DataType type) {
        double largest = Measure.RELATIVE.of(arrays.get(name), actual);
        double tolerance = type == DataType.FLOAT64 ? DOUBLE_TOLERANCE : FLOAT_TOLERANCE;
        return new Deviation(name, actual.getShape(), type, largest, Measure.RELATIVE, tolerance);
    }
}
