/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.gson.JsonParser;
import io.github.gssloss.files.UserInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    @TempDir private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("a.json");
    }

    private void refuses(String json, String message) {
        NnUnetExample.write(file, json);
        NnUnetExample.refuses(() -> StrictJson.read(file), file + ": " + message);
    }

    @Test
    void readsWhatGsonReads() throws IOException {
        String json =
                "{\"b\": [1, -2.5e3, true, null, \"x\\u00e4\\n\"], \"a\": {\"b\": {}, \"c\": []}}";
        Files.writeString(file, json);
        assertThat(StrictJson.read(file)).isEqualTo(JsonParser.parseString(json));
        assertThat(StrictJson.read(file).getAsJsonObject().keySet()).containsExactly("b", "a");

        // Some editors of Windows begin a file with this mark.
        Files.writeString(file, "\ufeff[1]");
        assertThat(StrictJson.read(file)).hasToString("[1]");
    }

    @Test
    void keysThatAreGivenTwiceAreRefused() {
        refuses("{'a': 1, 'b': 2, 'a': 1}", "expected each key once, got 'a' twice");
        refuses(
                "{'labels': {'x': {'a': 1, 'a': 2}}}",
                "labels: x: expected each key once, got 'a' twice");
        refuses(
                "[{'train': []}, {'train': [], 'train': []}]",
                "[1]: expected each key once, got 'train' twice");
        refuses(
                "{'a': [[], [{'b': 1, 'b': 1}]]}",
                "a[1][0]: expected each key once, got 'b' twice");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{'a': 1",
                "{'a' 1}",
                "{'a': 1,}",
                "[1, 2,]",
                "[NaN]",
                "[01]",
                "{a: 1}",
                "{} {}",
                "{'a': 1} x",
                "labels: {}",
                "// no comments\n{}",
                "['a\nb']"
            })
    void whatIsNoJsonIsRefused(String text) {
        NnUnetExample.write(file, text);
        assertThatThrownBy(() -> StrictJson.read(file))
                .isInstanceOf(UserInputException.class)
                .message()
                .startsWith(file + ": expected JSON, got something else at line ")
                .doesNotContain("\n", "Gson", "http");
    }

    @Test
    void theLineIsNamed() {
        refuses("{\n'a': 1,\n'b': x}", "expected JSON, got something else at line 3 column 6");
        assertThatThrownBy(() -> StrictJson.read(Files.writeString(file, "[".repeat(100_000))))
                .isInstanceOf(UserInputException.class)
                .hasMessageStartingWith(file + ": expected JSON, got something else at line 1 ");
    }

    @Test
    void numbersWithoutEndAreRefused() {
        refuses("{'a': 1e99999999999}", "a: expected a smaller number, got 1e99999999999");
    }

    @Test
    void otherBytesAreRefused() throws IOException {
        Files.write(file, new byte[] {'"', (byte) 0xe4, '"'});
        NnUnetExample.refuses(
                () -> StrictJson.read(file), file + ": expected text in UTF-8, got other bytes");
    }

    @Test
    void whatIsNoFileIsRefused() throws IOException {
        NnUnetExample.refuses(() -> StrictJson.read(file), file + ": no such file");
        Files.createDirectory(file);
        NnUnetExample.refuses(
                () -> StrictJson.read(file), file + ": cannot be opened: it is not a file");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links are for administrators there")
    void linksThatLeadNowhereAreRefused() throws IOException {
        Files.createSymbolicLink(file, Path.of("nowhere"));
        NnUnetExample.refuses(
                () -> StrictJson.read(file),
                file + ": cannot be opened: a link to nowhere, which cannot be reached");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no POSIX permissions")
    void whatMayNotBeReadIsNamed() throws IOException {
        Files.writeString(file, "{}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeThat(Files.isReadable(file)).as("root reads all").isFalse();
        NnUnetExample.refuses(
                () -> StrictJson.read(file), file + ": cannot be opened: no permission");
    }
}
