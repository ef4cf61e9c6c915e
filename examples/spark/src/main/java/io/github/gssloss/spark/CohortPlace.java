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
import java.util.stream.IntStream;

/**
 * A cohort, the networks that it is given to and the folders, by paths that driver and executors
 * share. Text, since it travels.
 *
 * @param runs the folders of the runs, at least one; of several the mean of the probabilities
 * @param weights the weights of each run: a file, or its name among the checkpoints; empty: the
 *     newest of each
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
        List<String> weights,
        List<String> options,
        String data,
        String out,
        String cache)
        implements Serializable {

    /**
     * Keeps copies of the lists.
     *
     * @param runs the folders of the runs, at least one
     * @param weights the weights of each run; empty: the newest of each
     * @param options options that say how
     * @param data the folder of the cases
     * @param out the folder for all results
     * @param cache the folder of the prepared cases
     */
    public CohortPlace {
        runs = List.copyOf(runs);
        weights = List.copyOf(weights);
        options = List.copyOf(options);
    }

    /**
     * Looks up once which weights are the newest, so that machines which load them at other times
     * take the same: a training may be going on.
     *
     * @return the same with the weights of each run
     * @throws UserInputException if a run has none
     */
    CohortPlace withWeights() {
        List<String> names = weights(open()).stream().map(CohortPlace::name).toList();
        return new CohortPlace(runs, names, options, data, out, cache);
    }

    /** Of an exported model, which is unpacked elsewhere each time, the name has to do. */
    private static String name(RunWeights one) {
        Path folder = one.run().checkpoints();
        Path file = one.checkpoint();
        return file.startsWith(folder)
                ? folder.relativize(file).toString()
                : ClusterOptions.text(file);
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
        if (weights.isEmpty()) {
            return folders.stream().map(run -> RunWeights.of(run, Optional.empty())).toList();
        }
        return IntStream.range(0, folders.size())
                .mapToObj(i -> chosen(folders.get(i), weights.get(i)))
                .toList();
    }

    private static RunWeights chosen(RunFolder run, String file) {
        return new RunWeights(run, run.checkpoints().resolve(file));
    }

    /** Nobody looks at an executor's output: Spark shows how many tasks are done. */
    static Progress silent() {
        return new Silent();
    }
}
