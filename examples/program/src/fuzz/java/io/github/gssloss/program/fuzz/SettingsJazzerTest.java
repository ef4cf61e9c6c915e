/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.gssloss.program.config.RunSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings in YAML. */
class SettingsJazzerTest {

    private static final FuzzedFile FILE = new FuzzedFile("settings.yaml");

    static Stream<Arguments> whole() {
        String text = RunSettings.defaults().toYaml();
        return Stream.of(Arguments.of((Object) text.getBytes(StandardCharsets.UTF_8)));
    }

    @MethodSource("whole")
    @FuzzTest(maxDuration = "5m")
    void isReadOrRefused(byte[] bytes) throws IOException {
        FILE.check(bytes, file -> RunSettings.read(file, Map.of()));
    }
}
