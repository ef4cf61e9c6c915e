/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;

/**
 * How far a branch's tempered probabilities q = softmax(z / &tau;) are from the soft target t: the
 * Kullback-Leibler divergence in either order (paper, Eqs. 2 and 3, which hold the total as well),
 * or what the released code computes in its place. Each has its gradient in closed form.
 *
 * <p>Below, w is the weight of a voxel: 0 if it is left out, else one over the number of voxels of
 * the batch. The target is clamped at 1e-12 inside its logarithm.
 */
public enum Divergence {
    /**
     * KL(t || q) = &Sigma;<sub>c</sub> t<sub>c</sub> (log t<sub>c</sub> - log q<sub>c</sub>),
     * target || student, the order of Hinton's distillation: dL/dz<sub>c</sub> = w (q<sub>c</sub>
     * &Sigma;<sub>k</sub> t<sub>k</sub> - t<sub>c</sub>) / &tau;.
     */
    FORWARD_KL {
        @Override
        Term term(WeightedTarget target, Student student) {
            NDArray q = student.q();
            NDArray mass = target.block().mass();
            NDArray difference = student.logQ().subi(target.logTarget());
            NDArray loss = difference.muli(target.weighted()).sum().negi();
            NDArray scaled = mass == null ? q : q.muli(mass);
            return new Term(
                    loss, scaled.subi(target.block().target()).muli(target.gradientScale()));
        }
    },
    /**
     * KL(q || t) = &Sigma;<sub>c</sub> q<sub>c</sub> g<sub>c</sub> with g<sub>c</sub> = log
     * q<sub>c</sub> - log t<sub>c</sub>, student || target, the order that the paper prints:
     * dL/dz<sub>c</sub> = w q<sub>c</sub> (g<sub>c</sub> - &Sigma;<sub>k</sub> q<sub>k</sub>
     * g<sub>k</sub>) / &tau;.
     */
    REVERSE_KL {
        @Override
        Term term(WeightedTarget target, Student student) {
            NDArray q = student.q();
            NDArray g = student.logQ().subi(target.logTarget());
            try (NDArray product = q.mul(g);
                    NDArray divergence = product.sum(CLASSES, true)) {
                NDArray gradient = g.subi(divergence).muli(q).muli(target.gradientScale());
                return new Term(divergence.muli(target.weight()).sum(), gradient);
            }
        }
    },
    /**
     * KL(t' || q') with both probabilities clamped at 0.005, t' = max(t, 0.005) and q' = max(q,
     * 0.005), as PASSION guards its logarithms: dL/dz<sub>c</sub> = w (q<sub>c</sub>
     * &Sigma;<sub>k</sub> a<sub>k</sub> - a<sub>c</sub>) / &tau;, where a<sub>c</sub> =
     * t'<sub>c</sub> if q<sub>c</sub> &gt;= 0.005, else 0.
     */
    FLOORED_KL {
        @Override
        Term term(WeightedTarget target, Student student) {
            NDArray q = student.q();
            NDArray floor = EngineConstants.of(FLOOR, q);
            NDArray aboveFloor = q.gte(floor).toType(q.getDataType(), false);
            NDArray t = target.block().target().maximum(floor);
            NDArray a = aboveFloor.muli(t);
            NDArray logFloor = EngineConstants.of(Math.log(FLOOR), q);
            NDArray difference = student.logQ().maximum(logFloor).subi(t.log());
            NDArray loss = difference.muli(t).muli(target.weight()).sum().negi();
            NDArray scaled = q.muli(a.sum(CLASSES, true));
            return new Term(loss, scaled.subi(a).muli(target.gradientScale()));
        }
    },
    /**
     * What the released code computes, &Sigma;<sub>c</sub> -v<sub>c</sub> t<sub>c</sub> log
     * max(q<sub>c</sub>, 0.005), with the class weight v<sub>c</sub> = 1 - the share of class c in
     * the sample's masked target: dL/dz<sub>c</sub> = w (q<sub>c</sub> &Sigma;<sub>k</sub>
     * a<sub>k</sub> - a<sub>c</sub>) / &tau;, where a<sub>c</sub> = v<sub>c</sub> t<sub>c</sub> if
     * q<sub>c</sub> &gt;= 0.005, else 0. The fixed part of {@link Edition#RELEASED}.
     */
    RELEASED_CROSS_ENTROPY {
        @Override
        Term term(WeightedTarget target, Student student) {
            NDArray q = student.q();
            NDArray aboveFloor = q.gte(EngineConstants.of(FLOOR, q)).toType(q.getDataType(), false);
            NDArray a = aboveFloor.muli(target.block().target()).muli(student.classWeights());
            NDArray floored = student.logQ().maximum(EngineConstants.of(Math.log(FLOOR), q));
            NDArray entropy = floored.muli(target.weighted()).muli(student.classWeights());
            NDArray scaled = q.muli(a.sum(CLASSES, true));
            return new Term(entropy.sum().negi(), scaled.subi(a).muli(target.gradientScale()));
        }
    };

    private static final int[] CLASSES = TargetBlock.CLASSES;
    private static final double FLOOR = 0.005;

    /**
     * The divergence of the branches on one block of voxels.
     *
     * @param target the target and the weight of every voxel
     * @param student the branches; their arrays are written over
     */
    abstract Term term(WeightedTarget target, Student student);

    /**
     * The branches on one block of voxels.
     *
     * @param logQ log q (M, B, N, V)
     * @param q the tempered probabilities (M, B, N, V)
     * @param classWeights (M, B, N, 1) for {@link #RELEASED_CROSS_ENTROPY}, else null
     */
    record Student(NDArray logQ, NDArray q, NDArray classWeights) {}

    /**
     * The block's share of the loss.
     *
     * @param loss the weighted sum over branches and voxels, a scalar
     * @param gradient its gradient with respect to the branches' logits (M, B, N, V), in one of the
     *     student's arrays
     */
    record Term(NDArray loss, NDArray gradient) {}
}
