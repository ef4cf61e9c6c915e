/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import ai.djl.engine.Engine;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Batch;
import ai.djl.util.Progress;
import io.github.gssloss.djl.GssLoss;
import io.github.gssloss.djl.LossParts;
import io.github.gssloss.networks.optim.GlobalNorm;
import io.github.gssloss.networks.optim.PolynomialDecay;
import io.github.gssloss.networks.weights.BlockWeights;
import io.github.gssloss.program.model.RunNetwork;
import io.github.gssloss.program.runfolder.LossesCsv;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.runfolder.RunLength;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** One step of a training. A step whose loss is no number is not taken. */
final class TrainingStep {

    private final long seed;
    private final Optional<Double> clipNorm;
    private final RunLength length;
    private final Trainer trainer;
    private final GssLoss loss;
    private final RunNetwork network;
    private final PolynomialDecay learningRate;
    private final Progress progress;

    TrainingStep(
            RunFolder run,
            Trainer trainer,
            GssLoss loss,
            RunNetwork network,
            PolynomialDecay learningRate,
            Progress progress) {
        this.trainer = trainer;
        this.loss = loss;
        this.network = network;
        this.learningRate = learningRate;
        this.progress = progress;
        seed = run.settings().seed();
        clipNorm = run.settings().clipNorm();
        length = RunLength.of(run.settings());
    }

    /**
     * Takes a step.
     *
     * @param batch its samples
     * @param step its number
     * @param cases names the cases of the samples, where a problem is to be told
     * @return its row of the losses
     * @throws IllegalStateException if the loss or the gradient is not finite
     */
    LossesCsv.Row run(Batch batch, long step, Supplier<List<String>> cases) {
        seed(seed, step);
        EasyTrain.trainBatch(trainer, batch);
        LossParts parts = loss.lastParts();
        if (!Float.isFinite(parts.total())) {
            throw unusable(step, cases, "the loss is not finite: " + notFinite(parts));
        }
        if (clipNorm.isPresent()) {
            float norm =
                    GlobalNorm.clip(
                            BlockWeights.parameters(network.parameters()).values(), clipNorm.get());
            if (!Float.isFinite(norm)) {
                throw unusable(step, cases, "the norm of the gradients is " + norm);
            }
        }
        trainer.step();
        int epoch = length.epochOf(step);
        progress.update(step + 1, line(epoch, parts));
        double lr = learningRate.getNewValue(Math.toIntExact(length.inRound(step) + 1));
        return new LossesCsv.Row(epoch, step, lr, LossColumns.of(parts));
    }

    private IllegalStateException unusable(
            long step, Supplier<List<String>> cases, String problem) {
        return new IllegalStateException(
                "step %d of epoch %d, cases %s: %s"
                        .formatted(
                                step,
                                length.epochOf(step),
                                String.join(", ", cases.get()),
                                problem));
    }

    /** The parts that are not finite; the total where each of them is. */
    static String notFinite(LossParts parts) {
        Map<String, Double> columns = LossColumns.of(parts);
        String named =
                columns.entrySet().stream()
                        .filter(part -> !Double.isFinite(part.getValue()))
                        .filter(part -> !part.getKey().equals("total"))
                        .map(part -> part.getKey() + " is " + part.getValue())
                        .collect(Collectors.joining(", "));
        return named.isEmpty() ? "total is " + parts.total() : named;
    }

    private String line(int epoch, LossParts parts) {
        return String.format(
                Locale.ROOT,
                "epoch %d/%d, loss %.3f = fused %.2f + branches %.2f + aux %.2f, distillation %.4f",
                epoch + 1,
                length.allEpochs(),
                parts.total(),
                parts.fused(),
                parts.branches(),
                parts.auxiliary(),
                parts.distillation());
    }

    /** What a step draws depends on the run's seed and its own number alone. */
    static void seed(long seed, long step) {
        long mixed = seed * 0x9E3779B97F4A7C15L + step * 0xBF58476D1CE4E5B9L;
        Engine.getInstance().setRandomSeed((int) (mixed ^ mixed >>> 32));
    }
}
