/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The targets and weights of one voxel with everything that the paper leaves out, by plain loops:
 * teachers, readiness, trust, balance.
 */
final class PlainRemedies {

    private final GssConfig config;
    private final boolean[] ready;

    /**
     * Takes the settings.
     *
     * @param ready by class; used if the settings have readiness
     */
    PlainRemedies(GssConfig config, boolean[] ready) {
        this.config = config;
        this.ready = ready;
    }

    /**
     * The target of every branch; null: undecided.
     *
     * @param z logits by modality and class
     * @param fused probabilities
     * @param label a class, or a number below 0 or of N and more: none
     */
    double[][] targets(boolean[] present, double[][] z, double[] fused, int label) {
        double[][] each = new double[z.length][];
        for (int m = 0; m < z.length; m++) {
            double[] numbers =
                    config.teacher() instanceof OracleTeacher oracle
                            ? ofOracle(oracle, present, z, label)
                            : numbers(present, z, fused, m);
            double sum = 0;
            for (int c = 0; c < numbers.length; c++) {
                if (config.readiness().isPresent() && !ready[c]) {
                    numbers[c] = unready(numbers.length, c, label);
                }
                sum += numbers[c];
            }
            if (!(sum > 1e-12)) {
                continue;
            }
            for (int c = 0; c < numbers.length && config.normalised(); c++) {
                numbers[c] /= sum;
            }
            each[m] = numbers;
        }
        return each;
    }

    private double unready(int classes, int c, int label) {
        if (config.readiness().orElseThrow().unreadyVote() == UnreadyVote.NONE) {
            return 0;
        }
        double e = Math.exp(1 / config.temperature());
        return (c == label ? e : 1) / (e + classes - 1);
    }

    private double[] numbers(boolean[] present, double[][] z, double[] fused, int m) {
        double[] log = Arrays.stream(fused).map(f -> Math.log(Math.max(f, 1e-12))).toArray();
        double[] tempered = PlainGss.softmax(log, config.temperature());
        if (config.teacher() == PaperTeacher.FUSED) {
            return tempered;
        }
        if (config.teacher() == PaperTeacher.MUTUAL) {
            return others(present, z, m);
        }
        PlainGss.PlainVote[] votes = votes(present, z);
        boolean nobody = Arrays.stream(votes).allMatch(vote -> vote.decision() == Decision.MINIMUM);
        double[] numbers = new double[fused.length];
        for (int c = 0; c < numbers.length; c++) {
            boolean minimum = votes[c].decision() == Decision.MINIMUM;
            numbers[c] = votes[c].vote();
            if (config.teacher() == FallbackTeacher.VOTES_ELSE_FUSED && minimum) {
                numbers[c] = tempered[c];
            }
            if (config.teacher() == FallbackTeacher.VOTES_ELSE_NOTHING && nobody) {
                numbers[c] = 0;
            }
        }
        return numbers;
    }

    private double[] ofOracle(OracleTeacher oracle, boolean[] present, double[][] z, int label) {
        int classes = z[0].length;
        if (label < 0 || label >= classes) {
            return new double[classes];
        }
        double[] log = new double[classes];
        Arrays.fill(log, Math.log(0.005));
        log[label] = 0;
        double[] ofLabel = PlainGss.softmax(log, config.temperature());
        if (oracle == OracleTeacher.LABEL) {
            return ofLabel;
        }
        if (oracle == OracleTeacher.BEST_BRANCH) {
            double highest = 0;
            double[] best = new double[classes];
            for (int m = 0; m < z.length; m++) {
                double p = PlainGss.softmax(z[m], 1)[label];
                if (present[m] && p > highest) {
                    highest = p;
                    best = PlainGss.softmax(z[m], config.temperature());
                }
            }
            return best;
        }
        double[] votes =
                Arrays.stream(votes(present, z)).mapToDouble(PlainGss.PlainVote::vote).toArray();
        return votes[label] == Arrays.stream(votes).max().orElseThrow() ? votes : ofLabel;
    }

    private double[] others(boolean[] present, double[][] z, int m) {
        double[] mean = new double[z[0].length];
        int[] others = IntStream.range(0, z.length).filter(o -> o != m && present[o]).toArray();
        for (int o : others) {
            double[] q = PlainGss.softmax(z[o], config.temperature());
            for (int c = 0; c < mean.length; c++) {
                mean[c] += q[c] / others.length;
            }
        }
        return mean;
    }

    private PlainGss.PlainVote[] votes(boolean[] present, double[][] z) {
        PlainGss.PlainVote[] votes = new PlainGss.PlainVote[z[0].length];
        for (int c = 0; c < votes.length; c++) {
            double[] p = new double[z.length];
            double[] q = new double[z.length];
            for (int m = 0; m < z.length; m++) {
                p[m] = PlainGss.softmax(z[m], 1)[c];
                q[m] = PlainGss.softmax(z[m], config.temperature())[c];
            }
            List<Integer> leaders = config.groups().groups().get(c).leaders();
            votes[c] = PlainGss.vote(config, leaders, present, p, q);
        }
        return votes;
    }

    /** How much a target is believed; 0 if there is none. */
    double trust(double[] target, int label) {
        if (target == null) {
            return 0;
        }
        double ofLabel = label >= 0 && label < target.length ? target[label] : 0;
        double highest = Arrays.stream(target).max().orElseThrow();
        return switch (config.trust()) {
            case NONE -> 1;
            case LABEL -> ofLabel == highest ? 1 : 0;
            case LABEL_WEIGHT -> ofLabel / highest;
        };
    }

    /** Whether a rounding error decides if the label's target is the highest. */
    static boolean isNearTie(double[] target, int label) {
        if (target == null || label < 0 || label >= target.length) {
            return false;
        }
        double highest = Arrays.stream(target).max().orElseThrow();
        return Math.abs(highest - target[label]) < 1e-13;
    }

    /**
     * The weight of every voxel of a sample by its label.
     *
     * @param labels of the sample's voxels
     * @param kept whether a voxel is not ignored
     */
    double[] balance(int[] labels, boolean[] kept, int classes) {
        double[] weights = new double[labels.length];
        if (config.balance() == Balance.VOXEL) {
            Arrays.fill(weights, 1);
            return weights;
        }
        double[] counts = new double[classes];
        double all = 0;
        for (int v = 0; v < labels.length; v++) {
            if (kept[v] && labels[v] >= 0 && labels[v] < classes) {
                counts[labels[v]]++;
                all++;
            }
        }
        double sum = 0;
        for (int v = 0; v < labels.length; v++) {
            if (kept[v] && labels[v] >= 0 && labels[v] < classes) {
                weights[v] = 1 - counts[labels[v]] / all;
                sum += weights[v];
            }
        }
        for (int v = 0; v < labels.length; v++) {
            boolean labelled = kept[v] && labels[v] >= 0 && labels[v] < classes;
            weights[v] = !labelled ? 0 : sum == 0 ? 1 : weights[v] / (sum / all);
        }
        return weights;
    }
}
