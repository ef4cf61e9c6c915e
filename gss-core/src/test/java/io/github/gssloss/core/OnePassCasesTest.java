/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Both paths on random cases. Without the module of the Vector API they are the same one. */
class OnePassCasesTest {

    private final NDManager manager = NDManager.newBaseManager();
    private final Map<Object, Integer> seen = new HashMap<>();
    private int covered;

    @AfterEach
    void close() {
        manager.close();
    }

    /** Every remedy, fallback and divergence, masks, missing modalities, ignored labels, ties. */
    @Test
    void agreesWithTheEngineInManyRandomCases() {
        int cases = compare(2500, null);
        assertThat(cases).isGreaterThanOrEqualTo(30_000);
        if (OnePass.isAvailable()) {
            assertThat(covered).isGreaterThanOrEqualTo(500);
        }
    }

    /** Nothing of a run is left in the next, which is shorter. */
    @Test
    void agreesWithTheEngineInRunsAfterTheFirst() {
        compare(150, new Shape(1, VoxelPass.VOXELS + 44));
        if (OnePass.isAvailable()) {
            assertThat(covered).isGreaterThanOrEqualTo(30);
        }
    }

    private int compare(int seeds, Shape space) {
        int cases = 0;
        for (int seed = 0; seed < seeds; seed++) {
            try (NDManager scope = manager.newSubManager()) {
                RandomRemedies drawn =
                        new RandomRemedies(new Random(9_000_000 + seed), scope, seen, space);
                NDList logits = new NDList();
                for (int m = 0; m < drawn.z.length; m++) {
                    double[] branch = drawn.z[m].clone();
                    for (int i = 0; i < branch.length; i++) {
                        branch[i] =
                                drawn.task.isGarbage(m, i)
                                        ? RandomTask.anyNumber(drawn.random)
                                        : branch[i];
                    }
                    NDArray z = scope.create(branch).reshape(drawn.task.shape);
                    logits.add(z.toType(DataType.FLOAT32, false));
                }
                DistillationInput input = single(drawn, logits);
                try (NDArray expected =
                                new GroupDistillation(drawn.config, 7).leaderOverlap(input);
                        NDArray got = new GroupDistillation(drawn.config).leaderOverlap(input)) {
                    assertThat(got).as("overlap with %s", drawn.config).isEqualTo(expected);
                }
                covered += TwoPaths.isCovered(drawn.config, input) ? 1 : 0;
                TwoPaths.compare(drawn.config, input, drawn.config.toString());
                cases += drawn.labels.length;
            }
        }
        return cases;
    }

    /** As drawn, in float32; near ties of trust are masked, which may go either way. */
    private static DistillationInput single(RandomRemedies drawn, NDList logits) {
        DistillationInput given = drawn.input(logits);
        NDArray mask = given.mask();
        if (drawn.config.trust() == Trust.LABEL) {
            mask = mask.mul(withoutNearTies(drawn).reshape(mask.getShape()));
        }
        return DistillationInput.builder()
                .setBranchLogits(logits)
                .optPresent(given.present())
                .optLabels(given.labels())
                .optFused(given.fused().toType(DataType.FLOAT32, false))
                .optMask(mask)
                .optReady(given.ready())
                .build();
    }

    /** 0 where another class has about as much of the target as the label, which has the most. */
    private static NDArray withoutNearTies(RandomRemedies drawn) {
        NDList logits = new NDList();
        for (double[] branch : drawn.z) {
            logits.add(drawn.scope.create(branch).reshape(drawn.task.shape));
        }
        double[] clear = new double[drawn.labels.length];
        try (SoftTarget soft =
                new GroupDistillation(drawn.config).softTarget(drawn.input(logits))) {
            double[] target = soft.target().toDoubleArray();
            boolean shared = target.length == drawn.task.size();
            for (int at = 0; at < clear.length; at++) {
                double[] t = shared ? drawn.voxel(target, at) : new double[0];
                double highest = Arrays.stream(t).max().orElse(0);
                clear[at] = Arrays.stream(t).filter(x -> highest - x < 1e-5).count() > 1 ? 0 : 1;
            }
        }
        return drawn.scope.create(clear);
    }
}
