/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.compare.Comparison;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The report of an experiment: one page that needs nothing else. */
public final class ExperimentReport {

    private ExperimentReport() {}

    /**
     * Writes the report.
     *
     * @param facts what was done
     * @param comparison the arms beside each other; empty: no scores yet
     * @param file the file
     * @throws UserInputException if it cannot be written
     */
    public static void write(ExperimentFacts facts, Optional<Comparison> comparison, Path file) {
        ExperimentPage page = new ExperimentPage(facts, comparison);
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            Templates.write("experiment.mustache", page, out);
        } catch (IOException | UncheckedIOException e) {
            throw new UserInputException(file + ": expected a file that can be written", e);
        }
    }
}
