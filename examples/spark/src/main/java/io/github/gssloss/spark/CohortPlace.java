/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.spark;

import ai.djl.util.Progress;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.program.Silent;
import io.github.gssloss.program.cli.EvaluationOptions;
import io.github.gssloss.program.cli.PredictionOptions;
import io.github.gssloss.program.evaluation.CaseEvaluator;
import io.github.gssloss.program.evaluation.EvaluationResult;
import io.github.gssloss.program.evaluation.EvaluationRun;
import io.github.gssloss.program.evaluation.EvaluationSettings;
import io.github.gssloss.program.prediction.FolderPrediction;
import io.github.gssloss.program.prediction.PredictionRun;
import io.github.gssloss.program.prediction.PredictionSettings;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.runfolder.RunWeights;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A cohort, the networks that it is given to and the folders, by paths that driver and executors
 * share. Text, since it travels.
 *
 * @param runs the folders of the runs, at least one; of several the mean of the probabilities
 * @param checkpoint the weights of a single run; empty: the last of each
 * @param options options of {@code gss evaluate} or {@code gss predict} that say how, for example
 *     {@code --subsets=all,flair+t2} or {@code --mirror=x}
 * @param data the folder of the cases
 * @param out the folder for all results
 * @param cache the folder of the prepared cases, on the disk of each machine or shared; a
 *     prediction has none
 * @serial exclude
 */
@SuppressWarnings(
        "InvalidBlockTag") // It is allowed: Javadoc wants comments on what a record cannot comment.
public record CohortPlace(
        List<String> runs,
        String checkpoint,
        List<String> options,
        String data,
        String out,
        String cache)
        implements Serializable {

    /**
     * Keeps copies of the lists.
     *
     * @param runs the folders of the runs, at least one
     * @param checkpoint the weights of a single run; empty: the last of each
     * @param options options that say how
     * @param data the folder of the cases
     * @param out the folder for all results
     * @param cache the folder of the prepared cases
     */
    public CohortPlace {
        runs = List.copyOf(runs);
        options = List.copyOf(options);
    }

    /** What evaluates the cases one by one. */
    CaseEvaluator cases(EvaluationRun evaluation) throws IOException {
        return evaluation.cases(Path.of(data), Path.of(out), Path.of(cache));
    }

    /** Makes the tables. */
    EvaluationResult collect(EvaluationRun evaluation) throws IOException {
        return evaluation.collect(Path.of(data), Path.of(out), Path.of(cache));
    }

    /** What is evaluated, here or by one machine. */
    EvaluationRun evaluation() {
        EvaluationOptions how = OptionWords.read(new EvaluationOptions(), options);
        if (runs.size() > 1 && !how.ensemble()) {
            throw new UserInputException(
                    "--run: expected one, or --ensemble beside several, got %d: gss evaluate compares them"
                            .formatted(runs.size()));
        }
        List<RunFolder> folders = open();
        EvaluationSettings settings = how.settings(description(folders));
        return new EvaluationRun(weights(folders), settings, silent());
    }

    /** What is segmented, here or by one machine. */
    FolderPrediction prediction() {
        PredictionOptions how = OptionWords.read(new PredictionOptions(), options);
        List<RunFolder> folders = open();
        PredictionSettings settings = how.settings(description(folders));
        PredictionRun run =
                new PredictionRun(weights(folders), settings, silent())
                        .withPictures(how.pictures());
        return new FolderPrediction(run, Path.of(data), Path.of(out), how.overwrite());
    }

    /** Whether predictions that are there are made anew. */
    boolean overwrites() {
        return OptionWords.read(new PredictionOptions(), options).overwrite();
    }

    /** Opens the runs; an exported model is unpacked each time. */
    private List<RunFolder> open() {
        return runs.stream().map(run -> RunFolder.open(Path.of(run))).toList();
    }

    private static DataDescription description(List<RunFolder> folders) {
        return folders.get(0).settings().description();
    }

    private List<RunWeights> weights(List<RunFolder> folders) {
        Optional<Path> file =
                checkpoint.isEmpty() ? Optional.empty() : Optional.of(Path.of(checkpoint));
        return folders.stream().map(run -> RunWeights.of(run, file)).toList();
    }

    /** Nobody looks at an executor's output: Spark shows how many tasks are done. */
    static Progress silent() {
        return new Silent();
    }
}
