/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import static io.github.gssloss.core.LaneMath.LANES;
import static io.github.gssloss.core.LaneMath.all;
import static io.github.gssloss.core.LaneMath.at;
import static io.github.gssloss.core.LaneMath.max;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * The pass by the Vector API. The lanes of a vector are neighbouring voxels: these lie side by side
 * in memory, each is computed alike, and where voxels differ a mask chooses, while classes and
 * modalities, few and of any number, are loops.
 */
final class VoxelLanes extends VoxelPass {

    private static final float CLAMP = (float) TargetBlock.UNDECIDED_BELOW;

    private final float[] logT = new float[classes * VOXELS];
    private final float[] high = new float[VOXELS];
    private final float[] lanes = new float[LANES.length()];
    private final Steps steps;

    private VoxelLanes(PassInput input, int sample, int voxels) {
        super(input, sample, voxels);
        LaneVotes votes = new LaneVotes(input, sample);
        Step highest = this::subtractHighest;
        Step exponentials = this::exponentials;
        Step compare = m -> votes.compare(m, q, sum);
        Step temper = this::temper;
        Step probabilities = this::probabilities;
        boolean forward = input.config.divergence() == Divergence.FORWARD_KL;
        steps =
                new Steps(
                        List.of(
                                highest,
                                exponentials,
                                compare,
                                temper,
                                exponentials,
                                probabilities),
                        List.of(this::logarithm, highest, temper, exponentials, probabilities),
                        List.of(c -> votes.vote(c, q, target)),
                        List.of(this::normalise),
                        List.of(this::highestClass),
                        List.of(forward ? this::forward : this::reverse));
    }

    /** Called by its name. */
    static Factory factory() {
        if (LANES.length() < 4 || VOXELS % LANES.length() != 0) {
            throw new IllegalStateException("vectors of " + LANES.length() + " numbers");
        }
        return VoxelLanes::new;
    }

    @Override
    Steps steps() {
        return steps;
    }

    /** What is not finite stays, as with the engine: a logarithm of its bits would be finite. */
    private void logarithm(int branch) {
        for (int i = row(branch, 0); i < row(branch, classes); i += LANES.length()) {
            FloatVector p = at(z, i);
            LaneMath.log(max(p, all(PassInput.FUSED_CLAMP)))
                    .blend(p, p.compare(LT, Float.POSITIVE_INFINITY).not())
                    .intoArray(z, i);
        }
    }

    private void subtractHighest(int branch) {
        System.arraycopy(z, row(branch, 0), high, 0, VOXELS);
        for (int row = row(branch, 1); row < row(branch, classes); row += VOXELS) {
            for (int i = 0; i < VOXELS; i += LANES.length()) {
                max(at(high, i), at(z, row + i)).intoArray(high, i);
            }
        }
        for (int row = row(branch, 0); row < row(branch, classes); row += VOXELS) {
            for (int i = 0; i < VOXELS; i += LANES.length()) {
                at(z, row + i).sub(at(high, i)).intoArray(z, row + i);
            }
        }
    }

    private void highestClass(int branch) {
        for (int i = 0; i < VOXELS; i += LANES.length()) {
            FloatVector highest = at(z, row(branch, 0) + i);
            FloatVector number = all(0);
            for (int c = 1; c < classes; c++) {
                FloatVector x = at(z, row(branch, c) + i);
                number = number.blend(c, x.compare(GT, highest));
                // Nothing is above NaN: it stays.
                highest = max(highest, x).blend(x, x.compare(NE, x));
            }
            number.blend(classes, highest.compare(NE, highest)).intoArray(sum, i);
        }
    }

    /** q becomes e<sup>z</sup>. */
    private void exponentials(int branch) {
        Arrays.fill(sum, 0);
        for (int row = row(branch, 0); row < row(branch, classes); row += VOXELS) {
            for (int i = 0; i < VOXELS; i += LANES.length()) {
                FloatVector y = LaneMath.exp(at(z, row + i));
                y.intoArray(q, row + i);
                at(sum, i).add(y).intoArray(sum, i);
            }
        }
    }

    private void temper(int branch) {
        for (int i = row(branch, 0); i < row(branch, classes); i += LANES.length()) {
            at(z, i).mul(inverseTemperature).intoArray(z, i);
        }
    }

    /**
     * From exponentials to q. Where these are NaN the weight of the voxel becomes NaN, and with it
     * the loss and the gradients of all branches: a maximum passes NaN over.
     */
    private void probabilities(int branch) {
        for (int i = 0; i < VOXELS; i += LANES.length()) {
            FloatVector share = all(1).div(at(sum, i));
            at(target.weight, i).add(share.sub(share)).intoArray(target.weight, i);
            LaneMath.log(at(sum, i)).intoArray(logSum, branch * VOXELS + i);
            for (int at = row(branch, 0) + i; at < row(branch, classes); at += VOXELS) {
                at(q, at).mul(share).intoArray(q, at);
            }
        }
    }

    private void normalise(int ofAll) {
        boolean normalised = input.config.normalised();
        for (int i = 0; i < VOXELS; i += LANES.length()) {
            FloatVector mass = at(target.t, i);
            for (int c = 1; c < classes; c++) {
                mass = mass.add(at(target.t, c * VOXELS + i));
            }
            VectorMask<Float> undecided = mass.compare(LE, CLAMP);
            at(target.weight, i).blend(0, undecided).intoArray(target.weight, i);
            FloatVector factor = normalised ? all(1).div(max(mass, all(CLAMP))) : all(1);
            (normalised ? all(1) : mass).intoArray(sum, i);
            for (int at = i; at < classes * VOXELS; at += VOXELS) {
                FloatVector t = at(target.t, at).mul(factor);
                t.intoArray(target.t, at);
                LaneMath.log(max(t, all(CLAMP))).intoArray(logT, at);
            }
        }
    }

    private void forward(int m) {
        FloatVector all = all(0);
        for (int i = 0; i < VOXELS; i += LANES.length()) {
            FloatVector w = at(target.weight, i);
            FloatVector divergence = all(0);
            for (int c = 0; c < classes; c++) {
                int at = row(m, c) + i;
                FloatVector t = at(target.t, c * VOXELS + i);
                divergence = logRatio(m, c, i).fma(t, divergence);
                FloatVector pull = at(q, at).mul(at(sum, i)).sub(t);
                pull.mul(w.mul(inverseTemperature)).intoArray(q, at);
            }
            all = divergence.fma(w, all);
        }
        loss -= total(all);
    }

    private void reverse(int m) {
        FloatVector all = all(0);
        for (int i = 0; i < VOXELS; i += LANES.length()) {
            FloatVector w = at(target.weight, i);
            FloatVector divergence = all(0);
            for (int c = 0; c < classes; c++) {
                divergence = logRatio(m, c, i).fma(at(q, row(m, c) + i), divergence);
            }
            for (int c = 0; c < classes; c++) {
                int at = row(m, c) + i;
                FloatVector pull = logRatio(m, c, i).sub(divergence).mul(at(q, at));
                pull.mul(w.mul(inverseTemperature)).intoArray(q, at);
            }
            all = divergence.fma(w, all);
        }
        loss += total(all);
    }

    /** In one order: that of Java's own sum over lanes is not specified. */
    private double total(FloatVector x) {
        x.intoArray(lanes, 0);
        double total = 0;
        for (float lane : lanes) {
            total += lane;
        }
        return total;
    }

    /** log q - log t. */
    private FloatVector logRatio(int m, int c, int i) {
        FloatVector logQ = at(z, row(m, c) + i).sub(at(logSum, m * VOXELS + i));
        return logQ.sub(at(logT, c * VOXELS + i));
    }
}
