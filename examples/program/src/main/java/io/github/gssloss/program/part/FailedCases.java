/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.part;

import io.github.gssloss.files.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Why cases could not be worked on, {@code CASE.failed} each, for who collects what several jobs
 * have left. The first line of a file is a key to what the work depends on: with another key nobody
 * has tried.
 */
public final class FailedCases {

    private final Path folder;
    private final String begin;

    /**
     * Names the files.
     *
     * @param folder their folder; made with the first of them
     * @param begin what the first line of a file begins with, before the key
     */
    public FailedCases(Path folder, String begin) {
        this.folder = folder;
        this.begin = begin;
    }

    /**
     * Keeps why a case failed. Another process may be keeping the same.
     *
     * @param name the name of the case
     * @param key what the work depends on
     * @param why a line
     * @throws IOException if it cannot be written
     */
    public void add(String name, String key, String why) throws IOException {
        Files.createDirectories(folder);
        byte[] bytes = (begin + key + "\n" + why + "\n").getBytes(StandardCharsets.UTF_8);
        WholeFile.writeShared(file(name), out -> out.write(bytes));
    }

    /**
     * Forgets the failure of a case that has succeeded.
     *
     * @param name the name of the case
     * @throws IOException if its file cannot be removed
     */
    public void remove(String name) throws IOException {
        Files.deleteIfExists(file(name));
    }

    /**
     * Returns why a case failed.
     *
     * @param name the name of the case
     * @param key what the work depends on
     * @return the line; empty: nobody has tried with this key
     * @throws IOException if it cannot be read
     */
    public Optional<String> find(String name, String key) throws IOException {
        try {
            String[] parts = Files.readString(file(name)).split("\n", 2);
            return parts[0].equals(begin + key) && parts.length == 2
                    ? Optional.of(parts[1].strip())
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private Path file(String name) {
        return folder.resolve(name + ".failed");
    }
}
