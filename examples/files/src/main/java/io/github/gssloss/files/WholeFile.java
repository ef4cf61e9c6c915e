/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes files that are whole or not there: aside, forced to the disk, and then renamed. Whatever
 * goes wrong on the way, a file that had the name before keeps it.
 */
public final class WholeFile {

    /** What the name of a file ends with while it is written. */
    public static final String ASIDE = ".part";

    private WholeFile() {}

    /** What is to be written. */
    @FunctionalInterface
    public interface Content {

        /**
         * Writes it.
         *
         * @param out where to; it need not be closed
         * @throws IOException if writing fails
         */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes a file.
     *
     * @param file the file to write or to replace, in an existing folder
     * @param content its content
     * @throws IOException if it cannot be written; then it is as it was before
     */
    public static void write(Path file, Content content) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ASIDE);
        try {
            try (FileChannel channel =
                    FileChannel.open(
                            aside,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING)) {
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
                content.writeTo(out);
                out.flush();
                channel.force(true);
            }
            Files.move(
                    aside,
                    file,
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(aside);
        }
        forceName(file);
    }

    /**
     * Writes a text file in UTF-8.
     *
     * @param file the file to write or to replace, in an existing folder
     * @param text its content
     * @throws IOException if it cannot be written; then it is as it was before
     */
    public static void write(Path file, String text) throws IOException {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** A name is on the disk when its folder is. */
    private static void forceName(Path file) {
        Path folder = file.toAbsolutePath().resolveSibling(".");
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Not every system opens folders; then the name is on the disk when the system likes.
        }
    }
}
