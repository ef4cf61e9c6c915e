/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import io.github.gssloss.core.GssConfig;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * How large the gradients of the two terms of a {@link GssLoss} are at the logits of each branch:
 * the Euclidean norm, over all voxels and classes of a batch, of the gradient with respect to the
 * branch's output. The branches' task losses come with &alpha; and their weight, the distillation
 * with &beta; &tau;<sup>2</sup>, as they are in the loss.
 *
 * @param task of the task loss of each branch, in the order of the branches
 * @param distillation of the distillation; 0 where it has no weight
 */
public record GradientNorms(List<Double> task, List<Double> distillation) {

    /**
     * Keeps copies of the lists.
     *
     * @param task of the task losses
     * @param distillation of the distillation
     * @throws IllegalArgumentException if one is null, or they differ in size
     */
    public GradientNorms {
        task = List.copyOf(LossArguments.requireNonNull("task", task));
        distillation = List.copyOf(LossArguments.requireNonNull("distillation", distillation));
        if (task.size() != distillation.size()) {
            throw new IllegalArgumentException(
                    "distillation: expected a norm for each of %d branches, got %d"
                            .formatted(task.size(), distillation.size()));
        }
    }

    /**
     * Computes the norms for the batch that a loss evaluated last, with its settings, mask and
     * ready classes. It waits for the device, draws no random number and frees all it computes.
     *
     * <p>Call it after {@code trainer.step()}: it needs a gradient collector of its own, and DJL
     * sets the gradients of all parameters to 0 when one is made.
     *
     * @param loss the loss
     * @param labels the labels of the batch
     * @param predictions all outputs of the network for it
     * @return the norms
     * @throws IllegalArgumentException if an argument is null, or the batch is not the training
     *     batch that the loss evaluated last
     */
    public static GradientNorms of(GssLoss loss, NDList labels, NDList predictions) {
        LossArguments.requireNonNull("loss", loss);
        LossArguments.requireFirst("labels", labels);
        NDManager owner = LossArguments.requireFirst("predictions", predictions).getManager();
        EvaluatedBatch last = loss.last();
        if (last == null || last.settings() == null || !last.isOf(labels, predictions)) {
            throw new IllegalArgumentException(
                    "predictions: expected those of the training batch that "
                            + loss.getName()
                            + " evaluated last, got others");
        }
        GssConfig config = last.settings().config();
        try (NDManager work = owner.newSubManager();
                GradientCollector collector = work.getEngine().newGradientCollector()) {
            Leaves task = Leaves.of(loss.layout(), predictions, work);
            try (LabelledBatch batch = batch(loss, labels, task)) {
                collector.backward(AutogradConstants.times(loss.branches(batch), config.alpha()));
            }
            if (TrainerLoss.distillationWeight(config) == 0) {
                return new GradientNorms(
                        read(task), Collections.nCopies(task.logits().size(), 0.0));
            }
            Leaves distillation = Leaves.of(loss.layout(), predictions, work);
            try (LabelledBatch batch = batch(loss, labels, distillation)) {
                collector.backward(
                        DistillationTerm.of(batch, last.settings(), loss.blockVoxels()).weighted());
            }
            return new GradientNorms(read(task), read(distillation));
        }
    }

    private static List<Double> read(Leaves leaves) {
        return Arrays.stream(leaves.norms().toDoubleArray()).boxed().toList();
    }

    private static LabelledBatch batch(GssLoss loss, NDList labels, Leaves leaves) {
        return new LabelledBatch(
                loss.layout(), loss.configAt(0).ignoreIndex(), labels, leaves.predictions());
    }

    /**
     * Outputs that nothing but the branches' logits has a gradient for.
     *
     * @param logits the copies that have one
     * @param predictions all outputs; probabilities of a branch are made of its logits
     */
    private record Leaves(NDList logits, NDList predictions) {

        static Leaves of(OutputLayout layout, NDList predictions, NDManager work) {
            NDList outputs = new NDList();
            for (NDArray output : predictions) {
                NDArray constant = output.stopGradient();
                constant.attach(work);
                outputs.add(constant);
            }
            NDList logits = new NDList();
            for (int m = 0; m < layout.numBranches(); m++) {
                int index = layout.branches().get(m).index();
                NDArray leaf = outputs.get(index).duplicate();
                leaf.setRequiresGradient(true);
                logits.add(leaf);
                outputs.set(index, leaf);
                int probabilities = layout.branchProbabilities().get(m).index();
                if (probabilities != index) {
                    outputs.set(probabilities, leaf.softmax(1));
                }
            }
            return new Leaves(logits, outputs);
        }

        /** The norm of each branch's gradient, (M). */
        NDArray norms() {
            NDList squares = new NDList();
            for (NDArray leaf : logits) {
                NDArray gradient = leaf.getGradient().toType(DataType.FLOAT64, true).flatten();
                squares.add(gradient.dot(gradient));
            }
            return NDArrays.stack(squares).sqrt();
        }
    }
}
