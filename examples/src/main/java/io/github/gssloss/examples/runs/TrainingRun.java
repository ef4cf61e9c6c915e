/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.runs;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Batch;
import ai.djl.translate.TranslateException;
import ai.djl.util.Progress;
import io.github.gssloss.djl.GssLoss;
import io.github.gssloss.djl.LossParts;
import io.github.gssloss.examples.Sha256;
import io.github.gssloss.examples.config.RunSettings;
import io.github.gssloss.examples.data.Augmentation;
import io.github.gssloss.examples.data.CaseFiles;
import io.github.gssloss.examples.data.CropDataset;
import io.github.gssloss.examples.data.PreparedCase;
import io.github.gssloss.examples.train.AmsGrad;
import io.github.gssloss.examples.train.LossesCsv;
import io.github.gssloss.examples.train.PolynomialDecay;
import io.github.gssloss.examples.train.RunFolder;
import io.github.gssloss.examples.train.RunVersions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;

/** One training, from a data folder to a run folder. */
public final class TrainingRun {

    private final RunSettings settings;
    private final Progress progress;
    private final PolynomialDecay learningRate;
    private final GssLoss loss;

    /**
     * Prepares a training.
     *
     * @param settings the settings of the run
     * @param progress told about cases and steps
     */
    public TrainingRun(RunSettings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
        learningRate = new PolynomialDecay(settings.lr(), settings.epochs(), settings.iterations());
        loss = Losses.of(settings);
    }

    /**
     * Trains. Everything that can be checked is checked before the run folder is made.
     *
     * @param data a folder of complete cases
     * @param out the folder of the run, which must not hold one
     * @param cache the folder of the prepared cases
     * @param commandLine the words that started the program, for the record
     * @return the run
     * @throws io.github.gssloss.examples.UserInputException if the input cannot be used
     * @throws IOException if reading or writing fails
     */
    public RunFolder run(Path data, Path out, Path cache, String commandLine) throws IOException {
        RunFolder.checkFree(out);
        List<CaseFiles> files = Cohort.complete(data);
        Device device = Devices.of(settings.device());
        seed(-1);
        try (RunNetwork network = RunNetwork.create(settings, device)) {
            Map<String, String> start = start(network);
            List<PreparedCase> cases = Cohort.open(files, settings, cache, progress);
            CropDataset crops = crops(cases);
            Map<String, String> versions =
                    RunVersions.collect(device, settings.seed(), commandLine);
            versions.putAll(start);
            RunFolder run = RunFolder.create(out, settings, versions);
            train(network, device, crops, run);
            LossColumns.draw(run);
            return run;
        }
    }

    /** Loads the weights to start from; what is to be known of them goes into the record. */
    private Map<String, String> start(RunNetwork network) throws IOException {
        Map<String, String> record = new LinkedHashMap<>();
        if (settings.model().weights().isPresent()) {
            Path weights = Path.of(settings.model().weights().get());
            List<String> leftOut = network.load(weights);
            record.put("weightsSha256", Sha256.ofFile(weights));
            if (!leftOut.isEmpty()) {
                record.put("weightsLeftOut", String.join(", ", leftOut));
            }
        }
        return record;
    }

    private void train(RunNetwork network, Device device, CropDataset crops, RunFolder run)
            throws IOException {
        try (AmsGrad optimizer = optimizer();
                LossesCsv losses = LossesCsv.create(run.losses(), LossColumns.NAMES)) {
            DefaultTrainingConfig config =
                    new DefaultTrainingConfig(loss)
                            .optDevices(new Device[] {device})
                            .optOptimizer(optimizer);
            try (Trainer trainer = network.model().newTrainer(config)) {
                trainer.initialize(RunNetwork.inputs(settings, settings.batch()));
                epochs(trainer, crops, losses, new Checkpoints(run, network));
            }
        }
    }

    private AmsGrad optimizer() {
        return AmsGrad.builder()
                .optLearningRateTracker(learningRate)
                .optWeightDecays((float) settings.weightDecay())
                .build();
    }

    private CropDataset crops(List<PreparedCase> cases) {
        return CropDataset.builder()
                .setCases(cases)
                .setCrop(settings.crop().sides())
                .setBatchSize(settings.batch())
                .setIterations(settings.iterations())
                .optSeed(settings.seed())
                .optAugmentation(settings.augment() ? Augmentation.PAPER : Augmentation.NONE)
                .optTumourFraction(settings.tumourFraction())
                .build();
    }

    private void epochs(
            Trainer trainer, CropDataset crops, LossesCsv losses, Checkpoints checkpoints)
            throws IOException {
        long steps = (long) settings.epochs() * settings.iterations();
        ExecutorService workers = CropDataset.newWorkers(settings.workers());
        progress.reset("Training", steps);
        try {
            for (int epoch = 0; epoch < settings.epochs(); epoch++) {
                crops.setEpoch(epoch);
                for (Batch batch : crops.getData(trainer.getManager(), workers)) {
                    losses.append(step(trainer, batch, epoch));
                    batch.close();
                }
                if ((epoch + 1) % settings.checkpointEvery() == 0
                        || epoch + 1 == settings.epochs()) {
                    checkpoints.write(epoch + 1);
                }
            }
        } catch (TranslateException e) {
            throw new IllegalStateException("a batch could not be read: " + e.getMessage(), e);
        } finally {
            workers.shutdownNow();
        }
        progress.end();
    }

    private LossesCsv.Row step(Trainer trainer, Batch batch, int epoch) {
        long step = loss.step();
        seed(step);
        EasyTrain.trainBatch(trainer, batch);
        trainer.step();
        LossParts parts = loss.lastParts();
        if (!Float.isFinite(parts.total())) {
            throw new IllegalStateException(
                    "step %d of epoch %d: the loss is not finite: %s"
                            .formatted(step, epoch, parts));
        }
        progress.update(step + 1, line(epoch, parts));
        double lr = learningRate.getNewValue(Math.toIntExact(step + 1));
        return new LossesCsv.Row(epoch, step, lr, LossColumns.of(parts));
    }

    private String line(int epoch, LossParts parts) {
        return String.format(
                Locale.ROOT,
                "epoch %d/%d, loss %.3f = fused %.2f + branches %.2f + aux %.2f, distillation %.4f",
                epoch + 1,
                settings.epochs(),
                parts.total(),
                parts.fused(),
                parts.branches(),
                parts.auxiliary(),
                parts.distillation());
    }

    /** What a step draws depends on the run's seed and its own number alone. */
    private void seed(long step) {
        long mixed = settings.seed() * 0x9E3779B97F4A7C15L + step * 0xBF58476D1CE4E5B9L;
        Engine.getInstance().setRandomSeed((int) (mixed ^ mixed >>> 32));
    }
}
