/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.experiment;

import io.github.gssloss.files.WholeFile;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.measure.MeasureSettings;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.config.Yaml;
import io.github.gssloss.program.evaluation.EvaluationSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All that a cell needs; a process of its own reads it from a file.
 *
 * @param name the name of the cell
 * @param settings the settings of its run
 * @param data the cases to train on
 * @param evaluate the cases to evaluate on
 * @param cache the folder of the prepared cases
 * @param run the folder of its run
 * @param evaluated the folder of its evaluation
 * @param outcome the file of its {@link CellOutcome}
 * @param log the file of what happened
 * @param evaluation how to evaluate; empty: not at all
 */
record CellJob(
        String name,
        RunSettings settings,
        Path data,
        Path evaluate,
        Path cache,
        Path run,
        Path evaluated,
        Path outcome,
        Path log,
        Optional<EvaluationSettings> evaluation) {

    /** What the evaluation depends on beside the run and the cases. */
    static String words(EvaluationSettings evaluation) {
        return evaluation.subsets().stream()
                        .map(ModalitySubset::label)
                        .collect(Collectors.joining(","))
                + "; overlap "
                + evaluation.overlap()
                + (evaluation.unseen() ? "; unseen cases" : "")
                + (evaluation.measures().equals(MeasureSettings.USUAL)
                        ? ""
                        : "; " + evaluation.measures().label());
    }

    /** The lease of whoever works on the cell, beside its run. */
    Path lease() {
        return run.resolveSibling("." + run.getFileName() + ".lease");
    }

    void write(Path file) throws IOException {
        WholeFile.write(file, Yaml.MAPPER.writeValueAsString(this));
    }

    static CellJob read(Path file) throws IOException {
        return Yaml.MAPPER.readValue(Files.readString(file), CellJob.class);
    }
}
