/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.gssloss.files.UserInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A {@code dataset.json} that somebody made to end the program. */
class HostileDescriptionTest {

    private static final int DEPTH = 200_000;

    @TempDir private Path folder;

    @Test
    void listsInListsAreRefused() throws IOException {
        refused("[".repeat(DEPTH) + "]".repeat(DEPTH));
    }

    @Test
    void objectsInObjectsAreRefused() throws IOException {
        refused("{\"a\":".repeat(DEPTH) + "1" + "}".repeat(DEPTH));
    }

    private void refused(String json) throws IOException {
        Path file = Files.writeString(folder.resolve("dataset.json"), json);
        Throwable refused = catchThrowable(() -> StrictJson.read(file));

        assertThat(refused).isInstanceOf(UserInputException.class);
        assertThat(refused.getMessage()).startsWith(file.toString()).hasLineCount(1);
        assertThat(refused.getMessage().length()).isLessThan(3000);
    }
}
