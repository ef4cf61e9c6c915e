/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@link RunSettings#difference}. */
class SettingsDifferenceTest {

    @Test
    void differencesAreNamedByTheirWholeKeys() {
        Map<String, String> some =
                Map.of("epochs", "3", "loss.beta", "1", "loss.ramp.epochs", "2", "workers", "1");
        RunSettings before = RunSettings.of(with(some, "loss.ramp.beta", "0.5"));
        assertThat(before.difference(before)).isEmpty();
        assertThat(before.difference(RunSettings.of(with(some, "loss.ramp.temperature", "9"))))
                .contains("there loss.ramp.beta: 0.5, now loss.ramp.temperature: 9.0");

        // The same values under the same last words, the other way round.
        RunSettings swapped =
                RunSettings.of(
                        Map.of(
                                "epochs", "2",
                                "loss.beta", "0.5",
                                "loss.ramp.epochs", "3",
                                "loss.ramp.beta", "1",
                                "workers", "2"));
        assertThat(before.difference(swapped))
                .contains(
                        "there epochs: 3, loss.beta: 1.0, loss.ramp.epochs: 2, loss.ramp.beta: 0.5,"
                                + " now epochs: 2, loss.beta: 0.5, loss.ramp.epochs: 3,"
                                + " loss.ramp.beta: 1.0");
        assertThat(before.difference(swapped, "epochs", "loss.beta", "loss.ramp.epochs"))
                .contains("there loss.ramp.beta: 0.5, now loss.ramp.beta: 1.0");
        assertThat(
                        RunSettings.of(Map.of("crop", "32x48x64"))
                                .difference(RunSettings.of(Map.of("crop", "32x64x64"))))
                .contains("there crop: [32,48,64], now crop: [32,64,64]");
    }

    private static Map<String, String> with(Map<String, String> values, String key, String value) {
        Map<String, String> more = new HashMap<>(values);
        more.put(key, value);
        return more;
    }
}
