/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.weights;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import io.github.gssloss.files.UserInputException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A file that is not there yet, and a manager to read it with. */
class NpzFileFixture {

    NDManager manager;
    Path file;

    @BeforeEach
    void open(@TempDir Path folder) {
        manager = NDManager.newBaseManager();
        file = folder.resolve("weights.npz");
    }

    @AfterEach
    void close() {
        manager.close();
    }

    final void refuses(String message) {
        assertThatThrownBy(() -> NpzFile.read(manager, file))
                .isInstanceOf(UserInputException.class)
                .hasMessage(file + message);
    }
}
