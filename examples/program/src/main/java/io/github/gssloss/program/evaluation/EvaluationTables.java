/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.evaluation;

import io.github.gssloss.files.WholeFile;
import io.github.gssloss.imaging.dataset.Cohort;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.measure.Score;
import io.github.gssloss.imaging.measure.ScoreTable;
import io.github.gssloss.program.tables.ScoreTableFormat;
import io.github.gssloss.program.tables.ScoresCsv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tables of an evaluation, and its record: they are written together, at the end. */
final class EvaluationTables {

    private static final Logger LOG = LoggerFactory.getLogger(EvaluationTables.class);
    private static final String SCORES = "scores.csv";
    private static final String SUMMARY = "summary.md";
    private static final String SUMMARY_CSV = "summary.csv";
    private static final String RECORD = "evaluation.yaml";

    private final Path out;
    private final List<ModalitySubset> subsets;

    /**
     * Says where they go.
     *
     * @param out the folder
     * @param subsets the subsets that were asked for, in the order of the tables
     */
    EvaluationTables(Path out, List<ModalitySubset> subsets) {
        this.out = out;
        this.subsets = List.copyOf(subsets);
    }

    /** The tables of an earlier evaluation must not be taken for those of this one. */
    static void remove(Path out) throws IOException {
        for (String table : List.of(SCORES, SUMMARY, SUMMARY_CSV, RECORD)) {
            Files.deleteIfExists(out.resolve(table));
        }
    }

    /** Writes them in place of what is there; nothing where there are no scores. */
    EvaluationResult write(CohortEvaluation cohort, Cohort found) throws IOException {
        remove(out);
        List<Score> scores = cohort.scores();
        if (scores.isEmpty()) {
            return new EvaluationResult(Optional.empty(), cohort.problems());
        }
        ScoreTable table = new ScoreTable(scores, subsets);
        warnOfGaps(found, table);
        WholeFile.write(out.resolve(SCORES), ScoresCsv.text(scores));
        WholeFile.write(out.resolve(SUMMARY), new ScoreTableFormat(table).markdown());
        WholeFile.write(out.resolve(SUMMARY_CSV), new ScoreTableFormat(table).csv());
        WholeFile.write(out.resolve(RECORD), cohort.toYaml(table.cases(), found.skipped()));
        return new EvaluationResult(Optional.of(table), cohort.problems());
    }

    /** Rows of other cases, and rows that are not there. */
    private void warnOfGaps(Cohort found, ScoreTable table) {
        Cohort.gaps(found.cases())
                .ifPresent(
                        gaps ->
                                LOG.warn(
                                        "{}; each subset is evaluated on the cases that have all of"
                                                + " its modalities",
                                        gaps));
        List<ModalitySubset> left = new ArrayList<>(subsets);
        left.removeAll(table.subsets());
        if (!left.isEmpty()) {
            LOG.warn("not evaluated, as no case has all of their modalities: {}", left);
        }
    }
}
