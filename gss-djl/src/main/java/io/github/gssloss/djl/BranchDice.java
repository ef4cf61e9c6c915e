/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.Dataset;
import ai.djl.translate.TranslateException;
import io.github.gssloss.core.ClassGroups;
import io.github.gssloss.core.LeaderSearch;
import io.github.gssloss.core.ModalityDice;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * Measures on validation data which branch segments which class best, in evaluation mode: without
 * dropout, and without changing the statistics of batch normalisation, as {@code trainer.forward}
 * would. The network has to give its branches in evaluation mode too.
 *
 * <pre>
 * ModalityDice dice =
 *         BranchDice.builder()
 *                 .setLayout(layout)
 *                 .setModalities(List.of("t1", "t2"))
 *                 .setClasses(List.of("background", "lesion"))
 *                 .build()
 *                 .measure(trainer, validation);
 * ClassGroups leaders = dice.within(0.05);
 * </pre>
 */
public final class BranchDice {

    private final OutputLayout layout;
    private final List<String> modalities;
    private final List<String> classes;
    private final OptionalInt ignoreIndex;

    private BranchDice(Builder builder) {
        layout = LossArguments.requireNonNull("layout", builder.layout);
        modalities = LossArguments.requireNonNull("modalities", builder.modalities);
        classes = LossArguments.requireNonNull("classes", builder.classes);
        ignoreIndex = builder.ignoreIndex;
        if (modalities.size() != layout.numBranches()) {
            throw new IllegalArgumentException(
                    "modalities: expected "
                            + layout.numBranches()
                            + " as the layout has branches, got "
                            + modalities);
        }
    }

    /**
     * Returns a builder.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Measures the branches of a network that is being trained.
     *
     * @param trainer the trainer; its parameters do not change
     * @param validation samples that it was not trained on; labels 0 are read by {@link
     *     io.github.gssloss.core.ClassLabels}, labels 1, if there are any, are the modalities that
     *     each sample has, (B, M), non-zero where it has one
     * @return the Dice of each modality for each class; all are empty if there is no batch
     * @throws IOException if the data cannot be read
     * @throws TranslateException if the data cannot be processed
     * @throws IllegalArgumentException if an argument is null, the network gives the fused output
     *     alone in evaluation mode, or shapes do not fit
     */
    public ModalityDice measure(Trainer trainer, Dataset validation)
            throws IOException, TranslateException {
        LossArguments.requireNonNull("trainer", trainer);
        LossArguments.requireNonNull("validation", validation);
        return measure(trainer.iterateDataset(validation), trainer::evaluate);
    }

    /**
     * Measures the branches of a network that has its parameters.
     *
     * @param model the model; its parameters do not change
     * @param validation samples that it was not trained on; labels 0 are read by {@link
     *     io.github.gssloss.core.ClassLabels}, labels 1, if there are any, are the modalities that
     *     each sample has, (B, M), non-zero where it has one
     * @return the Dice of each modality for each class; all are empty if there is no batch
     * @throws IOException if the data cannot be read
     * @throws TranslateException if the data cannot be processed
     * @throws IllegalArgumentException if an argument is null, the network gives the fused output
     *     alone in evaluation mode, or shapes do not fit
     */
    public ModalityDice measure(Model model, Dataset validation)
            throws IOException, TranslateException {
        LossArguments.requireNonNull("model", model);
        LossArguments.requireNonNull("validation", validation);
        ParameterStore store = new ParameterStore(model.getNDManager(), false);
        return measure(
                validation.getData(model.getNDManager()),
                data -> model.getBlock().forward(store, data, false));
    }

    private ModalityDice measure(Iterable<Batch> batches, UnaryOperator<NDList> network) {
        LeaderSearch search = new LeaderSearch(modalities, classes, ignoreIndex);
        for (Batch batch : batches) {
            try (batch) {
                NDList predictions = network.apply(batch.getData());
                if (!layout.hasAllOutputs(predictions)) {
                    throw new IllegalArgumentException(
                            "predictions: expected "
                                    + layout.numOutputs()
                                    + " outputs in evaluation mode, got the fused one alone; let"
                                    + " the network give its branches there too");
                }
                NDList labels = batch.getLabels();
                search.add(
                        layout.branchLogits(predictions),
                        labels.get(0),
                        labels.size() > 1 ? labels.get(1) : null);
            }
        }
        return search.dice();
    }

    /** Builds a {@link BranchDice}. */
    public static final class Builder {

        private OutputLayout layout;
        private List<String> modalities;
        private List<String> classes;
        private OptionalInt ignoreIndex = OptionalInt.empty();

        private Builder() {}

        /**
         * Sets what the network's outputs are.
         *
         * @param layout the layout
         * @return this builder
         * @throws IllegalArgumentException if it is null
         */
        public Builder setLayout(OutputLayout layout) {
            this.layout = LossArguments.requireNonNull("layout", layout);
            return this;
        }

        /**
         * Sets the modalities.
         *
         * @param modalities their names, in the order of the branches
         * @return this builder
         * @throws IllegalArgumentException if it is null
         */
        public Builder setModalities(List<String> modalities) {
            this.modalities = LossArguments.requireNonNull("modalities", modalities);
            return this;
        }

        /**
         * Sets the classes.
         *
         * @param classes their names, in the order of the class axis
         * @return this builder
         * @throws IllegalArgumentException if it is null
         */
        public Builder setClasses(List<String> classes) {
            this.classes = LossArguments.requireNonNull("classes", classes);
            return this;
        }

        /**
         * Sets modalities and classes to those of groups, whose leaders are not used.
         *
         * @param groups the groups
         * @return this builder
         * @throws IllegalArgumentException if they are null
         */
        public Builder setGroups(ClassGroups groups) {
            LossArguments.requireNonNull("groups", groups);
            return setModalities(groups.modalities()).setClasses(groups.classNames());
        }

        /**
         * Sets the label of voxels that do not count.
         *
         * @param ignoreIndex a label; by default there is none
         * @return this builder
         */
        public Builder optIgnoreIndex(int ignoreIndex) {
            this.ignoreIndex = OptionalInt.of(ignoreIndex);
            return this;
        }

        /**
         * Builds the measurement.
         *
         * @return the measurement
         * @throws IllegalArgumentException if something is missing, or there are other modalities
         *     than branches
         */
        public BranchDice build() {
            return new BranchDice(this);
        }
    }
}
