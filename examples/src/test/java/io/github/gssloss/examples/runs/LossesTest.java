/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.core.ClassGroups;
import io.github.gssloss.core.Divergence;
import io.github.gssloss.core.Edition;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.core.VotingRule;
import io.github.gssloss.examples.UserInputException;
import io.github.gssloss.examples.config.RunSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LossesTest {

    @Test
    void presetsAreThoseOfTheMethod() {
        assertThat(config(Map.of())).isEqualTo(GssConfig.paper());
        assertThat(config(Map.of("loss.preset", "paperAblation")))
                .isEqualTo(GssConfig.paperAblation());
        assertThat(config(Map.of("loss.preset", "released"))).isEqualTo(GssConfig.released());
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
        assertThat(changed.votingRule())
                .isEqualTo(new VotingRule(0.5, 0.85, 0.1, Edition.RELEASED));
        assertThat(changed.temperature()).isEqualTo(4);
        assertThat(config(Map.of("loss.divergence", "studentToTeacher")).divergence())
                .isEqualTo(Divergence.STUDENT_TO_TEACHER);
    }

    @Test
    void valuesThatDoNotFitEachOtherAreTheUsersInput() {
        assertThatThrownBy(() -> config(Map.of("loss.leaderThreshold", "0.8")))
                .isInstanceOf(UserInputException.class)
                .hasMessage("loss.memberThreshold: expected a number from 0.8 to 1.0, got 0.75");
        assertThatThrownBy(() -> config(Map.of("loss.divergence", "weightedCrossEntropy")))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        "loss.divergence: expected a Kullback-Leibler divergence in edition PAPER,"
                                + " got WEIGHTED_CROSS_ENTROPY");
    }

    private static GssConfig config(Map<String, String> values) {
        return Losses.config(RunSettings.of(values));
    }
}
