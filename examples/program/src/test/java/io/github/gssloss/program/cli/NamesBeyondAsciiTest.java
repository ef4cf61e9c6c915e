/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Names with letters beyond ASCII in the locale C, without the start script, which sets another.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere names do not depend on the locale")
class NamesBeyondAsciiTest {

    @TempDir private Path folder;

    @Test
    void oneLineSaysWhichLocaleToSet() throws Exception {
        assumeThat(System.getProperty("sun.jnu.encoding")).isEqualTo("UTF-8");
        Path made = Files.createDirectory(folder.resolve("M\u00fcller \u5f20"));
        Files.createFile(made.resolve("a_flair.nii.gz"));

        assertThat(check(folder))
                .startsWith("gss check: " + folder + "/M")
                .endsWith(
                        ": cannot be the name of a file in this locale (ANSI_X3.4-1968), set"
                                + " LC_ALL=C.UTF-8");
        assertThat(check(made))
                .startsWith("gss check: Invalid value for positional parameter at index 0 (FOLDER)")
                .contains("in this locale (ANSI_X3.4-1968), set LC_ALL=C.UTF-8");
    }

    private static String check(Path data) throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder gss =
                new ProcessBuilder(
                        java.toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Gss.class.getName(),
                        "check",
                        data.toString());
        gss.environment().put("LC_ALL", "C");
        Process process = gss.redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isEqualTo(2);
        return out.strip();
    }
}
