/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;

/**
 * Teachers that know the labels. They say how much any vote could give: where a training with one
 * of these gains nothing, none with the branches' own votes will. Not in the paper, and no methods
 * of their own: what they add to the task loss is the same label once more.
 *
 * <p>A voxel that is labelled with no class has no target and is left out of the distillation.
 */
public enum OracleTeacher implements Teacher {
    /**
     * The tempered label: what a branch would have that gives the label the probability 1 and the
     * other classes that of PASSION's clamp, {@value #FLOOR}. With N classes and f = {@value
     * #FLOOR}<sup>1/&tau;</sup> it is 1 / (1 + (N - 1) f) for the label and f / (1 + (N - 1) f) for
     * the others.
     */
    LABEL {
        @Override
        public NDArray target(TeacherInput input) {
            NDArray labels = requireLabels(input);
            long classes = labels.getShape().get(1);
            double other = Math.pow(FLOOR, 1 / input.config().temperature());
            double sum = 1 + (classes - 1) * other;
            try (NDArray labelled = labels.sum(new int[] {1}, true);
                    NDArray least = labelled.mul(EngineConstants.of(other / sum, labels))) {
                return labels.mul(EngineConstants.of((1 - other) / sum, labels)).addi(least);
            }
        }
    },
    /**
     * At each voxel the tempered probabilities of the branch that gives the label the highest
     * probability, of equals the first. Where all give it 0 there is no target.
     */
    BEST_BRANCH {
        @Override
        public NDArray target(TeacherInput input) {
            NDArray labels = requireLabels(input);
            Presence presence = PaperTeacher.presence(input);
            NDArray target = labels.zerosLike();
            NDArray highest = EngineConstants.of(0, labels);
            for (int m = 0; m < input.probabilities().size(); m++) {
                NDArray ofLabel;
                try (NDArray product = input.probabilities().get(m).mul(labels)) {
                    ofLabel = presence.orZero(product.sum(new int[] {1}, true), m);
                }
                NDArray better = ofLabel.gt(highest).broadcast(labels.getShape());
                target = NDArrays.where(better, input.temperedProbabilities().get(m), target);
                highest = ofLabel.maximum(highest);
            }
            return target;
        }
    },
    /**
     * The vote of {@link PaperTeacher#VOTES} where its highest class is the label, ties included,
     * elsewhere the target of {@link #LABEL}.
     */
    CORRECTED_VOTES {
        @Override
        public NDArray target(TeacherInput input) {
            NDArray labels = requireLabels(input);
            NDArray votes = PaperTeacher.VOTES.target(input);
            try (NDArray label = LABEL.target(input);
                    NDArray right = Trust.LABEL.weight(votes, labels);
                    NDArray kept = votes.mul(right)) {
                return label.muli(EngineConstants.oneMinus(right)).add(kept);
            }
        }
    };

    private static final double FLOOR = 0.005;

    @Override
    public boolean needsLabels() {
        return true;
    }

    private static NDArray requireLabels(TeacherInput input) {
        Arguments.requireNonNull("input", input);
        return Arguments.requireNonNull("labels", input.labels());
    }
}
