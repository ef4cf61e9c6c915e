/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

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
import io.github.gssloss.files.StopSignal;
import io.github.gssloss.files.StoppedException;
import io.github.gssloss.imaging.sample.CropDataset;
import io.github.gssloss.imaging.sample.CropWorkers;
import io.github.gssloss.networks.optim.AmsGrad;
import io.github.gssloss.networks.optim.GlobalNorm;
import io.github.gssloss.networks.optim.PolynomialDecay;
import io.github.gssloss.networks.weights.BlockWeights;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.model.Losses;
import io.github.gssloss.program.model.RunNetwork;
import io.github.gssloss.program.report.Pictures;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.runfolder.RunLength;
import io.github.gssloss.program.runfolder.SavedState;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The steps of a run, from where it stands to its end. Steps and epochs count over all rounds; the
 * optimiser, its schedule and that of the loss begin anew with every round, the running counts of
 * the loss's readiness go on. A step whose loss is no number is not taken.
 */
final class Training {

    private static final long WORKERS_SECONDS = 30;

    private final RunFolder run;
    private final RunSettings settings;
    private final RunLength length;
    private final RunNetwork network;
    private final CropDataset crops;
    private final Progress progress;
    private final Consumer<String> notes;
    private final LossLog losses;
    private final DecisionLog decisions;
    private final TimingLog timings;
    private final TimeToGo timeToGo;
    private final EpochEnd epochEnd;

    /** The running counts of the loss, from round to round; none without readiness. */
    private double[] leaderCounts = {};

    /**
     * Prepares the steps.
     *
     * @param run the run
     * @param network its network
     * @param cases its cases, opened
     * @param progress the display of steps
     * @param notes takes lines for the user while it trains
     */
    Training(
            RunFolder run,
            RunNetwork network,
            TrainingCases cases,
            Progress progress,
            Consumer<String> notes) {
        this.run = run;
        this.network = network;
        this.progress = progress;
        this.notes = notes;
        settings = run.settings();
        length = RunLength.of(settings);
        crops = cases.crops();
        losses = new LossLog(run);
        decisions = new DecisionLog(run);
        timings = new TimingLog(run);
        timeToGo = new TimeToGo(length.steps(), settings.validates(), System::nanoTime);
        epochEnd = new EpochEnd(run, network, losses, cases, progress);
    }

    /**
     * Trains to the end and draws the charts.
     *
     * @param from the state whose weights the network has; empty: nothing was trained yet
     * @throws StoppedException if it was asked to stop
     * @throws io.github.gssloss.files.UserInputException if the run cannot be written
     */
    void run(Optional<SavedState> from) throws IOException {
        long step = from.map(SavedState::step).orElse(0L);
        try {
            losses.begin(step);
            decisions.begin(step);
            epochEnd.begin(from);
            leaderCounts = from.map(epochEnd::leaderCounts).orElse(leaderCounts);
            show(step);
            while (step < length.steps()) {
                boolean midway = length.inRound(step) > 0;
                step = round(step, midway ? from : Optional.empty());
            }
        } catch (IOException e) {
            throw epochEnd.cannotWrite(e);
        }
        progress.end();
        draw(run);
    }

    /** Draws the charts of a run from what it has logged; what cannot be drawn is a warning. */
    static void draw(RunFolder run) {
        Pictures.attempt(run.decisionsChart(), new DecisionLog(run)::draw);
        Pictures.attempt(run.learningCurve(), new LossLog(run)::draw);
    }

    private void show(long step) {
        progress.reset("Training", length.steps());
        progress.start(step);
    }

    /** Trains to the end of a round, with an optimiser of its own. */
    private long round(long from, Optional<SavedState> state) throws IOException {
        GssLoss loss = Losses.of(settings);
        loss.setStep(length.inRound(from));
        loss.setLeaderCounts(leaderCounts);
        PolynomialDecay learningRate =
                new PolynomialDecay(settings.lr(), settings.epochs(), settings.iterations());
        try (AmsGrad optimizer =
                AmsGrad.builder()
                        .optLearningRateTracker(learningRate)
                        .optWeightDecays((float) settings.weightDecay())
                        .optBeginNumUpdate(Math.toIntExact(length.inRound(from)))
                        .build()) {
            if (state.isPresent()) {
                epochEnd.restore(state.get(), optimizer);
            }
            DefaultTrainingConfig config =
                    new DefaultTrainingConfig(loss)
                            .optDevices(new Device[] {network.manager().getDevice()})
                            .optOptimizer(optimizer);
            decisions.listener(loss).ifPresent(config::addTrainingListeners);
            try (Trainer trainer = network.model().newTrainer(config)) {
                trainer.initialize(RunNetwork.inputs(settings, settings.batch()));
                long step = new Round(trainer, loss, learningRate, optimizer).run(from);
                leaderCounts = loss.getLeaderCounts();
                return step;
            }
        }
    }

    /** The steps of a round. */
    private final class Round {

        private final Trainer trainer;
        private final GssLoss loss;
        private final PolynomialDecay learningRate;
        private final AmsGrad optimizer;

        Round(Trainer trainer, GssLoss loss, PolynomialDecay learningRate, AmsGrad optimizer) {
            this.trainer = trainer;
            this.loss = loss;
            this.learningRate = learningRate;
            this.optimizer = optimizer;
        }

        long run(long from) throws IOException {
            ExecutorService workers = CropWorkers.start(settings.workers());
            long step = from;
            try {
                do {
                    step = epoch(workers, step);
                } while (length.inRound(step) != 0);
                return step;
            } catch (TranslateException e) {
                throw new IllegalStateException("a batch could not be read: " + e.getMessage(), e);
            } finally {
                end(workers);
            }
        }

        private long epoch(ExecutorService workers, long from)
                throws IOException, TranslateException {
            int epoch = length.epochOf(from);
            long step = from;
            timings.begin();
            timeToGo.begin();
            crops.setEpoch(epoch, length.inEpoch(from));
            for (Batch batch : crops.getData(trainer.getManager(), workers)) {
                train(batch, step);
                batch.close();
                step++;
                if (StopSignal.requested()) {
                    break;
                }
            }
            timings.end(epoch, step - from);
            if (epochEnd.reached(step, optimizer, loss)) {
                show(step);
            }
            return step;
        }

        private void train(Batch batch, long step) throws IOException {
            seed(settings.seed(), step);
            EasyTrain.trainBatch(trainer, batch);
            LossParts parts = loss.lastParts();
            if (!Float.isFinite(parts.total())) {
                throw unusable(step, "the loss is not finite: " + LossLog.notFinite(parts));
            }
            if (settings.clipNorm().isPresent()) {
                var parameters = BlockWeights.parameters(network.parameters()).values();
                float norm = GlobalNorm.clip(parameters, settings.clipNorm().get());
                if (!Float.isFinite(norm)) {
                    throw unusable(step, "the norm of the gradients is " + norm);
                }
            }
            trainer.step();
            progress.update(step + 1, losses.line(step, parts));
            losses.write(
                    step,
                    learningRate.getNewValue(Math.toIntExact(length.inRound(step) + 1)),
                    parts);
            decisions.write(step);
            timeToGo.done(step + 1).forEach(notes);
        }

        /** A sample that is being made shall not meet a trainer that is closed. */
        private void end(ExecutorService workers) {
            workers.shutdownNow();
            try {
                workers.awaitTermination(WORKERS_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private IllegalStateException unusable(long step, String problem) {
        int epoch = length.epochOf(step);
        String cases = String.join(", ", crops.cases(epoch, length.inEpoch(step)));
        return new IllegalStateException(
                "step %d of epoch %d, cases %s: %s".formatted(step, epoch, cases, problem));
    }

    /** What a step draws depends on the run's seed and its own number alone. */
    static void seed(long seed, long step) {
        long mixed = seed * 0x9E3779B97F4A7C15L + step * 0xBF58476D1CE4E5B9L;
        Engine.getInstance().setRandomSeed((int) (mixed ^ mixed >>> 32));
    }
}
