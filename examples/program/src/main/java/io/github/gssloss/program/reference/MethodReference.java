/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.reference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.core.ClassGroup;
import io.github.gssloss.core.ClassGroups;
import io.github.gssloss.core.DistillationInput;
import io.github.gssloss.core.DistillationResult;
import io.github.gssloss.core.Divergence;
import io.github.gssloss.core.Edition;
import io.github.gssloss.core.GroupDistillation;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.core.GssConfigBuilder;
import io.github.gssloss.core.SoftTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Recomputes reference numbers of the method. All arrays are checked before the first is computed.
 *
 * @param arrays the file: {@code logits} (M, B, N, spatial...), {@code mask} and {@code params}
 *     (tau, T_L, T_M, rho) go in, {@code vote} and {@code target} come out
 * @param edition whose rules these are
 * @param losses the losses with their gradients
 */
record MethodReference(ReferenceArrays arrays, Edition edition, List<Loss> losses) {

    private static final double DOUBLE_TOLERANCE = 1e-9;
    private static final double FLOAT_TOLERANCE = 1e-5;

    /** Without tempering, probabilities underflow and their logarithms lose digits. */
    private static final double FLOAT_TOLERANCE_UNTEMPERED = 5e-5;

    /**
     * A loss of the file.
     *
     * @param name the name of its array
     * @param gradients the name of the array of its gradients
     * @param config the settings it is computed with
     * @param factor what it is multiplied with in the file
     */
    record Loss(String name, String gradients, GssConfig config, double factor) {}

    /**
     * Recomputes numbers of the paper's rules: {@code leads} (N, M) and {@code present} (B, M) go
     * in as well; {@code rule} and, for both orders of the divergence, {@code kl_...} and {@code
     * grad_...} come out, without beta and tau^2.
     */
    static List<Deviation> ofPaper(ReferenceArrays arrays, List<DataType> types) {
        Shape logits = arrays.logitsShape();
        arrays.get("present", new Shape(logits.get(1), logits.get(0)));
        Shape mask = mask(logits);
        if (!arrays.get("mask").getShape().equals(mask)) {
            arrays.get("mask", mask.slice(1));
        }
        List.of("rule", "vote", "target").forEach(name -> arrays.get(name, logits.slice(1)));
        for (String order : List.of("forward", "reverse")) {
            arrays.scalar("kl_" + order);
            arrays.get("grad_" + order, logits);
        }
        NDArray leads = arrays.get("leads", new Shape(logits.get(2), logits.get(0)));
        GssConfigBuilder groups = GssConfig.builder().optGroups(groups(arrays, leads));
        GssConfig forward =
                config(arrays, groups.optDivergence(Divergence.FORWARD_KL), Edition.PAPER);
        GssConfig reverse = forward.toBuilder().optDivergence(Divergence.REVERSE_KL).build();
        List<Loss> losses =
                List.of(
                        new Loss("kl_forward", "grad_forward", forward, 1),
                        new Loss("kl_reverse", "grad_reverse", reverse, 1));
        return new MethodReference(arrays, Edition.PAPER, losses).compare(types);
    }

    /**
     * Recomputes numbers of the released code, with the BraTS groups and a mask for each branch:
     * {@code loss} and {@code grad} come out, with the factor 0.3 tau^2 / 10.
     */
    static List<Deviation> ofReleasedCode(ReferenceArrays arrays, List<DataType> types) {
        Shape logits = arrays.logitsShape();
        GssConfig released = GssConfig.released();
        if (logits.get(0) != released.groups().numModalities()
                || logits.get(2) != released.groups().numClasses()) {
            throw arrays.wrong(
                    "logits", "expected shape (4, samples, 4, spatial...), got " + logits);
        }
        arrays.get("mask", mask(logits));
        List.of("vote", "target").forEach(name -> arrays.get(name, logits.slice(1)));
        arrays.get("grad", logits);
        arrays.scalar("loss");
        GssConfig config = config(arrays, released.toBuilder(), Edition.RELEASED);
        double factor = config.beta() * config.temperature() * config.temperature();
        List<Loss> losses = List.of(new Loss("loss", "grad", config, factor));
        return new MethodReference(arrays, Edition.RELEASED, losses).compare(types);
    }

    /** The shape of a mask for each branch. */
    private static Shape mask(Shape logits) {
        long[] each = logits.getShape().clone();
        each[2] = 1;
        return new Shape(each);
    }

    private static ClassGroups groups(ReferenceArrays arrays, NDArray leads) {
        int modalities = Math.toIntExact(leads.getShape().get(1));
        long[] flags = leads.toType(DataType.INT64, false).toLongArray();
        List<ClassGroup> groups = new ArrayList<>();
        for (int c = 0; c < flags.length / modalities; c++) {
            int row = c * modalities;
            List<Integer> leaders =
                    IntStream.range(0, modalities)
                            .filter(m -> flags[row + m] != 0)
                            .boxed()
                            .toList();
            if (leaders.isEmpty()) {
                throw arrays.wrong("leads", "expected a leader for every class, got none for " + c);
            }
            groups.add(new ClassGroup("class " + c, leaders));
        }
        List<String> names = IntStream.range(0, modalities).mapToObj(m -> "modality " + m).toList();
        return new ClassGroups(names, groups);
    }

    private static GssConfig config(
            ReferenceArrays arrays, GssConfigBuilder builder, Edition edition) {
        NDArray params = arrays.get("params", new Shape(4));
        double[] values = params.toType(DataType.FLOAT64, false).toDoubleArray();
        try {
            return builder.optTemperature(values[0])
                    .optEdition(edition)
                    .optLeaderThreshold(values[1])
                    .optMemberThreshold(values[2])
                    .optPenalty(values[3])
                    .build();
        } catch (IllegalArgumentException e) {
            throw arrays.wrong("params", e.getMessage());
        }
    }

    private List<Deviation> compare(List<DataType> types) {
        List<Deviation> deviations = new ArrayList<>();
        types.forEach(type -> compare(type, deviations));
        return deviations;
    }

    private void compare(DataType type, List<Deviation> deviations) {
        NDList logits = arrays.branchLogits(type);
        NDArray present = edition == Edition.PAPER ? arrays.get("present") : null;
        GssConfig config = losses.get(0).config();
        DistillationInput input =
                DistillationInput.builder()
                        .setBranchLogits(logits)
                        .optPresent(present)
                        .optMask(arrays.get("mask"))
                        .build();
        try (SoftTarget target = new GroupDistillation(config).softTarget(input)) {
            if (edition == Edition.PAPER) {
                NDArray rule = target.vote().decision();
                deviations.add(Deviation.of(arrays, "rule", rule, type, Measure.COUNT, 0));
            }
            deviations.add(deviation("vote", target.vote().value(), type));
            deviations.add(deviation("target", target.target(), type));
        }
        for (Loss loss : losses) {
            try (DistillationResult result = new GroupDistillation(loss.config()).evaluate(input)) {
                NDArray value = result.loss().reshape(arrays.get(loss.name()).getShape());
                NDArray gradients = NDArrays.stack(result.gradients());
                deviations.add(deviation(loss.name(), value.mul(loss.factor()), type));
                deviations.add(deviation(loss.gradients(), gradients.mul(loss.factor()), type));
            }
        }
    }

    private Deviation deviation(String name, NDArray actual, DataType type) {
        boolean untempered = losses.get(0).config().temperature() == 1;
        double single =
                edition == Edition.PAPER && untempered
                        ? FLOAT_TOLERANCE_UNTEMPERED
                        : FLOAT_TOLERANCE;
        double tolerance = type == DataType.FLOAT64 ? DOUBLE_TOLERANCE : single;
        return Deviation.of(arrays, name, actual, type, Measure.RELATIVE, tolerance);
    }
}
