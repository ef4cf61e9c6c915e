/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.scripts;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.core.ClassGroups;
import io.github.gssloss.core.Decision;
import io.github.gssloss.core.Vote;
import io.github.gssloss.core.VotingRule;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Lets four modalities vote on a few voxels, and prints which rule decided each vote and why, and
 * the trust in a target that is labelled tumour: its vote over the largest vote of the classes.
 *
 * <pre>
 * mvn -q -Pscript -Dscript=VoteByHand
 *
 * ClassGroups    which modalities lead each class; the others are its members
 * VotingRule     the paper's rules, with the thresholds of leaders and members and the penalty
 * Vote           what the modalities voted for each class and voxel, and which rule decided it
 * Decision       the rules by name
 * </pre>
 */
public final class VoteByHand {
    private static final List<String> MODALITIES = List.of("flair", "t1ce", "t1", "t2");
    private static final VotingRule RULE = new VotingRule(0.75, 0.85, 0.3);

    // The probability of tumour by modality and voxel, plain (P) and tempered (Q). In the first
    // example t1ce leads (paper, Algorithm 1), in the second flair and t2 do (Algorithm 2).
    private static final float[][] P_ONE = {
        {.2f, .9f, .3f}, {.9f, .5f, .5f}, {.2f, .9f, .4f}, {.2f, .9f, .9f}
    };
    private static final float[][] Q_ONE = {
        {.20f, .41f, .22f}, {.40f, .30f, .30f}, {.20f, .42f, .23f}, {.20f, .43f, .24f}
    };
    private static final float[][] P_TWO = {
        {.9f, .9f, .5f, .5f}, {.1f, .1f, .9f, .2f}, {.1f, .1f, .95f, .9f}, {.8f, .3f, .4f, .4f}
    };
    private static final float[][] Q_TWO = {
        {.40f, .40f, .30f, .30f}, {.1f, .1f, .41f, .21f},
        {.12f, .12f, .43f, .25f}, {.36f, .20f, .28f, .28f}
    };

    private VoteByHand() {}

    public static void main(String[] args) {
        vote("t1ce", P_ONE, Q_ONE);
        vote("flair, t2", P_TWO, Q_TWO);
    }

    private static void vote(String leaders, float[][] p, float[][] q) {
        String all = "tumour: %1$s; fluid: %1$s; grey: %1$s; white: %1$s".formatted(leaders);
        ClassGroups groups = ClassGroups.parse(MODALITIES, all);
        System.out.println("Leaders of the class: " + leaders);
        try (NDManager manager = NDManager.newBaseManager();
                Vote vote = RULE.vote(branches(manager, p), branches(manager, q), groups, null)) {
            float[] votes = vote.value().get("0, 0").toFloatArray();
            float[] others = vote.value().get("0, 1").toFloatArray();
            byte[] decisions = vote.decision().get("0, 0").toByteArray();
            for (int i = 0; i < votes.length; i++) {
                int v = i;
                List<Float> seen = Arrays.stream(p).map(voxels -> voxels[v]).toList();
                String why = why(Decision.values()[decisions[v]]) + ": " + two(votes[v]);
                System.out.println("  p of " + MODALITIES + ": " + seen + " -> " + why);
                float trust = votes[v] / Math.max(votes[v], others[v]);
                String gate = trust == 1 ? "1" : "0";
                System.out.println("    trust: LABEL " + gate + ", LABEL_WEIGHT " + two(trust));
            }
        }
    }

    private static String two(float number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }

    private static String why(Decision decision) {
        return switch (decision) {
            case ALL_LEADERS -> "ALL_LEADERS: each has p > 0.75. The largest q of the leaders";
            case SOME_LEADERS -> "SOME_LEADERS: not all have p > 0.75. Largest q - 0.3 * range";
            case MEMBERS -> "MEMBERS: each has p > 0.85, no leader p > 0.75. Their mean q";
            case MINIMUM -> "MINIMUM: none of these. The smallest q of all modalities";
            default -> decision + ": no modality is there";
        };
    }

    /** Tumour and three other classes, which share the rest: (1, 4, voxels) for each modality. */
    private static NDList branches(NDManager manager, float[][] tumour) {
        NDList branches = new NDList();
        for (float[] voxels : tumour) {
            NDArray row = manager.create(voxels, new Shape(1, 1, voxels.length));
            branches.add(row.concat(row.neg().add(1).div(3).repeat(1, 3), 1));
        }
        return branches;
    }
}
