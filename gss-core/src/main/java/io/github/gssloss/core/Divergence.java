/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;

/**
 * The order of the Kullback-Leibler divergence between the soft target t and a branch's tempered
 * probabilities q = softmax(z / tau) (paper, Eqs. 2 and 3), with the gradient in closed form.
 *
 * <p>Below, w is the weight of a voxel: 0 where it is left out, else one over the number of voxels
 * of the batch. The target is clamped at 1e-12 inside its logarithm.
 */
public enum Divergence {
    /**
     * KL(t || q) = sum over classes of t (log t - log q), the order that Hinton's distillation
     * descends: dL/dz = w (q sum t - t) / tau.
     */
    TEACHER_TO_STUDENT {
        @Override
        Term term(Lesson lesson, NDArray logQ, NDArray q, NDArray weight, double temperature) {
            NDArray t = lesson.target();
            NDArray divergence = t.mul(lesson.logTarget().sub(logQ)).sum(CLASSES, true);
            NDArray gradient = q.mul(lesson.mass()).sub(t).mul(weight.div(temperature));
            return new Term(divergence.mul(weight).sum(), gradient);
        }
    },
    /**
     * KL(q || t) = sum over classes of q (log q - log t), the order the paper prints, with g = log
     * q - log t: dL/dz = w q (g - sum q g) / tau.
     */
    STUDENT_TO_TEACHER {
        @Override
        Term term(Lesson lesson, NDArray logQ, NDArray q, NDArray weight, double temperature) {
            NDArray g = logQ.sub(lesson.logTarget());
            NDArray divergence = q.mul(g).sum(CLASSES, true);
            NDArray gradient = g.sub(divergence).mul(q).mul(weight.div(temperature));
            return new Term(divergence.mul(weight).sum(), gradient);
        }
    };

    private static final int[] CLASSES = {1};

    /**
     * The divergence of one branch on one block of voxels.
     *
     * @param lesson the target
     * @param logQ log q (B, N, V)
     * @param q the tempered probabilities (B, N, V)
     * @param weight w (B, 1, V)
     * @param temperature tau
     */
    abstract Term term(Lesson lesson, NDArray logQ, NDArray q, NDArray weight, double temperature);

    /**
     * One branch's share.
     *
     * @param loss the weighted sum over voxels, a scalar
     * @param gradient its gradient with respect to the branch's logits
     */
    record Term(NDArray loss, NDArray gradient) {}
}
