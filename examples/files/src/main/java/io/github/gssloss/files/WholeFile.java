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
import java.util.UUID;

/**
 * Writes files that are whole or not there: to a temporary file beside, forced to the disk, and
 * then renamed; the only place that renames. Whatever goes wrong on the way, a file that had the
 * name before keeps it.
 */
public final class WholeFile {

    /** What the name of the temporary file ends with. */
    public static final String TEMPORARY = ".part";

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
     * Writes a file. The temporary file has the same name each time, so that what a killed process
     * has left of it is replaced by the next attempt.
     *
     * @param file the file to write or to replace, in an existing folder
     * @param content its content
     * @throws IOException if it cannot be written; then it is as it was before
     */
    public static void write(Path file, Content content) throws IOException {
        write(file, file.resolveSibling(file.getFileName() + TEMPORARY), content);
    }

    /**
     * Writes a file that other processes may be writing too: each has a temporary file of its own,
     * and the last one to finish gives the file its content.
     *
     * @param file the file to write or to replace, in an existing folder
     * @param content its content
     * @throws IOException if it cannot be written; then it is as it was before
     */
    public static void writeShared(Path file, Content content) throws IOException {
        // Not Files.createTempFile: its files can be read by their owner alone.
        String name = "." + file.getFileName() + "-" + UUID.randomUUID() + TEMPORARY;
        write(file, file.resolveSibling(name), content);
    }

    private static void write(Path file, Path temporary, Content content) throws IOException {
        try {
            try (FileChannel channel =
                    FileChannel.open(
                            temporary,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING)) {
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
                content.writeTo(out);
                out.flush();
                channel.force(true);
            }
            rename(temporary, file);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * Gives a file or folder that is whole its name.
     *
     * @param made what is whole and on the disk
     * @param name its name, in the same folder; a file that has it is replaced
     * @throws IOException if it cannot be renamed
     */
    public static void rename(Path made, Path name) throws IOException {
        Files.move(made, name, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        forceName(name);
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
