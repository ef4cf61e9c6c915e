/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.files.UserInputException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Checks of what the user names, made before any work begins. */
final class Inputs {

    private Inputs() {}

    static void folder(String option, Path path) {
        if (!Files.isDirectory(path)) {
            String got = Files.exists(path) ? "a file" : "nothing there";
            throw new UserInputException(
                    "%s %s: expected a folder, got %s".formatted(option, path, got));
        }
    }

    static void file(String option, Path path) {
        if (!Files.isRegularFile(path)) {
            String got = Files.exists(path) ? "a folder" : "nothing there";
            throw new UserInputException(
                    "%s %s: expected a file, got %s".formatted(option, path, got));
        }
    }

    static void atLeast(String option, int value, int least) {
        if (value < least) {
            throw new UserInputException(
                    "%s: expected a whole number of at least %d, got %d"
                            .formatted(option, least, value));
        }
    }
}
