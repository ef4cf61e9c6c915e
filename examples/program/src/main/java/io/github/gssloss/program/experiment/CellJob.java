/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.experiment;

import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.evaluation.EvaluationSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that a cell needs: a process of its own is told the same.
 *
 * @param name the name of the cell
 * @param settings the settings of its run
 * @param data the cases to train on
 * @param judge the cases to judge on
 * @param cache the folder of the prepared cases
 * @param run the folder of its run
 * @param judged the folder of its judgement
 * @param outcome the file of its {@link CellOutcome}
 * @param judging how to judge; empty: not at all
 */
record CellJob(
        String name,
        RunSettings settings,
        Path data,
        Path judge,
        Path cache,
        Path run,
        Path judged,
        Path outcome,
        Optional<EvaluationSettings> judging) {

    private static final String NOT_JUDGED = "-";

    /** What the judgement depends on beside the run and the cases. */
    static String words(EvaluationSettings judging) {
        return labels(judging) + "; overlap " + judging.overlap();
    }

    private static String labels(EvaluationSettings judging) {
        return judging.subsets().stream()
                .map(ModalitySubset::label)
                .collect(Collectors.joining(","));
    }

    /** The job as the words of a command line, the settings in a file. */
    List<String> toArguments(Path settingsFile) {
        return Stream.concat(
                        Stream.of(name),
                        Stream.concat(
                                Stream.of(settingsFile, data, judge, cache, run, judged, outcome)
                                        .map(path -> path.toAbsolutePath().toString()),
                                Stream.of(
                                        judging.map(CellJob::labels).orElse(NOT_JUDGED),
                                        judging.map(how -> Double.toString(how.overlap()))
                                                .orElse(NOT_JUDGED))))
                .toList();
    }

    /** Reads what {@link #toArguments} wrote. */
    static CellJob ofArguments(String... words) {
        List<Path> paths = Stream.of(words).skip(1).limit(7).map(Path::of).toList();
        Optional<EvaluationSettings> judging =
                words[8].equals(NOT_JUDGED)
                        ? Optional.empty()
                        : Optional.of(
                                new EvaluationSettings(
                                        Stream.of(words[8].split(","))
                                                .map(ModalitySubset::parse)
                                                .toList(),
                                        Double.parseDouble(words[9])));
        return new CellJob(
                words[0],
                RunSettings.read(paths.get(0), Map.of()),
                paths.get(1),
                paths.get(2),
                paths.get(3),
                paths.get(4),
                paths.get(5),
                paths.get(6),
                judging);
    }
}
