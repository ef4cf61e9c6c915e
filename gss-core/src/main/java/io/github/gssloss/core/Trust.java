/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;

/**
 * How much of a voxel's soft target t is believed, by its label y. Not in the paper: its random
 * mask leaves out voxels whatever their target is; in training the label tells which targets are
 * wrong. The weight is a constant, without gradient, and multiplies that of the random mask: a
 * voxel of weight 0 adds nothing to the loss and stays in the denominator.
 */
public enum Trust {
    /** Every target, as in the paper; needs no labels. */
    NONE {
        @Override
        NDArray weight(NDArray target, NDArray labels) {
            return null;
        }

        @Override
        float weight(float ofLabel, float highest) {
            return 1;
        }
    },
    /**
     * A target whose largest value is that of the label: 1 where t<sub>y</sub> = max<sub>c</sub>
     * t<sub>c</sub>, ties included, else 0.
     */
    LABEL {
        @Override
        NDArray weight(NDArray target, NDArray labels) {
            try (NDArray ofLabel = ofLabel(target, labels);
                    NDArray highest = HighestClass.score(target);
                    NDArray equal = ofLabel.gte(highest)) {
                return equal.toType(target.getDataType(), false);
            }
        }

        @Override
        float weight(float ofLabel, float highest) {
            return ofLabel >= highest ? 1 : 0;
        }
    },
    /** In proportion: t<sub>y</sub> / max<sub>c</sub> t<sub>c</sub>. */
    LABEL_WEIGHT {
        @Override
        NDArray weight(NDArray target, NDArray labels) {
            try (NDArray highest = HighestClass.score(target);
                    NDArray least = EngineConstants.of(Float.MIN_NORMAL, target);
                    NDArray divisor = highest.maximum(least)) {
                return ofLabel(target, labels).divi(divisor);
            }
        }

        @Override
        float weight(float ofLabel, float highest) {
            return ofLabel / Math.max(highest, Float.MIN_NORMAL);
        }
    };

    /**
     * The weight of every voxel. A voxel labelled with no class has 0.
     *
     * @param target t (B, N, V) or (M, B, N, V), not below 0
     * @param labels one-hot labels (B, N, V) of 0 and 1 in the target's type
     * @return the same without classes, (B, 1, V) or (M, B, 1, V), from 0 to 1; null: 1 everywhere
     */
    abstract NDArray weight(NDArray target, NDArray labels);

    /** The weight of a voxel that is labelled with a class, from 0 to 1. */
    abstract float weight(float ofLabel, float highest);

    private static NDArray ofLabel(NDArray target, NDArray labels) {
        try (NDArray product = target.mul(labels)) {
            return HighestClass.score(product);
        }
    }

    /** Whether labels are needed. */
    boolean needsLabels() {
        return this != NONE;
    }
}
