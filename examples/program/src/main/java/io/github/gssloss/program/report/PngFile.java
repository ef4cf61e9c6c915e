/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.files.WholeFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Writes pictures. */
final class PngFile {

    private PngFile() {}

    /**
     * Writes a picture as PNG.
     *
     * @param picture the picture
     * @param file the file to write or replace
     * @throws UserInputException if it cannot be written
     */
    static void write(BufferedImage picture, Path file) {
        try {
            WholeFile.write(file, out -> ImageIO.write(picture, "png", out));
        } catch (IOException e) {
            throw new UserInputException(file + ": expected a file that can be written", e);
        }
    }
}
