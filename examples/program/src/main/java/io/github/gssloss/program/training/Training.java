/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import ai.djl.Device;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Batch;
import ai.djl.translate.TranslateException;
import ai.djl.util.Progress;
import io.github.gssloss.djl.GssLoss;
import io.github.gssloss.imaging.sample.CropDataset;
import io.github.gssloss.networks.optim.AmsGrad;
import io.github.gssloss.networks.optim.PolynomialDecay;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.model.Losses;
import io.github.gssloss.program.model.RunNetwork;
import io.github.gssloss.program.runfolder.LossesCsv;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.runfolder.RunLength;
import io.github.gssloss.program.runfolder.TimingsCsv;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The steps of a run, from where it stands to its end. Steps and epochs count over all rounds; the
 * optimiser, its schedule and that of the loss begin anew with every round.
 */
public final class Training {

    private static final long WORKERS_SECONDS = 30;

    private final RunFolder run;
    private final RunSettings settings;
    private final RunLength length;
    private final RunNetwork network;
    private final CropDataset crops;
    private final Milestones milestones;
    private final StopSignal stop;
    private final Progress progress;
    private final TimingsCsv timings;
    private final DecisionLog decisions;

    Training(
            RunFolder run,
            RunNetwork network,
            CropDataset crops,
            Milestones milestones,
            StopSignal stop,
            Progress progress) {
        this.run = run;
        this.network = network;
        this.crops = crops;
        this.milestones = milestones;
        this.stop = stop;
        this.progress = progress;
        settings = run.settings();
        length = RunLength.of(settings);
        timings = new TimingsCsv(run.timings());
        decisions = new DecisionLog(run);
    }

    /**
     * Trains to the end.
     *
     * @param device where the network is
     * @param from the state whose weights the network has; empty: nothing was trained yet
     * @throws TrainingStopped if it was asked to stop
     * @throws io.github.gssloss.files.UserInputException if the run cannot be written
     */
    void run(Device device, Optional<SavedState> from) throws IOException {
        long step = from.map(SavedState::step).orElse(0L);
        try (LossesCsv losses = losses(step)) {
            milestones.begin(losses, from);
            decisions.begin(step);
            show(step);
            while (step < length.steps()) {
                boolean midway = length.inRound(step) > 0;
                step = round(device, losses, step, midway ? from : Optional.empty());
            }
        } catch (IOException e) {
            throw milestones.cannotWrite(e);
        }
        progress.end();
    }

    private void show(long step) {
        progress.reset("Training", length.steps());
        progress.start(step);
    }

    private LossesCsv losses(long step) throws IOException {
        if (step > 0) {
            return LossesCsv.resume(run.losses(), LossColumns.NAMES, step);
        }
        Files.deleteIfExists(run.losses());
        return LossesCsv.create(run.losses(), LossColumns.NAMES);
    }

    /** Trains to the end of a round, with an optimiser of its own. */
    private long round(Device device, LossesCsv losses, long from, Optional<SavedState> state)
            throws IOException {
        GssLoss loss = Losses.of(settings);
        loss.setStep(length.inRound(from));
        PolynomialDecay learningRate =
                new PolynomialDecay(settings.lr(), settings.epochs(), settings.iterations());
        try (AmsGrad optimizer =
                AmsGrad.builder()
                        .optLearningRateTracker(learningRate)
                        .optWeightDecays((float) settings.weightDecay())
                        .optBeginNumUpdate(Math.toIntExact(length.inRound(from)))
                        .build()) {
            state.ifPresent(saved -> milestones.restore(saved, optimizer));
            DefaultTrainingConfig config =
                    new DefaultTrainingConfig(loss)
                            .optDevices(new Device[] {device})
                            .optOptimizer(optimizer);
            decisions.listener(loss).ifPresent(config::addTrainingListeners);
            try (Trainer trainer = network.model().newTrainer(config)) {
                trainer.initialize(RunNetwork.inputs(settings, settings.batch()));
                TrainingStep steps =
                        new TrainingStep(run, trainer, loss, network, learningRate, progress);
                return epochs(trainer, steps, optimizer, losses, from);
            }
        }
    }

    private long epochs(
            Trainer trainer, TrainingStep steps, AmsGrad optimizer, LossesCsv losses, long from)
            throws IOException {
        ExecutorService workers = CropDataset.newWorkers(settings.workers());
        long step = from;
        try {
            do {
                step = epoch(trainer, steps, optimizer, losses, workers, step);
            } while (length.inRound(step) != 0);
            return step;
        } catch (TranslateException e) {
            throw new IllegalStateException("a batch could not be read: " + e.getMessage(), e);
        } finally {
            end(workers);
        }
    }

    /** Trains to the end of an epoch. */
    private long epoch(
            Trainer trainer,
            TrainingStep steps,
            AmsGrad optimizer,
            LossesCsv losses,
            ExecutorService workers,
            long from)
            throws IOException, TranslateException {
        int epoch = length.epochOf(from);
        long step = from;
        timings.begin();
        crops.setEpoch(epoch, length.inEpoch(from));
        for (Batch batch : crops.getData(trainer.getManager(), workers)) {
            int number = length.inEpoch(step);
            losses.append(steps.run(batch, step, () -> crops.cases(epoch, number)));
            batch.close();
            decisions.write(step);
            timings.count();
            step++;
            if (stop.requested()) {
                break;
            }
        }
        timings.end(epoch);
        if (milestones.reached(step, optimizer)) {
            show(step);
        }
        return step;
    }

    /** A sample that is being made shall not meet a trainer that is closed. */
    private static void end(ExecutorService workers) {
        workers.shutdownNow();
        try {
            workers.awaitTermination(WORKERS_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
