/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.report.ChartColours;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import javax.imageio.ImageIO;

/**
 * A chart as a part of a page, which needs no other file.
 *
 * @param title above it; empty: none
 * @param words the same for those who do not see it
 * @param light the picture for light pages, as a data URI
 * @param dark the picture for dark pages
 */
record Figure(String title, String words, String light, String dark) {

    /** Draws a chart for light and for dark pages. */
    static Figure of(String title, String words, Function<ChartColours, BufferedImage> chart) {
        return new Figure(
                title,
                words,
                uri(chart.apply(ChartColours.LIGHT)),
                uri(chart.apply(ChartColours.DARK)));
    }

    /**
     * Reads a PNG file.
     *
     * @param file the file
     * @return a data URI; empty where there is no such file
     * @throws UserInputException if it cannot be read
     */
    static Optional<String> uri(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(uri(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UserInputException(file + ": expected a picture that can be read", e);
        }
    }

    private static String uri(BufferedImage image) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return uri(png.toByteArray());
    }

    private static String uri(byte[] png) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    }
}
