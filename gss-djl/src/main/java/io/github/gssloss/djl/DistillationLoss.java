/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.core.DistillationResult;
import io.github.gssloss.core.GroupDistillation;
import io.github.gssloss.core.GssConfig;

/**
 * The distillation term of GSS alone, \(\beta \tau^2 L_{kd}\), to compose with task losses of one's
 * own, for example in a {@link ai.djl.training.loss.SimpleCompositeLoss}. {@link GssLoss} is this
 * with the paper's task losses.
 *
 * <p>Labels may hold as second array the modalities that each sample has, (B, M), non-zero where it
 * has one; the first array is not used. Outside training, where the network gives the fused output
 * alone, the value is 0.
 */
public class DistillationLoss extends CachedLoss {

    private final OutputLayout layout;
    private final GssConfig config;

    /**
     * Creates the loss under the name {@code distillation}.
     *
     * @param layout where the branch logits are
     * @param config the settings of the method
     * @throws IllegalArgumentException if layout and settings differ in the number of branches
     */
    public DistillationLoss(OutputLayout layout, GssConfig config) {
        this("distillation", layout, config);
    }

    /**
     * Creates the loss.
     *
     * @param name the display name
     * @param layout where the branch logits are
     * @param config the settings of the method
     * @throws IllegalArgumentException if layout and settings differ in the number of branches
     */
    public DistillationLoss(String name, OutputLayout layout, GssConfig config) {
        super(name);
        LossArguments.requireNonNull("layout", layout);
        LossArguments.requireNonNull("config", config);
        layout.requireBranchesOf(config);
        this.layout = layout;
        this.config = config;
    }

    /** The weight of L_kd in the total: the one place of beta and tau^2. */
    static double weight(GssConfig config) {
        return config.beta() * config.temperature() * config.temperature();
    }

    /** {@inheritDoc} */
    @Override
    NDArray compute(NDList labels, NDList predictions) {
        return compute(labels, predictions, config);
    }

    /** With settings that may differ from the loss's own, but not in the branches. */
    NDArray compute(NDList labels, NDList predictions, GssConfig now) {
        NDManager owner = predictions.get(0).getManager();
        LossArguments.requireNonNull("labels", labels);
        if (!layout.isTraining(predictions) || weight(now) == 0) {
            return owner.zeros(new Shape(), predictions.get(0).getDataType());
        }
        NDList logits = layout.branchLogits(predictions);
        NDArray present = labels.size() > 1 ? labels.get(1) : null;
        try (NDManager work = owner.newSubManager()) {
            TemporaryAttachment.to(work, predictions);
            NDArray fused = layout.fusedFor(now.teacher(), predictions);
            DistillationResult result =
                    new GroupDistillation(now).evaluate(logits, present, null, fused);
            NDArray value = result.loss().muli(weight(now));
            NDArray loss = Surrogate.of(value, logits, result.gradients(), weight(now));
            loss.attach(owner);
            return loss;
        }
    }
}
