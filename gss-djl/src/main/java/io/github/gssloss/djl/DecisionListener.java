/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.Device;
import ai.djl.metric.Metrics;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.Trainer;
import ai.djl.training.listener.TrainingListenerAdapter;
import io.github.gssloss.core.ClassDecisions;
import io.github.gssloss.core.Decision;
import io.github.gssloss.core.DecisionShares;
import io.github.gssloss.core.DistillationInput;
import io.github.gssloss.core.GroupDistillation;
import io.github.gssloss.core.GssConfig;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports every so many training batches how the votes were decided: logs the table of {@link
 * DecisionShares} at info, and adds its numbers to the trainer's metrics.
 *
 * <p>The metrics, each from 0 to 1, are {@code gss_decision/<class>/<decision>}, for example {@code
 * gss_decision/ED/ALL_LEADERS}, {@code gss_decision_within/<class>/<decision>} over the voxels
 * labelled with the class if there are any, {@code gss_undecided}, {@code gss_trusted}, {@code
 * gss_trusted_within/<class>}, {@code gss_ready/<class>}, 0 or 1, with readiness, and {@code
 * gss_target_dice/<class>}, the Dice of the soft target against the labels. A slash in the name of
 * a class is written as a hyphen, {@code gss_decision/NCR-NET/MEMBERS}. With another {@link
 * io.github.gssloss.core.Teacher} than the vote the decisions are still those of the vote, and the
 * other numbers those of the teacher. A batch that is split over devices adds one number a device.
 * A report costs a pass over the branch logits of its batch and a wait for the device; other
 * batches cost nothing.
 *
 * <p>Labels are those of {@link GssLoss}. The listener does not change the training: it draws no
 * random number, so that a run is the same with and without it, and frees all it computes.
 */
public class DecisionListener extends TrainingListenerAdapter {

    private static final Logger logger = LoggerFactory.getLogger(DecisionListener.class);
    private static final int DEFAULT_EVERY = 50;

    private final OutputLayout layout;
    private final LongFunction<GssConfig> configAt;
    private final LongSupplier trained;
    private final Supplier<NDArray> ready;
    private final int every;

    /** The training batches that this listener has seen. */
    private long seen;

    /**
     * Creates a listener that reports on the first training batch and on every 50th after it.
     *
     * @param layout where the branch logits are
     * @param config the settings of the method
     * @throws IllegalArgumentException if layout or settings are null, they differ in the number of
     *     branches, or the settings have readiness
     */
    public DecisionListener(OutputLayout layout, GssConfig config) {
        this(layout, config, DEFAULT_EVERY);
    }

    /**
     * Creates the listener.
     *
     * @param layout where the branch logits are
     * @param config the settings of the method
     * @param every reports on the first training batch and on every so many after it, at least 1
     * @throws IllegalArgumentException if layout or settings are null, they differ in the number of
     *     branches, {@code every} is below 1, or the settings have readiness
     */
    public DecisionListener(OutputLayout layout, GssConfig config, int every) {
        this.layout = LossArguments.requireNonNull("layout", layout);
        LayoutCheck.requireBranches(layout, LossArguments.requireNonNull("config", config));
        if (config.readiness().isPresent()) {
            throw new IllegalArgumentException(
                    "config: expected no readiness, whose state a loss has, got "
                            + config.readiness().get()
                            + "; use the constructor with a loss");
        }
        this.every = requireEvery(every);
        configAt = step -> config;
        trained = () -> seen;
        ready = () -> null;
    }

    /**
     * Creates a listener for a loss whose settings change: each report has those of its batch. The
     * batches are counted by the loss, so that a training that is resumed reports on the same ones
     * as one that was never stopped.
     *
     * @param loss the loss that is trained with
     * @param every reports on the training batches whose number, from 0, is a multiple of this, at
     *     least 1
     * @throws IllegalArgumentException if the loss is null, or {@code every} is below 1
     */
    public DecisionListener(GssLoss loss, int every) {
        layout = LossArguments.requireNonNull("loss", loss).layout();
        this.every = requireEvery(every);
        configAt = loss::configAt;
        trained = loss::getStep;
        ready = loss::ready;
    }

    private static int requireEvery(int every) {
        return (int) LossArguments.requireAtLeast("every", "a number of batches", every, 1);
    }

    /** {@inheritDoc} */
    @Override
    public void onTrainingBatch(Trainer trainer, BatchData batchData) {
        seen++;
        // The loss has counted the batch when it is reported on.
        long step = Math.max(0, trained.getAsLong() - 1);
        if (step % every != 0) {
            return;
        }
        for (Map.Entry<Device, NDList> part : batchData.getPredictions().entrySet()) {
            if (layout.hasAllOutputs(part.getValue())) {
                NDList labels = batchData.getLabels().get(part.getKey());
                report(trainer, shares(labels, part.getValue(), configAt.apply(step)));
            }
        }
    }

    private DecisionShares shares(NDList labels, NDList predictions, GssConfig config) {
        try (LabelledBatch batch =
                new LabelledBatch(layout, config.ignoreIndex(), labels, predictions)) {
            DistillationInput input =
                    DistillationInput.builder()
                            .setBranchLogits(batch.branchLogits())
                            .optLabels(batch.classes())
                            .optPresent(batch.present())
                            .optFused(
                                    config.teacher().needsFused()
                                            ? batch.fused().probabilities()
                                            : null)
                            .optReady(ready.get())
                            .build();
            return DecisionShares.of(new GroupDistillation(config), input);
        }
    }

    /**
     * Reports the decisions of a batch to the log and the trainer's metrics. The listener calls it
     * after each training batch that is reported on, once a device. Programs may override it to
     * report elsewhere.
     *
     * @param trainer the trainer of the batch
     * @param shares how its votes were decided: numbers, no arrays, so that they may be kept
     */
    protected void report(Trainer trainer, DecisionShares shares) {
        logger.info("Training batch {}:\n{}", trained.getAsLong(), shares.toTable());
        Metrics metrics = trainer.getMetrics();
        if (metrics == null) {
            return;
        }
        metrics.addMetric("gss_undecided", shares.undecided());
        metrics.addMetric("gss_trusted", shares.trusted());
        for (ClassDecisions one : shares.classes()) {
            String name = one.className().replace('/', '-');
            for (Decision decision : Decision.values()) {
                String of = name + "/" + decision;
                metrics.addMetric("gss_decision/" + of, one.share(decision));
                one.shareWithin(decision)
                        .ifPresent(share -> metrics.addMetric("gss_decision_within/" + of, share));
            }
            one.targetDice().ifPresent(dice -> metrics.addMetric("gss_target_dice/" + name, dice));
            one.trustedWithin()
                    .ifPresent(trust -> metrics.addMetric("gss_trusted_within/" + name, trust));
            one.ready().ifPresent(is -> metrics.addMetric("gss_ready/" + name, is ? 1 : 0));
        }
    }
}
