/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.fuzz;

import io.github.gssloss.files.UserInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that Jazzer writes and a reader reads. */
final class FuzzedFile {

    private final Path path;

    /** Reads a file and checks what it gets. */
    @FunctionalInterface
    interface Reader {
        void read(Path file) throws IOException;
    }

    FuzzedFile(String name) {
        path = Path.of(System.getProperty("java.io.tmpdir"), ProcessHandle.current().pid() + name);
        path.toFile().deleteOnExit();
    }

    Path path() {
        return path;
    }

    /** Reads bytes: whatever they are, they give a result or one clear error. */
    void check(byte[] bytes, Reader reader) throws IOException {
        Files.write(path, bytes);
        try {
            reader.read(path);
        } catch (UserInputException e) {
            String message = e.getMessage();
            if (!message.startsWith(path.toString()) || message.lines().count() != 1) {
                throw new AssertionError("expected one line that names the file, got " + message);
            }
        }
    }
}
