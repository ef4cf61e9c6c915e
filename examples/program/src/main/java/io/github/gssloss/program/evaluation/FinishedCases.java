/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.evaluation;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.files.WholeFile;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.measure.Score;
import io.github.gssloss.program.part.FailedCases;
import io.github.gssloss.program.tables.ScoresCsv;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The scores of the cases that an evaluation has finished, one file each, so that it can be stopped
 * and started again. The first line of a file is a key to what the case was evaluated with: a case
 * with another key is evaluated anew.
 */
final class FinishedCases {

    private static final String KEY = "# evaluated with ";

    private final Path folder;
    private final DataDescription description;
    private final FailedCases failed;

    FinishedCases(Path folder, DataDescription description) {
        this.folder = folder;
        this.description = description;
        failed = new FailedCases(folder, KEY);
    }

    /** Returns the scores of a case that was finished with a key. */
    Optional<List<Score>> find(String name, String key) throws IOException {
        try {
            String[] parts = Files.readString(file(name)).split("\n", 2);
            return parts[0].equals(KEY + key) && parts.length == 2
                    ? Optional.of(ScoresCsv.parse(parts[1], file(name).toString(), description))
                    : Optional.empty();
        } catch (NoSuchFileException | UserInputException e) {
            // Not finished, or no file of ours any more.
            return Optional.empty();
        }
    }

    /** Keeps the scores of a case. Another process may be keeping the same ones. */
    void add(String name, String key, List<Score> scores) throws IOException {
        Files.createDirectories(folder);
        String text = KEY + key + "\n" + ScoresCsv.text(scores);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        WholeFile.writeShared(file(name), out -> out.write(bytes));
        failed.remove(name);
    }

    /** Why cases could not be evaluated, for who collects. */
    FailedCases failed() {
        return failed;
    }

    private Path file(String name) {
        return folder.resolve(name + ".csv");
    }
}
