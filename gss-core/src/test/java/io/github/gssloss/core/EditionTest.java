/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What each edition knows, and what it refuses. */
class EditionTest {

    private static final ClassGroups THREE_LEADERS =
            ClassGroups.parse(List.of("a", "b", "c"), "one: a, b; two: a, b, c");

    @Test
    void alphaWeighsAllOutputsOrTheBranchesAlone() {
        assertThat(Edition.PAPER.alphaWeighsAllOutputs()).isTrue();
        assertThat(Edition.RELEASED.alphaWeighsAllOutputs()).isFalse();
    }

    @Test
    void leaders() {
        assertThatCode(() -> Edition.PAPER.require(THREE_LEADERS)).doesNotThrowAnyException();
        assertThatCode(() -> Edition.RELEASED.require(ClassGroups.brats2015()))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Edition.RELEASED.require(THREE_LEADERS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "leaders of class two: expected one or two in the released edition, got 3");
    }

    /** Also where the rule of settings is used with other groups than theirs. */
    @Test
    void aRuleOfTheReleasedEditionRefusesThreeLeaders() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray half = manager.full(new Shape(1, 2, 3), 0.5f);
            NDList three = new NDList(half, half, half);
            assertThatThrownBy(
                            () ->
                                    GssConfig.released()
                                            .votingRule()
                                            .vote(three, three, THREE_LEADERS, null))
                    .hasMessage(
                            "leaders of class two: expected one or two in the released edition,"
                                    + " got 3");
        }
    }

    @Test
    void trustBalanceAndReadiness() {
        Readiness readiness = Readiness.of(0.5, 0.9, UnreadyVote.NONE);
        assertThatCode(
                        () ->
                                Edition.PAPER.require(
                                        Trust.LABEL, Balance.CLASS, Optional.of(readiness)))
                .doesNotThrowAnyException();
        assertThatCode(() -> Edition.RELEASED.require(Trust.NONE, Balance.VOXEL, Optional.empty()))
                .doesNotThrowAnyException();
        GssConfigBuilder released = GssConfig.released().toBuilder();
        String expected =
                "trust, balance, readiness: expected NONE, VOXEL and none in edition RELEASED, got"
                        + " ";
        assertThatThrownBy(() -> released.optTrust(Trust.LABEL).build())
                .hasMessage(expected + "LABEL, VOXEL and none");
        assertThatThrownBy(() -> released.optTrust(Trust.NONE).optBalance(Balance.CLASS).build())
                .hasMessage(expected + "NONE, CLASS and none");
        assertThatThrownBy(() -> released.optBalance(Balance.VOXEL).optReadiness(readiness).build())
                .hasMessage(
                        expected
                                + "NONE, VOXEL and Readiness[bar=0.5, decay=0.9,"
                                + " unreadyVote=NONE]");
    }

    @Test
    void divergenceAndTeacher() {
        for (Divergence order : Divergence.values()) {
            boolean ofReleased = order == Divergence.RELEASED_CROSS_ENTROPY;
            for (Edition edition : Edition.values()) {
                if (ofReleased == (edition == Edition.RELEASED)) {
                    assertThatCode(() -> edition.require(order, PaperTeacher.VOTES))
                            .doesNotThrowAnyException();
                } else {
                    assertThatThrownBy(() -> edition.require(order, PaperTeacher.VOTES))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessage(
                                    "divergence: expected "
                                            + (ofReleased
                                                    ? "a Kullback-Leibler divergence"
                                                    : "RELEASED_CROSS_ENTROPY")
                                            + " in edition "
                                            + edition
                                            + ", got "
                                            + order);
                }
            }
        }
        for (PaperTeacher teacher : List.of(PaperTeacher.FUSED, PaperTeacher.MUTUAL)) {
            assertThatCode(() -> Edition.PAPER.require(Divergence.REVERSE_KL, teacher))
                    .doesNotThrowAnyException();
            assertThatThrownBy(
                            () ->
                                    Edition.RELEASED.require(
                                            Divergence.RELEASED_CROSS_ENTROPY, teacher))
                    .hasMessage("teacher: expected VOTES in edition RELEASED, got " + teacher);
        }
    }

    @Test
    void aMatrixWithoutZerosIsNoMissingModality() {
        try (NDManager manager = NDManager.newBaseManager()) {
            Engine.getInstance().setRandomSeed(6);
            NDList logits = new NDList();
            for (int m = 0; m < 4; m++) {
                logits.add(manager.randomNormal(0, 3, new Shape(2, 4, 5, 6), DataType.FLOAT64));
            }
            NDArray mask = VoxelMask.drawPerBranch(manager, 4, new Shape(2, 4, 5, 6), 0.2);
            NDArray all = manager.create(new float[] {1, 1, 2, 1, 0.5f, 1, -1, 1}, new Shape(2, 4));
            GroupDistillation released = new GroupDistillation(GssConfig.released());
            int before = manager.getManagedArrays().size();
            try (DistillationResult got = released.evaluate(Inputs.of(logits, all, mask));
                    DistillationResult wanted = released.evaluate(Inputs.masked(logits, mask));
                    SoftTarget target = released.softTarget(Inputs.present(logits, all));
                    SoftTarget plain = released.softTarget(DistillationInput.of(logits))) {
                assertThat(got.loss()).isEqualTo(wanted.loss());
                assertThat(got.loss().getDouble()).isPositive();
                assertThat(got.gradients()).isEqualTo(wanted.gradients());
                assertThat(target.target()).isEqualTo(plain.target());
            }
            assertThat(DecisionShares.of(released, Inputs.present(logits, all)))
                    .isEqualTo(DecisionShares.of(released, DistillationInput.of(logits)));
            assertThat(manager.getManagedArrays()).hasSize(before);
            for (DataType type : List.of(DataType.BOOLEAN, DataType.INT64, DataType.UINT8)) {
                NDArray one = manager.ones(new Shape(2, 4)).toType(type, false);
                assertThatCode(() -> Edition.RELEASED.requirePresent(one))
                        .doesNotThrowAnyException();
                NDArray none = manager.zeros(new Shape(2, 4)).toType(type, false);
                assertThatThrownBy(() -> Edition.RELEASED.requirePresent(none))
                        .hasMessage(
                                "present: expected every modality in the released edition, which"
                                        + " has no missing ones, got a matrix with a 0");
                assertThatCode(() -> Edition.PAPER.requirePresent(none)).doesNotThrowAnyException();
            }
        }
    }
}
