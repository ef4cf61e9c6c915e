/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;

/** The vote of a class that is not ready yet, in place of its branches' (see {@link Readiness}). */
public enum UnreadyVote {
    /** 0, before the votes are normalised: the target has nothing of the class. */
    NONE {
        @Override
        double value(boolean labelled, int numClasses, double temperature) {
            return 0;
        }
    },
    /**
     * What a branch that is sure of the label would have: with &tau; the temperature and N the
     * number of classes, e<sup>1/&tau;</sup> / (e<sup>1/&tau;</sup> + N - 1) at voxels labelled
     * with the class, else 1 / (e<sup>1/&tau;</sup> + N - 1).
     */
    LABEL {
        @Override
        double value(boolean labelled, int numClasses, double temperature) {
            // Divided by e^(1/tau), which a small temperature makes infinite.
            double other = Math.exp(-1 / temperature);
            return (labelled ? 1 : other) / (1 + (numClasses - 1) * other);
        }
    };

    /**
     * The vote of every class at every voxel, if none were ready.
     *
     * @param labels one-hot labels (B, N, V) of 0 and 1 in the type of the votes
     * @param numClasses N
     * @param temperature &tau;
     * @return (B, N, V)
     */
    NDArray value(NDArray labels, int numClasses, double temperature) {
        double other = value(false, numClasses, temperature);
        double more = value(true, numClasses, temperature) - other;
        return labels.mul(EngineConstants.of(more, labels)).addi(EngineConstants.of(other, labels));
    }

    /** The same of a voxel that is labelled with the class, or not. */
    abstract double value(boolean labelled, int numClasses, double temperature);
}
