/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.gssloss.files.UserInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files of settings that somebody made to fill the memory, to end the program or to run code. */
class HostileYamlTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    /** Deeper than any stack of calls. */
    private static final int DEPTH = 200_000;

    /** Jackson takes names of up to 50,000 characters. */
    private static final int NAME = 49_000;

    @TempDir private Path folder;
    private Path file;

    /** Who reads YAML that users give. */
    private enum Reader {
        SETTINGS {
            @Override
            void read(Path file) {
                RunSettings.read(file, Map.of());
            }
        },
        EXPERIMENT {
            @Override
            void read(Path file) {
                Experiment.read(file);
            }
        },
        VOTE {
            @Override
            void read(Path file) {
                VoteSettings.read(Optional.of(file), Map.of());
            }
        };

        abstract void read(Path file);
    }

    @BeforeEach
    void name() {
        file = folder.resolve("hostile.yaml");
    }

    /**
     * Nine lists of nine, each of the list before: half a billion texts where they are expanded.
     */
    @ParameterizedTest
    @EnumSource
    void aliasesAreNotExpanded(Reader reader) throws IOException {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            String one = "*a" + (i - 1);
            bomb.append("a").append(i).append(": &a").append(i).append(" [").append(one);
            bomb.append((", " + one).repeat(8)).append("]\n");
        }
        refusedSoon(reader, bomb.toString());
    }

    @ParameterizedTest
    @EnumSource
    void listsInListsAreRefused(Reader reader) throws IOException {
        refusedSoon(reader, "epochs: " + "[".repeat(DEPTH) + "]".repeat(DEPTH) + "\n");
    }

    @ParameterizedTest
    @EnumSource
    void keysInKeysAreRefused(Reader reader) throws IOException {
        refusedSoon(reader, "{a: ".repeat(DEPTH) + "1" + "}".repeat(DEPTH) + "\n");
    }

    /** What other readers of YAML make objects of. */
    @ParameterizedTest
    @EnumSource
    void aNameOfAClassMakesNoObject(Reader reader) throws IOException {
        refusedSoon(
                reader,
                "epochs: !!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[]]]\n");
    }

    @Test
    void aNumberOfAMillionDigitsIsRefused() throws IOException {
        refusedSoon(Reader.SETTINGS, "epochs: " + "9".repeat(1_000_000) + "\n");
    }

    @ParameterizedTest
    @EnumSource
    void aTextOfMegabytesIsNotQuotedWhole(Reader reader) throws IOException {
        refusedSoon(reader, "epochs: \"" + "x".repeat(2_500_000) + "\"\n");
    }

    @ParameterizedTest
    @EnumSource
    void aLongKeyIsNotQuotedWhole(Reader reader) throws IOException {
        refusedSoon(reader, "? " + "x".repeat(NAME) + "\n: 3\n");
    }

    /** Each of the values below would have the long key in its own. */
    @ParameterizedTest
    @EnumSource
    void aLongKeyIsNotCopiedForEachValueBelow(Reader reader) throws IOException {
        StringBuilder bomb = new StringBuilder("? " + "x".repeat(NAME) + "\n:\n");
        for (int i = 0; i < 200_000; i++) {
            bomb.append(" k").append(i).append(": 1\n");
        }
        refusedSoon(reader, bomb.substring(0, bomb.lastIndexOf("\n", 2_900_000) + 1));
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatIsTooLongIsNotRead(Reader reader) throws IOException {
        refusedSoon(reader, "# " + "x".repeat(3_000_000) + "\n");

        assertThatThrownBy(() -> reader.read(file))
                .hasMessage(file + ": expected at most 3000000 bytes of YAML, got 3000003");
    }

    /** A line of the file may stand in a message, but is one line there and no command. */
    @Test
    void whatAMessageQuotesIsPrintable() throws IOException {
        Files.writeString(file, "\"ep\\e[2Jochs\\nx\": 3\n");

        assertThatThrownBy(() -> RunSettings.read(file, Map.of()))
                .isInstanceOf(UserInputException.class)
                .message()
                .doesNotContain("\u001b", "\n");
    }

    private void refusedSoon(Reader reader, String yaml) throws IOException {
        Files.writeString(file, yaml);
        Throwable refused =
                Assertions.assertTimeout(SOON, () -> catchThrowable(() -> reader.read(file)));
        assertThat(refused).isInstanceOf(UserInputException.class);
        assertThat(refused.getMessage()).startsWith(file.toString()).hasLineCount(1);
        assertThat(refused.getMessage().length()).isLessThan(3000);
    }
}
