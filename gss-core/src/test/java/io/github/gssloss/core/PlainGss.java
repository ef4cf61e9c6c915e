/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The method once more, slowly: one voxel at a time, plain loops over doubles, written from the
 * formulas. What the tests hold the arrays against.
 */
final class PlainGss {

    private PlainGss() {}

    record PlainVote(Decision decision, double vote) {}

    /** One class at one voxel by the paper's rules; p and q by modality. */
    static PlainVote vote(
            GssConfig config, List<Integer> leaders, boolean[] present, double[] p, double[] q) {
        int[] all = IntStream.range(0, p.length).filter(m -> present[m]).toArray();
        int[] lead = IntStream.of(all).filter(leaders::contains).toArray();
        int[] member = IntStream.of(all).filter(m -> !leaders.contains(m)).toArray();
        if (all.length == 0) {
            return new PlainVote(Decision.NO_MODALITY, 0);
        }
        IntPredicate sureLeader = m -> p[m] > config.leaderThreshold();
        if (lead.length > 0 && IntStream.of(lead).allMatch(sureLeader)) {
            return new PlainVote(Decision.ALL_LEADERS, max(lead, q));
        }
        if (IntStream.of(lead).anyMatch(sureLeader)) {
            double max = max(lead, q);
            return new PlainVote(
                    Decision.SOME_LEADERS, max - config.penalty() * (max - min(lead, q)));
        }
        if (member.length > 0
                && IntStream.of(member).allMatch(m -> p[m] > config.memberThreshold())) {
            double mean = IntStream.of(member).mapToDouble(m -> q[m]).sum() / member.length;
            return new PlainVote(Decision.MEMBERS, mean);
        }
        return new PlainVote(Decision.MINIMUM, min(all, q));
    }

    private static double max(int[] some, double[] q) {
        return IntStream.of(some).mapToDouble(m -> q[m]).max().orElseThrow();
    }

    private static double min(int[] some, double[] q) {
        return IntStream.of(some).mapToDouble(m -> q[m]).min().orElseThrow();
    }

    static double[] softmax(double[] z, double temperature) {
        double top = IntStream.range(0, z.length).mapToDouble(c -> z[c]).max().orElseThrow();
        double[] e = new double[z.length];
        double sum = 0;
        for (int c = 0; c < z.length; c++) {
            e[c] = Math.exp((z[c] - top) / temperature);
            sum += e[c];
        }
        for (int c = 0; c < z.length; c++) {
            e[c] /= sum;
        }
        return e;
    }

    /** Finite also where the probability itself is too small for a double. */
    private static double[] logSoftmax(double[] z, double temperature) {
        double top = IntStream.range(0, z.length).mapToDouble(c -> z[c]).max().orElseThrow();
        double sum = 0;
        for (double one : z) {
            sum += Math.exp((one - top) / temperature);
        }
        double[] logs = new double[z.length];
        for (int c = 0; c < z.length; c++) {
            logs[c] = (z[c] - top) / temperature - Math.log(sum);
        }
        return logs;
    }

    /** The soft target of one voxel from its logits [modality][class]; null: undecided. */
    static double[] target(GssConfig config, boolean[] present, double[][] z) {
        int classes = z[0].length;
        double[] votes = new double[classes];
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            double[] p = new double[z.length];
            double[] q = new double[z.length];
            for (int m = 0; m < z.length; m++) {
                p[m] = softmax(z[m], 1)[c];
                q[m] = softmax(z[m], config.temperature())[c];
            }
            List<Integer> leaders = config.groups().groups().get(c).leaders();
            votes[c] = vote(config, leaders, present, p, q).vote();
            sum += votes[c];
        }
        if (!(sum > 1e-12)) {
            return null;
        }
        for (int c = 0; c < classes && config.normalised(); c++) {
            votes[c] /= sum;
        }
        return votes;
    }

    /** The divergence of one branch at one voxel from a given target. */
    static double divergence(Divergence order, double[] t, double[] z, double temperature) {
        double[] q = softmax(z, temperature);
        double[] logQ = logSoftmax(z, temperature);
        double sum = 0;
        for (int c = 0; c < t.length; c++) {
            if (order == Divergence.FLOORED_KL) {
                double floored = Math.max(t[c], 0.005);
                sum += floored * (Math.log(floored) - Math.max(logQ[c], Math.log(0.005)));
                continue;
            }
            double difference = Math.log(Math.max(t[c], 1e-12)) - logQ[c];
            sum += order == Divergence.FORWARD_KL ? t[c] * difference : -q[c] * difference;
        }
        return sum;
    }
}
