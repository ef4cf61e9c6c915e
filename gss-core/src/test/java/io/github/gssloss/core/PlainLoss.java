/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/**
 * L_kd by plain loops over voxels, and its derivatives by central differences. The target stays
 * that of the logits as they came.
 */
final class PlainLoss {

    /** The target of each branch at a voxel of the batch; null: none. */
    @FunctionalInterface
    interface Targets {
        /** From who is present, the logits [modality][class], and the number of the voxel. */
        double[][] of(boolean[] present, double[][] z, int at);
    }

    private final GssConfig config;
    private final boolean[][] present;
    private final double[][] z;
    private final double[] mask;
    private final double[][][] targets;
    private final int classes;
    private final int voxels;
    private final int all;

    /** With the votes as target. */
    PlainLoss(GssConfig config, NDList logits, boolean[][] present, NDArray mask) {
        this(config, logits, present, mask, (here, z, at) -> votes(config, here, z));
    }

    /**
     * Computes the targets.
     *
     * @param logits (B, N, spatial...) of each modality
     * @param present by sample, then modality
     * @param mask the weight of a voxel (B, 1, spatial...) or (M, B, 1, spatial...); null: 1
     */
    PlainLoss(GssConfig config, NDList logits, boolean[][] present, NDArray mask, Targets targets) {
        Shape shape = logits.get(0).getShape();
        this.config = config;
        this.present = present;
        this.classes = (int) shape.get(1);
        this.voxels = (int) (shape.size() / shape.get(0) / classes);
        this.all = (int) (shape.size() / classes);
        this.z = logits.stream().map(PlainLoss::doubles).toArray(double[][]::new);
        this.mask = mask == null ? ones(all) : doubles(mask);
        this.targets = new double[all][][];
        for (int at = 0; at < all; at++) {
            double[][] voxel = new double[z.length][];
            for (int m = 0; m < z.length; m++) {
                voxel[m] = voxel(m, at);
            }
            this.targets[at] = targets.of(present[at / voxels], voxel, at);
        }
    }

    static double[][] votes(GssConfig config, boolean[] present, double[][] z) {
        double[][] each = new double[z.length][];
        Arrays.fill(each, PlainGss.target(config, present, z));
        return each;
    }

    private static double[] doubles(NDArray array) {
        return array.toType(DataType.FLOAT64, true).toDoubleArray();
    }

    private static double[] ones(int length) {
        double[] ones = new double[length];
        Arrays.fill(ones, 1);
        return ones;
    }

    private double[] voxel(int m, int at) {
        double[] logits = new double[classes];
        for (int c = 0; c < classes; c++) {
            logits[c] = z[m][(at / voxels * classes + c) * voxels + at % voxels];
        }
        return logits;
    }

    double loss() {
        double sum = 0;
        for (int at = 0; at < all; at++) {
            for (int m = 0; m < z.length; m++) {
                sum += share(m, at);
            }
        }
        return sum / all;
    }

    /** The target of branch m at a voxel; null: none. */
    double[] target(int m, int at) {
        return targets[at][m];
    }

    /** The number of voxels without a target for branch m, masked ones included. */
    long withoutTarget(int m) {
        return Arrays.stream(targets).filter(target -> target[m] == null).count();
    }

    private double share(int m, int at) {
        double kept = mask[mask.length > all ? m * all + at : at];
        if (!present[at / voxels][m] || targets[at][m] == null || kept == 0) {
            return 0;
        }
        return kept
                * PlainGss.divergence(
                        config.divergence(), targets[at][m], voxel(m, at), config.temperature());
    }

    /** Central difference of the loss by one logit: only its own voxel's share changes. */
    double difference(int m, int element) {
        int at = element / (classes * voxels) * voxels + element % voxels;
        double step = 1e-6 * Math.max(1, Math.abs(z[m][element]));
        double was = z[m][element];
        z[m][element] = was + step;
        double up = share(m, at);
        z[m][element] = was - step;
        double down = share(m, at);
        z[m][element] = was;
        return (up - down) / (2 * step) / all;
    }
}
