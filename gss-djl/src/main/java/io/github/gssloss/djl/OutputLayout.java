/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What each of a network's outputs holds: shape (B, N, spatial...), or a loss. Others are ignored.
 *
 * <p>Outside training a network may give the fused output alone, or all of them.
 */
public final class OutputLayout {

    private final Output fused;
    private final List<Output> branches;
    private final List<Output> branchProbabilities;
    private final List<Output> auxiliary;
    private final List<NetworkLoss> networkLosses;

    private OutputLayout(Builder builder) {
        fused = builder.fused;
        branches = List.copyOf(builder.branches);
        branchProbabilities =
                builder.branchProbabilities.isEmpty()
                        ? branches
                        : List.copyOf(builder.branchProbabilities);
        auxiliary = List.copyOf(builder.auxiliary);
        networkLosses = List.copyOf(builder.networkLosses);
    }

    /**
     * Returns the layout of RFNet (Ding et al., ICCV 2021): fused probabilities at index 0, four
     * branch probabilities at 1-4, four probability maps of its fusion as auxiliary outputs at 5-8,
     * four branch logits at 9-12.
     *
     * @return the layout of 13 outputs
     */
    public static OutputLayout rfnet() {
        return builder()
                .setFused(0, OutputKind.PROBABILITIES)
                .optBranchProbabilities(1, 2, 3, 4)
                .optAuxiliary(OutputKind.PROBABILITIES, 5, 6, 7, 8)
                .setBranchLogits(9, 10, 11, 12)
                .build();
    }

    /**
     * Returns the layout of mmFormer (Zhang et al., MICCAI 2022): that of RFNet, with probabilities
     * of coarse levels as auxiliary outputs.
     *
     * @return the layout of 13 outputs
     */
    public static OutputLayout mmformer() {
        return rfnet();
    }

    /**
     * Returns the layout of a network that gives fused probabilities and then the logits of each
     * branch.
     *
     * @param branches the number of branches, in the order of the modalities
     * @return the layout of 1 + {@code branches} outputs
     * @throws IllegalArgumentException if there is no branch
     */
    public static OutputLayout fusedThenBranches(int branches) {
        return fusedThenBranches(branches, OutputKind.PROBABILITIES, OutputKind.LOGITS);
    }

    /**
     * Returns the layout of a network that gives the fused output and then each branch.
     *
     * @param branches the number of branches, in the order of the modalities
     * @param fused what the fused output holds
     * @param ofBranches what the branches hold
     * @return the layout of 1 + {@code branches} outputs
     * @throws IllegalArgumentException if there is no branch, or a kind is missing
     */
    public static OutputLayout fusedThenBranches(
            int branches, OutputKind fused, OutputKind ofBranches) {
        LossArguments.requireAtLeast("branches", "a number", branches, 1);
        return builder()
                .setFused(0, fused)
                .setBranches(ofBranches, IntStream.rangeClosed(1, branches).toArray())
                .build();
    }

    /** {@return a builder for the layout of another network} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the number M of branches.
     *
     * @return at least 1
     */
    public int numBranches() {
        return branches.size();
    }

    /**
     * Returns the least number of outputs that a network of this layout gives in training.
     *
     * @return the highest index that is used, plus one
     */
    public int numOutputs() {
        IntStream classes = all().stream().mapToInt(Output::index);
        IntStream losses = networkLosses.stream().mapToInt(NetworkLoss::index);
        return 1 + IntStream.concat(classes, losses).max().orElseThrow();
    }

    /** Every output of classes that is used. */
    List<Output> all() {
        List<Output> all = new ArrayList<>(branches);
        all.add(fused);
        all.addAll(branchProbabilities);
        all.addAll(auxiliary);
        return all;
    }

    /**
     * Returns whether predictions hold all outputs, not the fused one alone.
     *
     * @throws IllegalArgumentException if they are neither
     */
    boolean hasAllOutputs(NDList predictions) {
        LayoutCheck.requireOneOrAll(numOutputs(), predictions.size());
        return predictions.size() >= numOutputs();
    }

    /** The fused output, which may be alone. */
    Output fusedOf(NDList predictions) {
        return hasAllOutputs(predictions) ? fused : new Output(0, fused.kind());
    }

    /** The outputs that are distilled, one a branch. */
    List<Output> branches() {
        return branches;
    }

    /** Those that the task losses of the branches are computed of, one a branch. */
    List<Output> branchProbabilities() {
        return branchProbabilities;
    }

    List<Output> auxiliary() {
        return auxiliary;
    }

    /**
     * Returns the names of the outputs that are losses themselves.
     *
     * @return the names in the order in which they were added
     */
    public List<String> networkLossNames() {
        return networkLosses.stream().map(NetworkLoss::name).toList();
    }

    List<NetworkLoss> networkLosses() {
        return networkLosses;
    }

    /** The branch whose logits or probabilities an output holds; -1 if it is of none. */
    int branchOf(Output output) {
        return Math.max(branches.indexOf(output), branchProbabilities.indexOf(output));
    }

    /**
     * Picks the branch logits out of what a network gave. If the branches are given as
     * probabilities, it returns their logarithms, on the manager of the probabilities.
     *
     * @param predictions the network's outputs, all of them
     * @return per modality the logits (B, N, spatial...): if the outputs are logits, these arrays
     *     themselves
     * @throws IllegalArgumentException if there are fewer outputs than this layout has
     */
    public NDList branchLogits(NDList predictions) {
        if (LossArguments.requireNonNull("predictions", predictions).size() < numOutputs()) {
            throw new IllegalArgumentException(
                    "predictions: expected "
                            + numOutputs()
                            + " outputs, the branches among them, got "
                            + predictions.size());
        }
        NDList logits = new NDList();
        for (Output branch : branches) {
            logits.add(new OutputValues(predictions.get(branch.index()), branch.kind()).logits());
        }
        return logits;
    }

    /** Builds an {@link OutputLayout}. */
    public static final class Builder {

        private Output fused;
        private List<Output> branches = List.of();
        private List<Output> branchProbabilities = List.of();
        private List<Output> auxiliary = List.of();
        private final List<NetworkLoss> networkLosses = new ArrayList<>();

        private Builder() {}

        /**
         * Sets the fused output, the network's prediction.
         *
         * @param index its index among the outputs
         * @param kind what it holds
         * @return this builder
         * @throws IllegalArgumentException if an argument is missing
         */
        public Builder setFused(int index, OutputKind kind) {
            fused = new Output(index, LossArguments.requireNonNull("kind", kind));
            return this;
        }

        /**
         * Sets the logits of the branches, in the order of the modalities.
         *
         * @param indices one index a modality
         * @return this builder
         * @throws IllegalArgumentException if an argument is missing
         */
        public Builder setBranchLogits(int... indices) {
            return setBranches(OutputKind.LOGITS, indices);
        }

        /**
         * Sets the outputs of the branches, in the order of the modalities: those that are
         * distilled. If they are probabilities, their logarithms are used as logits.
         *
         * @param kind what they hold
         * @param indices one index a modality
         * @return this builder
         * @throws IllegalArgumentException if an argument is missing
         */
        public Builder setBranches(OutputKind kind, int... indices) {
            branches = Output.all(kind, indices);
            return this;
        }

        /**
         * Sets the probabilities of the branches where the network gives them as well; otherwise
         * they are made from the logits.
         *
         * @param indices one index a modality, in the order of the logits
         * @return this builder
         * @throws IllegalArgumentException if an argument is missing
         */
        public Builder optBranchProbabilities(int... indices) {
            branchProbabilities = Output.all(OutputKind.PROBABILITIES, indices);
            return this;
        }

        /**
         * Sets further outputs that have a task loss.
         *
         * @param kind what they hold
         * @param indices their indices
         * @return this builder
         * @throws IllegalArgumentException if an argument is missing
         */
        public Builder optAuxiliary(OutputKind kind, int... indices) {
            auxiliary = Output.all(kind, indices);
            return this;
        }

        /**
         * Adds an output that is itself a loss, such as the error of a reconstruction: its sum
         * times a weight joins the auxiliary losses. It may have any shape.
         *
         * @param name its name in reports: lower-case letters and digits
         * @param index its index among the outputs
         * @param weight from 0 to 1,000,000
         * @return this builder
         * @throws IllegalArgumentException if the name is missing or that of another part, or the
         *     weight is outside its range
         */
        public Builder optNetworkLoss(String name, int index, double weight) {
            networkLosses.add(new NetworkLoss(name, index, weight));
            return this;
        }

        /**
         * Builds the layout.
         *
         * @return the layout
         * @throws IllegalArgumentException if fused output or branches are missing, an index is
         *     negative or used twice, branch probabilities are given for some branches only, or two
         *     network losses have one name
         */
        public OutputLayout build() {
            LayoutCheck.require(fused, branches, branchProbabilities, auxiliary, networkLosses);
            return new OutputLayout(this);
        }
    }
}
