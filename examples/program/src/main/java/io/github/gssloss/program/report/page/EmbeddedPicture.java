/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.files.UserInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/** PNG files as parts of a page, so that it needs no other file. */
final class EmbeddedPicture {

    private EmbeddedPicture() {}

    /**
     * Reads a picture.
     *
     * @param file the file
     * @return a data URI; empty where there is no such file
     * @throws UserInputException if it cannot be read
     */
    static Optional<String> of(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            byte[] png = Files.readAllBytes(file);
            return Optional.of("data:image/png;base64," + Base64.getEncoder().encodeToString(png));
        } catch (IOException e) {
            throw new UserInputException(file + ": expected a picture that can be read", e);
        }
    }
}
