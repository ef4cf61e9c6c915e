/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.core.Balance;
import io.github.gssloss.core.ClassGroups;
import io.github.gssloss.core.Divergence;
import io.github.gssloss.core.FallbackTeacher;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.core.OracleTeacher;
import io.github.gssloss.core.PaperTeacher;
import io.github.gssloss.core.Readiness;
import io.github.gssloss.core.Trust;
import io.github.gssloss.core.UnreadyVote;
import io.github.gssloss.djl.GssLoss;
import io.github.gssloss.djl.LossParts;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.config.RunSettings;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossesTest {

    @Test
    void presetsAreThoseOfTheMethod() {
        assertThat(config(Map.of())).isEqualTo(GssConfig.paper());
        assertThat(config(Map.of("loss.preset", "paperAblation")))
                .isEqualTo(GssConfig.paperAblation());
        assertThat(config(Map.of("loss.preset", "released"))).isEqualTo(GssConfig.released());
        assertThat(config(Map.of("loss.preset", "passion"))).isEqualTo(GssConfig.passion());
        GssConfig none = config(Map.of("loss.preset", "none"));
        assertThat(none).returns(1.0, GssConfig::alpha).returns(0.0, GssConfig::beta);
        assertThat(config(Map.of("labels", "brats2015")).groups())
                .isEqualTo(ClassGroups.brats2015());
    }

    @Test
    void overridesReplaceThePresets() {
        GssConfig changed =
                config(
                        Map.of(
                                "loss.preset", "released",
                                "loss.leaderThreshold", "0.5",
                                "loss.penalty", "0.1",
                                "loss.temperature", "4"));
        assertThat(changed)
                .isEqualTo(
                        GssConfig.released().toBuilder()
                                .optLeaderThreshold(0.5)
                                .optPenalty(0.1)
                                .optTemperature(4)
                                .build());
        assertThat(config(Map.of("loss.divergence", "reverseKl")).divergence())
                .isEqualTo(Divergence.REVERSE_KL);
    }

    @Test
    void theAblationsOfThePaperAreSettings() {
        assertThat(config(Map.of("loss.teacher", "mutual")).teacher())
                .isEqualTo(PaperTeacher.MUTUAL);
        assertThat(config(Map.of("loss.teacher", "fused")).teacher()).isEqualTo(PaperTeacher.FUSED);
        assertThat(config(Map.of("loss.normalise", "false")).normalised()).isFalse();
        String single = "BG: flair; NCR/NET: t1ce; ED: flair; ET: t1ce";
        assertThat(config(Map.of("loss.groups", single)).groups()).hasToString(single);
        String five = "BG: t1; NCR: t1ce; ED: t2; NET: t1ce, t1; ET: t1ce";
        assertThat(config(Map.of("loss.groups", five, "labels", "brats2015")).groups())
                .hasToString(five);
    }

    @Test
    void aRampMovesInEqualStepsToTheValuesOfTheLoss() {
        GssLoss loss =
                Losses.of(
                        RunSettings.of(
                                Map.of(
                                        "iterations", "5",
                                        "loss.ramp.epochs", "2",
                                        "loss.ramp.beta", "0",
                                        "loss.ramp.temperature", "4")));
        double[] beta = LongStream.of(0, 5, 9, 10, 999).mapToDouble(at -> beta(loss, at)).toArray();
        assertThat(beta).containsExactly(new double[] {0, 0.15, 0.27, 0.3, 0.3}, within(1e-7));
        assertThat(loss.configAt(0).temperature()).isEqualTo(4);
        assertThat(loss.configAt(5).temperature()).isEqualTo(6);
        assertThat(loss.configAt(10).temperature()).isEqualTo(8);
        assertThat(loss.configAt(3).maskRate()).isEqualTo(GssConfig.paper().maskRate());
        GssLoss mask =
                Losses.of(
                        RunSettings.of(
                                Map.of("loss.ramp.epochs", "1", "loss.ramp.maskRate", "0.6")));
        assertThat(mask.configAt(0).maskRate()).isCloseTo(0.6, within(1e-7));
        assertThat(mask.configAt(150).maskRate()).isCloseTo(0.2, within(1e-7));
        assertThat(Losses.of(RunSettings.defaults()).configAt(7)).isEqualTo(GssConfig.paper());
    }

    @Test
    void anExponentialRampStartsSlowly() {
        GssLoss loss =
                Losses.of(
                        RunSettings.of(
                                Map.of(
                                        "iterations", "5",
                                        "loss.ramp.epochs", "2",
                                        "loss.ramp.shape", "exponential",
                                        "loss.ramp.beta", "0")));
        double[] beta = LongStream.of(0, 5, 9, 10, 99).mapToDouble(at -> beta(loss, at)).toArray();
        double[] expected = {
            0.3 * Math.exp(-5), 0.3 * Math.exp(-1.25), 0.3 * Math.exp(-0.05), 0.3, 0.3
        };
        assertThat(beta).containsExactly(expected, within(1e-7));
    }

    @Test
    void theRemediesAreThoseOfTheMethod() {
        assertThat(config(Map.of("loss.trust", "label")))
                .isEqualTo(GssConfig.builder().optTrust(Trust.LABEL).build());
        assertThat(config(Map.of("loss.trust", "labelWeight")))
                .isEqualTo(GssConfig.builder().optTrust(Trust.LABEL_WEIGHT).build());
        assertThat(config(Map.of("loss.balance", "class")))
                .isEqualTo(GssConfig.builder().optBalance(Balance.CLASS).build());
        assertThat(config(Map.of("loss.trust", "none", "loss.balance", "voxel")))
                .isEqualTo(GssConfig.paper());
        assertThat(config(Map.of("loss.teacher", "votesElseFused")).teacher())
                .isEqualTo(FallbackTeacher.VOTES_ELSE_FUSED);
        assertThat(config(Map.of("loss.teacher", "votesElseNothing")).teacher())
                .isEqualTo(FallbackTeacher.VOTES_ELSE_NOTHING);
        assertThat(config(Map.of("loss.teacher", "oracleBranch")).teacher())
                .isEqualTo(OracleTeacher.BEST_BRANCH);
        assertThat(config(Map.of("loss.divergence", "flooredKl")).divergence())
                .isEqualTo(Divergence.FLOORED_KL);
        assertThat(config(Map.of("loss.readiness.bar", "0.5")).readiness())
                .contains(Readiness.of(0.5, 0.99, UnreadyVote.LABEL));
        Map<String, String> all =
                Map.of(
                        "loss.readiness.bar", "0.4",
                        "loss.readiness.decay", "0.9",
                        "loss.readiness.unready", "none");
        assertThat(config(all).readiness()).contains(Readiness.of(0.4, 0.9, UnreadyVote.NONE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "loss.trust | label | LABEL, VOXEL and none",
                "loss.balance | class | NONE, CLASS and none",
                "loss.readiness.bar | 0.5 | NONE, VOXEL and Readiness[bar=0.5, decay=0.99,"
                        + " unreadyVote=LABEL]"
            })
    void theReleasedCodeHasNoRemedies(String key, String value, String got) {
        assertThatThrownBy(() -> config(Map.of("loss.preset", "released", key, value)))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        "loss.trust, balance, readiness: expected NONE, VOXEL and none in edition"
                                + " RELEASED, got "
                                + got);
    }

    @Test
    void theBranchesTaskLossesHaveAWeight() {
        LossParts usual = parts(Map.of("loss.preset", "none"));
        LossParts half = parts(Map.of("loss.preset", "none", "loss.branchWeight", "0.5"));
        LossParts without = parts(Map.of("loss.preset", "none", "loss.branchWeight", "0"));
        assertThat(usual.branches()).isPositive();
        assertThat(half.branches()).isEqualTo(0.5f * usual.branches());
        assertThat(without.branches()).isZero();
        assertThat(without.fused()).isEqualTo(usual.fused());
    }

    /** Of equal probabilities of four classes. */
    private static LossParts parts(Map<String, String> values) {
        GssLoss loss = Losses.of(RunSettings.of(values));
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList outputs = new NDList();
            for (int i = 0; i < loss.layout().numOutputs(); i++) {
                outputs.add(manager.full(new Shape(1, 4, 2, 2, 2), 0.25f));
            }
            NDArray labels = manager.arange(8).mod(4).reshape(1, 2, 2, 2);
            loss.evaluate(new NDList(labels), outputs);
            return loss.lastParts();
        }
    }

    private static double beta(GssLoss loss, long step) {
        return loss.configAt(step).beta();
    }

    @Test
    void groupsThatDoNotFitTheLabelsAreTheUsersInput() {
        assertThatThrownBy(() -> config(Map.of("loss.groups", "BG: flair; ET: t1ce")))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        "loss.groups: expected the classes [BG, NCR/NET, ED, ET] of the labels in"
                                + " this order, got 'BG: flair; ET: t1ce'");
        assertThatThrownBy(() -> config(Map.of("loss.groups", "")))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        "loss.groups: class groups: expected 'class: leader, leader; class: ...',"
                                + " got ''");
        assertThatThrownBy(() -> config(Map.of("loss.groups", "BG: pd")))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        "loss.groups: leaders of class BG: expected some of [flair, t1ce, t1, t2],"
                                + " got [pd]");
    }

    @Test
    void valuesThatDoNotFitEachOtherAreTheUsersInput() {
        assertThatThrownBy(() -> config(Map.of("loss.leaderThreshold", "0.8")))
                .isInstanceOf(UserInputException.class)
                .hasMessage("loss.memberThreshold: expected a number from 0.8 to 1.0, got 0.75");
        assertThatThrownBy(() -> config(Map.of("loss.divergence", "releasedCrossEntropy")))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        "loss.divergence: expected a Kullback-Leibler divergence in edition PAPER,"
                                + " got RELEASED_CROSS_ENTROPY");
        assertThatThrownBy(() -> config(Map.of("loss.preset", "released", "loss.teacher", "fused")))
                .isInstanceOf(UserInputException.class)
                .hasMessage("loss.teacher: expected VOTES in edition RELEASED, got FUSED");
    }

    private static GssConfig config(Map<String, String> values) {
        return Losses.config(RunSettings.of(values));
    }
}
