/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class CommandWordsTest {

    private static final List<String> WORDS =
            List.of(
                    "--out=run-1/a.b",
                    "a b",
                    "it's",
                    "\"x\"",
                    "$HOME",
                    "`ls`",
                    "BG: flair; ET: t1ce",
                    "a;b",
                    "*",
                    "[1,2]",
                    "{a,b}",
                    "a&b|c",
                    "(x)",
                    "#",
                    "!",
                    "");

    @Test
    void plainWordsStayAsTheyAre() {
        assertThat(CommandWords.line(List.of("gss", "train", "--out=C:\\runs\\a").stream()))
                .isEqualTo("gss train --out=C:\\runs\\a");
        assertThat(CommandWords.line(List.of("gss", "a b", "it's").stream()))
                .isEqualTo("gss 'a b' 'it'\\''s'");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the words are those of sh")
    void aShellGivesTheWordsBack() throws IOException, InterruptedException {
        String line = "printf '%s\\n' " + CommandWords.line(WORDS.stream());
        Process shell = new ProcessBuilder("sh", "-c", line).redirectErrorStream(true).start();
        String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(printed).isZero();
        assertThat(printed).isEqualTo(String.join("\n", WORDS) + "\n");
    }
}
