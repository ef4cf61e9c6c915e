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
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The gradients in closed form against autograd and against central differences, in float64. */
class GradientTest {

    /** Who leads, in which space. */
    private enum Task {
        BRATS(new Shape(2, 4, 2, 3, 4), 4, ClassGroups.brats2020().toString()),
        ONE_MODALITY(new Shape(2, 3, 4, 5), 1, "a: 0; b: 0; c: 0"),
        ALL_LEAD(new Shape(2, 2, 4, 5), 3, "a: 0, 1, 2; b: 0, 1, 2"),
        SOME_LEAD(new Shape(3, 5, 7), 3, "a: 0; b: 0, 1; c: 2; d: 1, 2; e: 0, 1, 2");

        private final Shape shape;
        private final ClassGroups groups;

        Task(Shape shape, int modalities, String leaders) {
            this.shape = shape;
            List<String> names =
                    modalities == 4
                            ? ClassGroups.brats2020().modalities()
                            : IntStream.range(0, modalities).mapToObj(String::valueOf).toList();
            this.groups = ClassGroups.parse(names, leaders);
        }
    }

    /** Which voxels are kept. */
    private enum Mask {
        NONE,
        SHARED,
        EACH
    }

    private record Case(
            Task task, Divergence order, Mask mask, boolean missing, boolean normalised) {}

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (Task task : Task.values()) {
            for (Mask mask : Mask.values()) {
                for (boolean missing : new boolean[] {false, true}) {
                    // Both orders everywhere, normalised and not in turn.
                    boolean normalised = cases.size() % 4 == 0;
                    cases.add(new Case(task, Divergence.FORWARD_KL, mask, missing, normalised));
                    cases.add(new Case(task, Divergence.REVERSE_KL, mask, missing, normalised));
                }
            }
        }
        return cases.stream();
    }

    private final NDManager manager = NDManager.newBaseManager();

    @BeforeEach
    void seed() {
        Engine.getInstance().setRandomSeed(17);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void closedFormIsAutogradsAndThatOfCentralDifferences(Case wanted) {
        GssConfig config =
                GssConfig.builder()
                        .optGroups(wanted.task().groups)
                        .optDivergence(wanted.order())
                        .optNormalised(wanted.normalised())
                        .optTemperature(1.5)
                        .optMaskRate(0)
                        .build();
        NDList logits = logits(wanted.task());
        boolean[][] present = present(wanted);
        NDArray matrix = wanted.missing() ? matrix(present) : null;
        NDArray mask = mask(wanted);
        PlainLoss loop = new PlainLoss(config, logits, present, mask);
        // The leaders of BRATS see no class for certain that they lead in the first voxels.
        assertThat(loop.withoutTarget(0) > 0)
                .isEqualTo(wanted.task() == Task.BRATS || wanted.missing());
        NDList autograd = autograd(config, logits, matrix, mask);
        try (DistillationResult result =
                new GroupDistillation(config).evaluate(Inputs.of(logits, matrix, mask))) {
            assertThat(result.loss().getDouble()).isCloseTo(loop.loss(), within(1e-12));
            for (int m = 0; m < logits.size(); m++) {
                double[] gradient = result.gradients().get(m).toDoubleArray();
                assertThat(gradient)
                        .as("autograd of branch %d", m)
                        .containsExactly(autograd.get(m).toDoubleArray(), within(1e-14));
                for (int i = 0; i < gradient.length; i += 3) {
                    assertThat(gradient[i])
                            .as("branch %d, element %d", m, i)
                            .isCloseTo(loop.difference(m, i), within(1e-8));
                }
            }
        }
    }

    /** The first voxels of the first sample: every branch is certain of another class. */
    private NDList logits(Task task) {
        Shape shape = task.shape;
        NDArray common = manager.randomNormal(0, 3, shape, DataType.FLOAT64);
        NDList logits = new NDList();
        int classes = (int) shape.get(1);
        int voxels = (int) (shape.size() / shape.get(0) / classes);
        for (int m = 0; m < task.groups.numModalities(); m++) {
            NDArray own = manager.randomNormal(0, 1.5f, shape, DataType.FLOAT64).add(common);
            double[] flat = own.toDoubleArray();
            for (int c = 0; c < classes; c++) {
                for (int v = 0; v < 3; v++) {
                    flat[c * voxels + v] = c == (m + 1) % classes ? 600 : -600;
                }
            }
            logits.add(manager.create(flat).reshape(shape));
        }
        return logits;
    }

    /** Sample 0 lacks the last modality, the last sample has none. */
    private static boolean[][] present(Case wanted) {
        int samples = (int) wanted.task().shape.get(0);
        int modalities = wanted.task().groups.numModalities();
        boolean[][] present = new boolean[samples][modalities];
        for (boolean[] row : present) {
            Arrays.fill(row, true);
        }
        if (wanted.missing()) {
            present[0][modalities - 1] = modalities == 1;
            Arrays.fill(present[samples - 1], false);
        }
        return present;
    }

    private NDArray matrix(boolean[][] present) {
        int modalities = present[0].length;
        int[] flat = new int[present.length * modalities];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = present[i / modalities][i % modalities] ? 1 : 0;
        }
        return manager.create(flat, new Shape(present.length, modalities));
    }

    private NDArray mask(Case wanted) {
        Shape shape = wanted.task().shape;
        int branches = wanted.task().groups.numModalities();
        return switch (wanted.mask()) {
            case NONE -> null;
            case SHARED -> VoxelMask.draw(manager, shape, 0.4);
            case EACH -> VoxelMask.drawPerBranch(manager, branches, shape, 0.6);
        };
    }

    /** The loss written once more for autograd, with the target as a constant. */
    private NDList autograd(GssConfig config, NDList logits, NDArray matrix, NDArray mask) {
        Shape shape = logits.get(0).getShape();
        double voxels = (double) shape.size() / shape.get(1);
        NDArray tau = constant(config.temperature());
        NDArray share = constant(1 / voxels);
        try (SoftTarget soft =
                new GroupDistillation(config).softTarget(Inputs.present(logits, matrix))) {
            NDArray t = soft.target();
            NDArray logT = t.maximum(1e-12).log();
            logits.forEach(z -> z.setRequiresGradient(true));
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray loss = constant(0);
                for (int m = 0; m < logits.size(); m++) {
                    NDArray logQ = logits.get(m).div(tau).logSoftmax(1);
                    NDArray difference = logT.sub(logQ);
                    NDArray each =
                            config.divergence() == Divergence.FORWARD_KL
                                    ? t.mul(difference)
                                    : logQ.exp().mul(difference.neg());
                    NDArray weight = soft.decided().mul(share);
                    weight = mask == null ? weight : weight.mul(maskOf(mask, shape, m));
                    weight = matrix == null ? weight : weight.mul(here(matrix, shape, m));
                    loss = loss.add(each.mul(weight).sum());
                }
                collector.backward(loss);
            }
        }
        NDList gradients = new NDList();
        for (NDArray z : logits) {
            gradients.add(z.getGradient().duplicate());
            z.setRequiresGradient(false);
        }
        return gradients;
    }

    private NDArray constant(double value) {
        return manager.create(value).duplicate();
    }

    private static NDArray maskOf(NDArray mask, Shape shape, int m) {
        boolean each = mask.getShape().dimension() > shape.dimension();
        return (each ? mask.get(m) : mask).toType(DataType.FLOAT64, false);
    }

    private static NDArray here(NDArray matrix, Shape shape, int m) {
        long[] dims = new long[shape.dimension()];
        Arrays.fill(dims, 1);
        dims[0] = shape.get(0);
        return matrix.get(":, {}", m).toType(DataType.FLOAT64, false).reshape(new Shape(dims));
    }
}
