/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;

/**
 * How far a branch's tempered probabilities q = softmax(z / tau) are from the soft target t: the
 * Kullback-Leibler divergence in either order (paper, Eqs. 2 and 3), or what the released code
 * computes in its place. Each with its gradient in closed form.
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
        Term term(Assignment given, Student student) {
            NDArray q = student.q();
            NDArray mass = given.lesson().mass();
            NDArray difference = student.logQ().subi(given.logTarget());
            NDArray loss = difference.muli(given.weighted()).sum().negi();
            NDArray pull = mass == null ? q : q.muli(mass);
            return new Term(loss, pull.subi(given.lesson().target()).muli(given.slope()));
        }
    },
    /**
     * KL(q || t) = sum over classes of q (log q - log t), the order the paper prints, with g = log
     * q - log t: dL/dz = w q (g - sum q g) / tau.
     */
    STUDENT_TO_TEACHER {
        @Override
        Term term(Assignment given, Student student) {
            NDArray q = student.q();
            NDArray g = student.logQ().subi(given.logTarget());
            try (NDArray product = q.mul(g);
                    NDArray divergence = product.sum(CLASSES, true)) {
                NDArray gradient = g.subi(divergence).muli(q).muli(given.slope());
                return new Term(divergence.muli(given.weight()).sum(), gradient);
            }
        }
    },
    /**
     * The released code's: -sum over classes of a log max(q, 0.005), with a_c = w_c t_c where q_c
     * &gt;= 0.005 and 0 elsewhere in the gradient, w_c = 1 - the share of class c in the sample's
     * masked target: dL/dz = w (q sum a - a) / tau. The fixed part of {@link Edition#RELEASED}.
     */
    WEIGHTED_CROSS_ENTROPY {
        @Override
        Term term(Assignment given, Student student) {
            NDArray q = student.q();
            NDArray learnt = q.gte(FLOOR).toType(q.getDataType(), false);
            NDArray a = learnt.muli(given.lesson().target()).muli(student.classWeights());
            NDArray floored = student.logQ().maximum(Math.log(FLOOR));
            NDArray entropy = floored.muli(given.weighted()).muli(student.classWeights());
            NDArray pull = q.muli(a.sum(CLASSES, true));
            return new Term(entropy.sum().negi(), pull.subi(a).muli(given.slope()));
        }
    };

    private static final int[] CLASSES = {1};
    private static final double FLOOR = 0.005;

    /**
     * The divergence of one branch on one block of voxels.
     *
     * @param given the target and what every voxel counts
     * @param student the branch; its arrays are written over
     */
    abstract Term term(Assignment given, Student student);

    /**
     * One branch on one block of voxels.
     *
     * @param logQ log q (B, N, V)
     * @param q the tempered probabilities (B, N, V)
     * @param classWeights (B, N, 1) for the weighted cross entropy, else null
     */
    record Student(NDArray logQ, NDArray q, NDArray classWeights) {}

    /**
     * One branch's share.
     *
     * @param loss the weighted sum over voxels, a scalar
     * @param gradient its gradient with respect to the branch's logits, in one of the student's
     *     arrays
     */
    record Term(NDArray loss, NDArray gradient) {}
}
