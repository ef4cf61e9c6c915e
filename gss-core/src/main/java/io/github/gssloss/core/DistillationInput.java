/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * A batch to distil: the logits of the branches and what is known about their samples and voxels.
 * Immutable; its arrays are the caller's and are never written.
 */
public final class DistillationInput {

    private final NDList branchLogits;
    private final NDArray labels;
    private final NDArray present;
    private final NDArray mask;
    private final NDArray fused;
    private final NDArray ready;

    private DistillationInput(Builder builder) {
        branchLogits = builder.branchLogits;
        labels = builder.labels;
        present = builder.present;
        mask = builder.mask;
        fused = builder.fused;
        ready = builder.ready;
    }

    /**
     * Returns a batch of which the branch logits alone are known.
     *
     * @param branchLogits per modality the logits (B, N, spatial...)
     * @return the batch
     * @throws IllegalArgumentException if they are null
     */
    public static DistillationInput of(NDList branchLogits) {
        return builder().setBranchLogits(branchLogits).build();
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
     * Returns the logits of the branches.
     *
     * @return per modality (B, N, spatial...)
     */
    public NDList branchLogits() {
        return branchLogits;
    }

    /**
     * Returns the labels.
     *
     * @return see {@link Builder#optLabels}; null: none
     */
    public NDArray labels() {
        return labels;
    }

    /**
     * Returns which modalities each sample has.
     *
     * @return (B, M), non-zero where a sample has the modality; null: all are present
     */
    public NDArray present() {
        return present;
    }

    /**
     * Returns the mask over voxels.
     *
     * @return see {@link Builder#optMask}; null: it is drawn
     */
    public NDArray mask() {
        return mask;
    }

    /**
     * Returns the fused probabilities.
     *
     * @return (B, N, spatial...); null: none
     */
    public NDArray fused() {
        return fused;
    }

    /**
     * Returns which classes are ready.
     *
     * @return see {@link Builder#optReady}; null: not known
     */
    public NDArray ready() {
        return ready;
    }

    /** Builds a {@link DistillationInput}. */
    public static final class Builder {

        private NDList branchLogits;
        private NDArray labels;
        private NDArray present;
        private NDArray mask;
        private NDArray fused;
        private NDArray ready;

        private Builder() {}

        /**
         * Sets the logits of the branches.
         *
         * @param branchLogits per modality (B, N, spatial...), all of one shape, floating type and
         *     device
         * @return this builder
         * @throws IllegalArgumentException if they are null
         */
        public Builder setBranchLogits(NDList branchLogits) {
            this.branchLogits = Arguments.requireNonNull("branch logits", branchLogits);
            return this;
        }

        /**
         * Sets the labels, which an ignore index, trust, balance, readiness and the shares within
         * classes need.
         *
         * @param labels class indices (B, spatial...) or (B, 1, spatial...) of any numeric type, or
         *     one-hot (B, N, spatial...), see {@link ClassLabels}; null: none
         * @return this builder
         */
        public Builder optLabels(NDArray labels) {
            this.labels = labels;
            return this;
        }

        /**
         * Sets which modalities each sample has: one that is absent does not vote, its branch is
         * not distilled, and its logits may be any numbers, NaN included.
         *
         * @param present (B, M) of any numeric type, non-zero where a sample has the modality;
         *     null: all are present
         * @return this builder
         */
        public Builder optPresent(NDArray present) {
            this.present = present;
            return this;
        }

        /**
         * Sets the mask, instead of one that is drawn at the settings' rate.
         *
         * @param mask 1 where a voxel is kept and 0 where it is dropped, of any numeric type: (B,
         *     1, spatial...) for all branches, or (M, B, 1, spatial...) for each; other numbers are
         *     not refused, they weigh the voxel; null: drawn
         * @return this builder
         */
        public Builder optMask(NDArray mask) {
            this.mask = mask;
            return this;
        }

        /**
         * Sets the fused probabilities, used only if the teacher {@linkplain Teacher#needsFused()
         * needs} them.
         *
         * @param fused (B, N, spatial...), in any floating type; null: none
         * @return this builder
         */
        public Builder optFused(NDArray fused) {
            this.fused = fused;
            return this;
        }

        /**
         * Sets which classes are ready, needed and used only if the settings have {@link
         * Readiness}. {@link GroupDistillation#leaderOverlap} counts what it follows from.
         *
         * @param ready (N) of any numeric type, non-zero where a class is ready; null: not known
         * @return this builder
         */
        public Builder optReady(NDArray ready) {
            this.ready = ready;
            return this;
        }

        /**
         * Builds the batch. Shapes, types and devices are checked when it is used.
         *
         * @return the batch
         * @throws IllegalArgumentException if the branch logits were not set
         */
        public DistillationInput build() {
            Arguments.requireNonNull("branch logits", branchLogits);
            return new DistillationInput(this);
        }
    }
}
