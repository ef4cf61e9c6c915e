/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.spark;

import io.github.gssloss.program.evaluation.CaseEvaluator;
import io.github.gssloss.program.evaluation.EvaluationResult;
import io.github.gssloss.program.evaluation.EvaluationRun;
import io.github.gssloss.program.evaluation.EvaluationSettings;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An evaluation and its folders, by paths that driver and executors share. Text, since it travels.
 *
 * @param run the folder of the run
 * @param checkpoint the weights; empty: the last of the run
 * @param subsets the subsets of modalities, for example {@code all} and {@code flair+t2}; none: all
 * @param overlap the share of a window that the next one covers again, from 0 to below 1
 * @param unseen whether the cases that the run was trained on are left out
 * @param data the folder of the cases
 * @param out the folder for scores, tables and pictures
 * @param cache the folder of the prepared cases, on the disk of each machine or shared
 * @serial exclude
 */
@SuppressWarnings(
        "InvalidBlockTag") // It is allowed: Javadoc wants comments on what a record cannot comment.
public record CohortPlace(
        String run,
        String checkpoint,
        List<String> subsets,
        double overlap,
        boolean unseen,
        String data,
        String out,
        String cache)
        implements Serializable {

    /**
     * Keeps a copy of the subsets.
     *
     * @param run the folder of the run
     * @param checkpoint the weights; empty: the last of the run
     * @param subsets the subsets of modalities; none: all
     * @param overlap the share of a window that the next one covers again, from 0 to below 1
     * @param unseen whether the cases that the run was trained on are left out
     * @param data the folder of the cases
     * @param out the folder for scores, tables and pictures
     * @param cache the folder of the prepared cases, on the disk of each machine or shared
     */
    public CohortPlace {
        subsets = List.copyOf(subsets);
    }

    /** What evaluates the cases one by one. */
    CaseEvaluator cases() throws IOException {
        return evaluation().cases(Path.of(data), Path.of(out), Path.of(cache));
    }

    /** Makes the tables. */
    EvaluationResult collect() throws IOException {
        return evaluation().collect(Path.of(data), Path.of(out), Path.of(cache));
    }

    /** What is done, here or by one machine. */
    EvaluationRun evaluation() {
        RunFolder opened = RunFolder.open(Path.of(run));
        return new EvaluationRun(opened, weights(), settings(opened), new SilentProgress());
    }

    private Optional<Path> weights() {
        return checkpoint.isEmpty() ? Optional.empty() : Optional.of(Path.of(checkpoint));
    }

    private EvaluationSettings settings(RunFolder opened) {
        EvaluationSettings all =
                EvaluationSettings.of(subsets, overlap, opened.settings().description());
        return unseen ? all.ofUnseen() : all;
    }
}
