/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Other teachers than the vote: the paper's ablations, and teachers of one's own. */
class TeacherTest {

    private static final Shape SHAPE = new Shape(3, 4, 2, 3, 4);
    private static final int M = 4;
    private static final int V = 24;

    /** Sample 1 has one modality alone, sample 2 none. */
    private static final boolean[][] PRESENT = {
        {true, true, true, true}, {false, true, false, false}, {false, false, false, false}
    };

    private static final boolean[][] COMPLETE = new boolean[3][M];

    static {
        Arrays.stream(COMPLETE).forEach(row -> Arrays.fill(row, true));
    }

    private final NDManager manager = NDManager.newBaseManager();
    private NDList logits;
    private NDArray fused;
    private NDArray mask;

    @BeforeEach
    void draw() {
        Engine.getInstance().setRandomSeed(11);
        logits = new NDList();
        for (int m = 0; m < M; m++) {
            logits.add(manager.randomNormal(0, 3, SHAPE, DataType.FLOAT64));
        }
        NDArray scores = manager.randomNormal(0, 4, SHAPE, DataType.FLOAT64);
        fused = scores.softmax(1);
        // Some voxels are certain: their other classes have a probability of exactly 0.
        NDArray certain = scores.gt(3).toType(DataType.FLOAT64, false);
        NDArray one = certain.sum(new int[] {1}, true).eq(1).toType(DataType.FLOAT64, false);
        fused = certain.mul(one).add(fused.mul(one.neg().add(1)));
        mask = VoxelMask.draw(manager, SHAPE, 0.3);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private static GssConfig config(Teacher teacher, Divergence order, boolean normalised) {
        return GssConfig.builder()
                .optTeacher(teacher)
                .optDivergence(order)
                .optNormalised(normalised)
                .optTemperature(2.5)
                .optFiniteChecked(true)
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "FORWARD_KL, true, false",
        "FORWARD_KL, false, true",
        "REVERSE_KL, true, true",
        "REVERSE_KL, false, false"
    })
    void theFusedPredictionIsTheTarget(Divergence order, boolean normalised, boolean missing) {
        GssConfig config = config(PaperTeacher.FUSED, order, normalised);
        double[] p = fused.toDoubleArray();
        assertThat(p).contains(0.0, 1.0);
        agrees(
                config,
                missing,
                (present, z, at) -> {
                    double[] log = new double[4];
                    for (int c = 0; c < 4; c++) {
                        log[c] = Math.log(Math.max(1e-12, p[(at / V * 4 + c) * V + at % V]));
                    }
                    return same(PlainGss.softmax(log, 2.5));
                });
    }

    @ParameterizedTest
    @CsvSource({
        "FORWARD_KL, true, true",
        "FORWARD_KL, false, false",
        "REVERSE_KL, true, false",
        "REVERSE_KL, false, true"
    })
    void theOtherBranchesAreTheTarget(Divergence order, boolean normalised, boolean missing) {
        GssConfig config = config(PaperTeacher.MUTUAL, order, normalised);
        PlainLoss loop = agrees(config, missing, (present, z, at) -> othersMean(present, z));
        assertThat(loop.withoutTarget(1)).isEqualTo(missing ? 2 * V : 0);
    }

    private static double[][] othersMean(boolean[] present, double[][] z) {
        double[][] targets = new double[M][];
        for (int m = 0; m < M; m++) {
            double[] mean = new double[4];
            int others = 0;
            for (int o = 0; o < M; o++) {
                if (o != m && present[o]) {
                    others++;
                    double[] q = PlainGss.softmax(z[o], 2.5);
                    for (int c = 0; c < 4; c++) {
                        mean[c] += q[c];
                    }
                }
            }
            int count = others;
            targets[m] = others == 0 ? null : Arrays.stream(mean).map(sum -> sum / count).toArray();
        }
        return targets;
    }

    private static double[][] same(double[] target) {
        double[][] each = new double[M][];
        Arrays.fill(each, target);
        return each;
    }

    private PlainLoss agrees(GssConfig config, boolean missing, PlainLoss.Targets targets) {
        boolean[][] present = missing ? PRESENT : COMPLETE;
        PlainLoss loop = new PlainLoss(config, logits, present, mask, targets);
        for (GroupDistillation distillation :
                List.of(new GroupDistillation(config), new GroupDistillation(config, 7))) {
            try (DistillationResult result =
                    distillation.evaluate(
                            Inputs.of(logits, missing ? matrix() : null, mask, fused))) {
                assertThat(result.loss().getDouble()).isCloseTo(loop.loss(), within(1e-12));
                for (int m = 0; m < M; m++) {
                    double[] gradient = result.gradients().get(m).toDoubleArray();
                    for (int i = 0; i < gradient.length; i += 5) {
                        assertThat(gradient[i])
                                .as("branch %d, element %d", m, i)
                                .isCloseTo(loop.difference(m, i), within(1e-9));
                    }
                }
            }
        }
        return loop;
    }

    private NDArray matrix() {
        int[] flat = new int[3 * M];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = PRESENT[i / M][i % M] ? 1 : 0;
        }
        return manager.create(flat, new Shape(3, M));
    }

    /** For each branch: its own logits' classes turned by one. */
    private static NDArray turned(TeacherInput input) {
        NDList targets = new NDList();
        for (NDArray q : input.temperedProbabilities()) {
            targets.add(q.get(":, 1:").concat(q.get(":, :1"), 1));
        }
        return NDArrays.stack(targets);
    }

    @Test
    void aTeacherOfOnesOwnGivesEachBranchItsOwn() {
        GssConfig config = config(TeacherTest::turned, Divergence.REVERSE_KL, true);
        agrees(
                config,
                true,
                (present, z, at) -> {
                    double[][] targets = new double[M][4];
                    for (int m = 0; m < M; m++) {
                        double[] q = PlainGss.softmax(z[m], 2.5);
                        for (int c = 0; c < 4; c++) {
                            targets[m][c] = q[(c + 1) % 4];
                        }
                    }
                    return targets;
                });
        try (SoftTarget each =
                new GroupDistillation(config).softTarget(DistillationInput.of(logits))) {
            assertThat(each.target().getShape()).isEqualTo(new Shape(M).addAll(SHAPE));
            assertThat(each.decided().getShape()).isEqualTo(new Shape(M, 3, 1, 2, 3, 4));
            assertThat(each.vote().value().getShape()).isEqualTo(SHAPE);
        }
    }
}
