/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.Device;
import ai.djl.metric.Metrics;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.Trainer;
import ai.djl.training.listener.TrainingListenerAdapter;
import io.github.gssloss.core.ClassDecisions;
import io.github.gssloss.core.Decision;
import io.github.gssloss.core.DecisionShares;
import io.github.gssloss.core.GroupDistillation;
import io.github.gssloss.core.GssConfig;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports every so many training batches how the votes were decided: logs the table of {@link
 * DecisionShares} at info, and adds its numbers to the trainer's metrics.
 *
 * <p>The metrics, each from 0 to 1, are {@code gss_decision/<class>/<decision>}, for example {@code
 * gss_decision/ED/ALL_LEADERS}, {@code gss_decision_within/<class>/<decision>} over the voxels
 * labelled with the class if there are any, {@code gss_undecided}, and {@code
 * gss_target_dice/<class>}, the Dice of the soft target against the labels. With another {@link
 * io.github.gssloss.core.Teacher} than the vote the decisions are still those of the vote, and the
 * other numbers those of the teacher. A batch that is split over devices adds one number a device.
 *
 * <p>Labels are those of {@link GssLoss}. The listener does not change the training: it draws no
 * random number, so that a run is the same with and without it, and frees all it computes.
 */
public class DecisionListener extends TrainingListenerAdapter {

    private static final Logger logger = LoggerFactory.getLogger(DecisionListener.class);
    private static final int DEFAULT_EVERY = 50;

    private final OutputLayout layout;
    private final Supplier<GssConfig> settings;
    private final int every;

    /** The batches so far. */
    private long batches;

    /**
     * Creates a listener that reports on the first training batch and on every 50th after it.
     *
     * @param layout where the branch logits are
     * @param config the settings of the method
     * @throws IllegalArgumentException if layout and settings differ in the number of branches
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
     * @throws IllegalArgumentException if layout and settings differ in the number of branches, or
     *     {@code every} is below 1
     */
    public DecisionListener(OutputLayout layout, GssConfig config, int every) {
        this(LossArguments.requireNonNull("layout", layout), () -> config, every);
        layout.requireBranchesOf(LossArguments.requireNonNull("config", config));
    }

    /**
     * Creates a listener for a loss whose settings change: each report has those of its batch. It
     * counts on from the loss's step, so that a training that is resumed reports on the same
     * batches as one that was never stopped.
     *
     * @param loss the loss that is trained with
     * @param every reports on the training batches whose number, from 0, is a multiple of this, at
     *     least 1
     * @throws IllegalArgumentException if {@code every} is below 1
     */
    public DecisionListener(GssLoss loss, int every) {
        // The loss has counted the batch when it is reported on.
        this(
                LossArguments.requireNonNull("loss", loss).layout(),
                () -> loss.configAt(Math.max(0, loss.step() - 1)),
                every);
        batches = loss.step();
    }

    private DecisionListener(OutputLayout layout, Supplier<GssConfig> settings, int every) {
        LossArguments.requireAtLeast("every", "a number of batches", every, 1);
        this.layout = layout;
        this.settings = settings;
        this.every = every;
    }

    /** {@inheritDoc} */
    @Override
    public void onTrainingBatch(Trainer trainer, BatchData batchData) {
        if (batches++ % every != 0) {
            return;
        }
        for (Map.Entry<Device, NDList> part : batchData.getPredictions().entrySet()) {
            if (layout.isTraining(part.getValue())) {
                NDList labels = batchData.getLabels().get(part.getKey());
                report(trainer, shares(labels, part.getValue()));
            }
        }
    }

    private DecisionShares shares(NDList labels, NDList predictions) {
        NDArray present = labels.size() > 1 ? labels.get(1) : null;
        NDList logits = layout.branchLogits(predictions);
        GroupDistillation distillation = new GroupDistillation(settings.get());
        try (NDManager work = predictions.get(0).getManager().newSubManager()) {
            TemporaryAttachment.to(work, predictions);
            NDArray fused = layout.fusedFor(distillation.config().teacher(), predictions);
            return DecisionShares.of(distillation, logits, present, labels.get(0), fused);
        }
    }

    /**
     * Reports the decisions of a batch to the log and the trainer's metrics. Programs may override
     * it to report elsewhere.
     *
     * @param trainer the trainer of the batch
     * @param shares how its votes were decided
     */
    protected void report(Trainer trainer, DecisionShares shares) {
        logger.info("Training batch {}:\n{}", batches, shares);
        Metrics metrics = trainer.getMetrics();
        if (metrics == null) {
            return;
        }
        metrics.addMetric("gss_undecided", shares.undecided());
        for (ClassDecisions one : shares.classes()) {
            for (Decision decision : Decision.values()) {
                String of = one.className() + "/" + decision;
                metrics.addMetric("gss_decision/" + of, one.share(decision));
                one.shareWithin(decision)
                        .ifPresent(share -> metrics.addMetric("gss_decision_within/" + of, share));
            }
            one.targetDice()
                    .ifPresent(
                            dice -> metrics.addMetric("gss_target_dice/" + one.className(), dice));
        }
    }
}
