/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The released edition: number for number what the released functions print. */
class GoldenReleasedTest {

    @ParameterizedTest
    @CsvSource({
        "gss-released-a.npz, FLOAT64, 1e-9",
        "gss-released-a.npz, FLOAT32, 1e-5",
        "gss-released-b.npz, FLOAT64, 1e-9",
        "gss-released-b.npz, FLOAT32, 1e-5",
    })
    void everyArrayAgrees(String file, DataType type, double tolerance) throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            Golden golden = Golden.read(manager, file);
            NDList logits = golden.logits(type);
            double[] params = golden.get("params").toDoubleArray();
            GssConfig config =
                    GssConfig.released().toBuilder()
                            .optLeaderThreshold(params[1])
                            .optMemberThreshold(params[2])
                            .optPenalty(params[3])
                            .optTemperature(params[0])
                            .build();
            try (SoftTarget target =
                    new GroupDistillation(config).softTarget(DistillationInput.of(logits))) {
                agrees(golden, "vote", target.vote().value(), tolerance);
                agrees(golden, "target", target.target(), tolerance);
            }
            double factor = config.beta() * params[0] * params[0];
            for (long block : new long[] {100, 1 << 16}) {
                try (DistillationResult result =
                        new GroupDistillation(config, block)
                                .evaluate(Inputs.masked(logits, golden.get("mask")))) {
                    agrees(golden, "loss", result.loss().mul(factor), tolerance);
                    NDArray gradients = NDArrays.stack(result.gradients()).mul(factor);
                    agrees(golden, "grad", gradients, tolerance);
                }
            }
        }
    }

    private static void agrees(Golden golden, String name, NDArray actual, double tolerance) {
        assertThat(Golden.deviation(golden.get(name), actual))
                .as(name)
                .isLessThanOrEqualTo(tolerance);
    }

    /** The hand-made vectors of the method's description. */
    @Test
    void handMadeVotes() {
        VotingRule rule = new VotingRule(0.75, 0.85, 0.3, Edition.RELEASED);
        double[][] oneLeaderP = {{.9, .5, .5}, {.2, .9, .3}, {.2, .9, .4}, {.2, .9, .9}};
        double[][] oneLeaderQ = {{.4, .3, .3}, {.2, .41, .22}, {.2, .42, .23}, {.2, .43, .24}};
        assertThat(HandMade.votes(rule, List.of(0), oneLeaderP, oneLeaderQ))
                .containsExactly(new double[] {.4, 0, .22}, within(1e-15));
        double[][] twoLeadersP = {
            {.9, .9, .5, .5}, {.8, .3, .4, .4}, {.1, .1, .9, .2}, {.1, .1, .95, .9}
        };
        double[][] twoLeadersQ = {
            {.4, .4, .3, .3}, {.36, .2, .28, .28}, {.1, .1, .41, .21}, {.12, .12, .43, .25}
        };
        assertThat(HandMade.votes(rule, List.of(0, 1), twoLeadersP, twoLeadersQ))
                .containsExactly(new double[] {.788, .34, .42, .21}, within(1e-15));
    }

    @Test
    void itsMasksAreDrawnWithReplacementForEachBranch() {
        Shape logits = new Shape(2, 4, 50, 50, 20);
        try (NDManager manager = NDManager.newBaseManager()) {
            Engine.getInstance().setRandomSeed(3);
            NDArray mask = VoxelMask.drawPerBranch(manager, 4, logits, 0.2);
            assertThat(mask.getShape()).isEqualTo(new Shape(4, 2, 1, 50, 50, 20));
            // 1 - exp(-0.2) = 18.1 % dropped; 400,000 voxels: 0.002 is about three deviations.
            assertThat(mask.mean().getFloat()).isCloseTo(0.8187f, within(0.002f));
            assertThat(mask.get(0)).isNotEqualTo(mask.get(1));
            assertThat(mask.mul(mask.sub(1)).abs().max().getFloat()).isZero();
            assertThat(VoxelMask.drawPerBranch(manager, 4, logits, 0).min().getFloat()).isOne();
        }
    }

    @Test
    void whatTheReleasedCodeDoesNotKnowIsRefused() {
        ClassGroups three = ClassGroups.parse(List.of("a", "b", "c"), "one: a, b, c; two: a");
        assertThatThrownBy(() -> GssConfig.released().toBuilder().optGroups(three).build())
                .hasMessage(
                        "leaders of class one: expected one or two in the released edition, got 3");
        assertThatThrownBy(() -> GssConfig.builder().optEdition(Edition.RELEASED).build())
                .hasMessage(
                        "divergence: expected RELEASED_CROSS_ENTROPY in edition RELEASED, got"
                                + " FORWARD_KL");
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList logits = new NDList();
            for (int m = 0; m < 4; m++) {
                logits.add(manager.zeros(new Shape(1, 4, 2)));
            }
            NDArray present = manager.create(new float[] {1, 1, 0, 1}, new Shape(1, 4));
            GroupDistillation distillation = new GroupDistillation(GssConfig.released());
            assertThatThrownBy(() -> distillation.evaluate(Inputs.present(logits, present)))
                    .hasMessage(
                            "present: expected every modality in the released edition, which has no"
                                    + " missing ones, got a matrix with a 0");
        }
    }
}
