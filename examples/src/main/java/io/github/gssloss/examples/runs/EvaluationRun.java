/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.runs;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.ParameterStore;
import ai.djl.util.Progress;
import io.github.gssloss.examples.config.RunSettings;
import io.github.gssloss.examples.data.CaseFiles;
import io.github.gssloss.examples.data.PreparedCase;
import io.github.gssloss.examples.evaluate.DiceTable;
import io.github.gssloss.examples.evaluate.Evaluation;
import io.github.gssloss.examples.evaluate.EvaluationCase;
import io.github.gssloss.examples.evaluate.Judgement;
import io.github.gssloss.examples.evaluate.ModalitySubset;
import io.github.gssloss.examples.evaluate.SlidingWindow;
import io.github.gssloss.examples.networks.rfnet.RfNet;
import io.github.gssloss.examples.report.OverlayPicture;
import io.github.gssloss.examples.train.RunFolder;
import io.github.gssloss.examples.weights.BlockWeights;
import io.github.gssloss.examples.weights.NpzFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Judges the network of a run on a folder of cases: a table, and a picture of each case. */
public final class EvaluationRun {

    private final RunFolder run;
    private final List<ModalitySubset> subsets;
    private final Progress progress;
    private OverlayPicture picture;

    /**
     * Prepares a judgement.
     *
     * @param run the run
     * @param subsets the subsets of modalities to judge with, in the order of the table
     * @param progress told about cases and predictions
     */
    public EvaluationRun(RunFolder run, List<ModalitySubset> subsets, Progress progress) {
        this.run = run;
        this.subsets = List.copyOf(subsets);
        this.progress = progress;
    }

    /**
     * Judges every case with every subset, in windows of the size of the run's crops. Writes {@code
     * dice.csv}, {@code dice.md} and {@code overlay-CASE.png}.
     *
     * @param checkpoint the weights; empty: the last of the run
     * @param data a folder of complete cases
     * @param out the folder for table and pictures; made where it is missing
     * @param cache the folder of the prepared cases
     * @return the table
     * @throws io.github.gssloss.examples.UserInputException if the input cannot be used
     * @throws IOException if writing fails
     */
    public DiceTable judge(Optional<Path> checkpoint, Path data, Path out, Path cache)
            throws IOException {
        RunSettings settings = run.settings();
        Path weights = checkpoint.orElseGet(() -> Checkpoints.last(run));
        List<CaseFiles> files = Cohort.complete(data);
        Device device = Devices.of(settings.device());
        List<EvaluationCase> cases =
                Cohort.open(files, settings, cache, progress).stream()
                        .<EvaluationCase>map(PreparedEvaluationCase::new)
                        .toList();
        Files.createDirectories(out);
        try (Model model = Model.newInstance("judged", device)) {
            NDManager manager = model.getNDManager();
            RfNet network = load(manager, weights);
            SlidingWindow window =
                    new SlidingWindow(
                            new RfNetSegmenter(network, new ParameterStore(manager, false)),
                            settings.labels().classes(),
                            settings.crop().sides());
            progress.reset("Judging", (long) cases.size() * subsets.size());
            DiceTable table =
                    new Evaluation(window, subsets, judgement -> note(judgement, out))
                            .evaluate(manager, cases);
            progress.end();
            table.toCsv(out.resolve("dice.csv"));
            Files.writeString(out.resolve("dice.md"), table.toMarkdown());
            network.clear();
            return table;
        }
    }

    private RfNet load(NDManager manager, Path weights) {
        RfNet network = Networks.of(run.settings());
        network.initialize(manager, DataType.FLOAT32, Networks.inputs(run.settings(), 1));
        try (NDManager reading = manager.newSubManager()) {
            BlockWeights.load(network, NpzFile.read(reading, weights), weights.toString());
        }
        return network;
    }

    /** Collects the predictions of a case and draws them when the last is there. */
    private void note(Judgement judgement, Path out) {
        EvaluationCase shown = judgement.evaluated();
        if (judgement.subset().equals(subsets.get(0))) {
            picture = new OverlayPicture(shown, run.settings().labels());
        }
        picture.addPrediction(judgement.subset(), judgement.prediction());
        if (judgement.subset().equals(subsets.get(subsets.size() - 1))) {
            picture.write(out.resolve("overlay-" + shown.name() + ".png"));
        }
        progress.update(judgement.done(), shown.name() + " with " + judgement.subset());
    }

    /** A prepared case as the evaluation wants it. */
    private record PreparedEvaluationCase(PreparedCase prepared) implements EvaluationCase {

        @Override
        public String name() {
            return prepared.name();
        }

        @Override
        public int[] shape() {
            return prepared.shape();
        }

        @Override
        public float[] images() {
            return prepared.images();
        }

        @Override
        public byte[] labels() {
            return prepared.labels();
        }
    }
}
