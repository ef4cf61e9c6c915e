/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import static io.github.gssloss.core.LaneMath.LANES;
import static io.github.gssloss.core.LaneMath.all;
import static io.github.gssloss.core.LaneMath.at;
import static io.github.gssloss.core.LaneMath.max;
import static io.github.gssloss.core.LaneMath.min;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** The votes of the modalities that a sample has: {@link VoxelLanes} says what a row is. */
final class LaneVotes {

    private static final int ROW = VoxelPass.VOXELS;

    private final PassInput input;
    private final int classes;
    private final int[][] leaders;
    private final int[][] members;

    /** How many leaders and how many members of each class are confident at a voxel. */
    private final float[] confidentLeaders;

    private final float[] confidentMembers;

    LaneVotes(PassInput input, int sample) {
        this.input = input;
        classes = input.numClasses();
        leaders = new int[classes][];
        members = new int[classes][];
        Arrays.setAll(leaders, c -> input.present(sample, c, true));
        Arrays.setAll(members, c -> input.present(sample, c, false));
        confidentLeaders = new float[classes * ROW];
        confidentMembers = new float[classes * ROW];
    }

    /** Counts where p &gt; T, as e<sup>z</sup> &gt; T &Sigma; e<sup>z</sup>, without a division. */
    void compare(int m, float[] exponentials, float[] sum) {
        for (int c = 0; c < classes; c++) {
            boolean leads = input.leads(m, c);
            GssConfig config = input.config;
            double threshold = leads ? config.leaderThreshold() : config.memberThreshold();
            float[] confident = leads ? confidentLeaders : confidentMembers;
            int row = (m * classes + c) * ROW;
            for (int i = 0; i < ROW; i += LANES.length()) {
                FloatVector least = at(sum, i).mul((float) threshold);
                FloatVector before = at(confident, c * ROW + i);
                before.blend(before.add(1), at(exponentials, row + i).compare(GT, least))
                        .intoArray(confident, c * ROW + i);
            }
        }
    }

    /**
     * The votes on a class, from q of the branches and the fused output; the counts start anew.
     * Some leaders alone give max - &rho; (max - min) as a sum, which is not 0 where &rho; is 1 and
     * min is small.
     */
    void vote(int c, float[] q, RunTarget to) {
        double penalty = input.config.penalty();
        int fused = (input.numModalities() * classes + c) * ROW;
        for (int i = 0; i < ROW; i += LANES.length()) {
            FloatVector most = all(0);
            FloatVector least = all(2);
            for (int m : leaders[c]) {
                FloatVector x = at(q, (m * classes + c) * ROW + i);
                most = max(most, x);
                least = min(least, x);
            }
            FloatVector lowest = least;
            FloatVector sum = all(0);
            for (int m : members[c]) {
                FloatVector x = at(q, (m * classes + c) * ROW + i);
                lowest = min(lowest, x);
                sum = sum.add(x);
            }
            FloatVector confident = at(confidentLeaders, c * ROW + i);
            VectorMask<Float> some = confident.compare(GT, 0);
            VectorMask<Float> byMembers =
                    at(confidentMembers, c * ROW + i).compare(EQ, countOf(members[c]));
            at(to.voted, i).blend(1, some.or(byMembers)).intoArray(to.voted, i);
            (input.fused == null ? lowest : at(q, fused + i))
                    .blend(sum.div(countOf(members[c])), byMembers)
                    .blend(most.mul((float) (1 - penalty)).add(least.mul((float) penalty)), some)
                    .blend(most, confident.compare(EQ, countOf(leaders[c])))
                    .intoArray(to.t, c * ROW + i);
            all(0).intoArray(confidentLeaders, c * ROW + i);
            all(0).intoArray(confidentMembers, c * ROW + i);
        }
    }

    /** Of nobody not all are confident: no count is -1. */
    private static float countOf(int[] modalities) {
        return modalities.length == 0 ? -1 : modalities.length;
    }
}
