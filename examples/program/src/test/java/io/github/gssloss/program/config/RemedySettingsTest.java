/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trust, balance, readiness, fallbacks and the ramp's shape as settings. */
class RemedySettingsTest {

    @TempDir private Path folder;

    @Test
    void theyAreReadAsTheyAreWritten() throws IOException {
        RunSettings remedies =
                RunSettings.of(
                        Map.ofEntries(
                                entry("loss.preset", "passion"),
                                entry("loss.teacher", "votesElseNothing"),
                                entry("loss.divergence", "flooredKl"),
                                entry("loss.trust", "labelWeight"),
                                entry("loss.balance", "class"),
                                entry("loss.readiness.bar", "0.5"),
                                entry("loss.readiness.decay", "0.9"),
                                entry("loss.readiness.unready", "none"),
                                entry("loss.ramp.epochs", "3"),
                                entry("loss.ramp.shape", "exponential"),
                                entry("loss.ramp.beta", "0")));
        Path file = Files.writeString(folder.resolve("remedies.yaml"), remedies.toYaml());
        assertThat(RunSettings.read(file, Map.of())).isEqualTo(remedies);
        assertThat(remedies.loss().words())
                .isEqualTo(
                        "passion, divergence: flooredKl, teacher: votesElseNothing, trust:"
                                + " labelWeight, balance: class, readiness: {bar: 0.5, decay: 0.9,"
                                + " unready: none}, ramp: {epochs: 3, shape: exponential, beta:"
                                + " 0.0}");
    }

    @Test
    void readinessHasABar() {
        for (String key : List.of("decay", "unready")) {
            String value = key.equals("decay") ? "0.9" : "none";
            assertThatThrownBy(() -> RunSettings.of(Map.of("loss.readiness." + key, value)))
                    .isInstanceOf(UserInputException.class)
                    .hasMessage(
                            "loss.readiness.bar: expected the Dice to pass, 0 to below 1, got"
                                    + " nothing");
        }
        assertThatThrownBy(
                        () ->
                                RunSettings.of(
                                        Map.of(
                                                "loss.readiness.bar", "0.5",
                                                "loss.readiness.decay", "1")))
                .hasMessage("loss.readiness.decay: expected 0 to below 1, got 1");
        assertThatThrownBy(
                        () ->
                                RunSettings.of(
                                        Map.of(
                                                "loss.readiness.bar", "0.5",
                                                "loss.readiness.unready", "fused")))
                .hasMessage("loss.readiness.unready: expected one of none, label, got 'fused'");
        assertThat(RunSettings.of(Map.of("loss.readiness.bar", "0")).loss().readiness())
                .isPresent();
        assertThat(RunSettings.defaults().loss().readiness()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "loss.trust, none",
        "loss.trust, label",
        "loss.balance, class",
        "loss.readiness.bar, 0.5",
        "loss.teacher, votesElseFused",
        "loss.divergence, flooredKl"
    })
    void withoutDistillationThereIsNothingToRemedy(String key, String value) {
        assertThatThrownBy(() -> RunSettings.of(Map.of("loss.preset", "none", key, value)))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        key
                                + ": expected nothing where the preset is none (no distillation),"
                                + " got "
                                + value);
    }
}
