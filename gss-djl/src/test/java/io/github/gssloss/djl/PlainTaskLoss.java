/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Random;

/** The task losses as plain loops over the voxels of random probabilities and labels. */
final class PlainTaskLoss {

    static final int B = 2;
    static final int N = 4;
    static final int V = 24;

    /** A label that is no class. */
    static final int NO_CLASS = 9;

    private static final Shape SHAPE = new Shape(B, N, 4, V / 4);

    /** Probabilities p by sample, class and voxel. */
    final double[][][] p = new double[B][N][V];

    /** Labels by sample and voxel. */
    final int[][] label = new int[B][V];

    /**
     * Draws probabilities, some of them below the floor of 0.005, and labels; the second sample has
     * none of the last class.
     *
     * @param seed repeats the numbers
     * @param noClass whether every fifth label or so is no class
     */
    PlainTaskLoss(int seed, boolean noClass) {
        Random random = new Random(seed);
        for (int b = 0; b < B; b++) {
            for (int v = 0; v < V; v++) {
                double sum = 0;
                for (int c = 0; c < N; c++) {
                    p[b][c][v] = Math.exp(3.5 * random.nextGaussian());
                    sum += p[b][c][v];
                }
                for (int c = 0; c < N; c++) {
                    p[b][c][v] /= sum;
                }
                label[b][v] = noClass && random.nextInt(5) == 0 ? NO_CLASS : random.nextInt(N - b);
            }
        }
    }

    NDArray probabilities(NDManager manager) {
        double[] flat = new double[B * N * V];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = p[i / (N * V)][i / V % N][i % V];
        }
        return manager.create(flat).reshape(SHAPE);
    }

    /** Class indices. */
    NDArray labels(NDManager manager, DataType type) {
        long[] flat = new long[B * V];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = label[i / V][i % V];
        }
        return manager.create(flat).reshape(new Shape(B, 4, V / 4)).toType(type, false);
    }

    /** One-hot labels; a label that is no class has none. */
    NDArray oneHot(NDManager manager, DataType type) {
        long[] flat = new long[B * N * V];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = label[i / (N * V)][i % V] == i / V % N ? 1 : 0;
        }
        return manager.create(flat).reshape(SHAPE).toType(type, false);
    }

    /** The soft Dice loss; voxels of a label that is no class are left out or not. */
    double dice(double[] weights, double numerator, double denominator, boolean ignores) {
        double mean = 0;
        double all = 0;
        for (int c = 0; c < N; c++) {
            double overlap = 0;
            double size = 0;
            for (int b = 0; b < B; b++) {
                for (int v = 0; v < V; v++) {
                    if (!ignores || label[b][v] != NO_CLASS) {
                        int y = label[b][v] == c ? 1 : 0;
                        overlap += p[b][c][v] * y;
                        size += p[b][c][v] + y;
                    }
                }
            }
            mean += weights[c] * (2 * overlap + numerator) / (size + denominator);
            all += weights[c];
        }
        return 1 - mean / all;
    }

    /**
     * The soft Dice loss with squared probabilities in the denominator, of all samples together.
     */
    double squaredDice(double numerator, double denominator) {
        double sum = 0;
        for (int c = 0; c < N; c++) {
            double overlap = 0;
            double size = 0;
            for (int b = 0; b < B; b++) {
                for (int v = 0; v < V; v++) {
                    int y = label[b][v] == c ? 1 : 0;
                    overlap += p[b][c][v] * y;
                    size += p[b][c][v] * p[b][c][v] + y;
                }
            }
            sum += (2 * overlap + numerator) / (size + denominator);
        }
        return 1 - sum / N;
    }

    /** The same of each sample alone, then the mean. */
    double squaredDicePerSample(double numerator, double denominator) {
        double sum = 0;
        for (int b = 0; b < B; b++) {
            for (int c = 0; c < N; c++) {
                double overlap = 0;
                double size = 0;
                for (int v = 0; v < V; v++) {
                    int y = label[b][v] == c ? 1 : 0;
                    overlap += p[b][c][v] * y;
                    size += p[b][c][v] * p[b][c][v] + y;
                }
                sum += (2 * overlap + numerator) / (size + denominator);
            }
        }
        return 1 - sum / (B * N);
    }

    /** The cross entropy of classes that count alike but for their weights. */
    double plainCrossEntropy(double[] weights, int ignored) {
        double sum = 0;
        for (int b = 0; b < B; b++) {
            for (int v = 0; v < V; v++) {
                int c = label[b][v];
                if (c < N && c != ignored) {
                    sum -= weights[c] * Math.log(p[b][c][v]);
                }
            }
        }
        return sum / (B * V);
    }

    /** Its gradient by each probability: numbers too large for a difference where p is small. */
    double[] crossEntropyGradient(double[] weights, int ignored) {
        double[] gradient = new double[B * N * V];
        for (int i = 0; i < gradient.length; i++) {
            int b = i / (N * V);
            int c = i / V % N;
            int v = i % V;
            if (label[b][v] == c && c != ignored) {
                gradient[i] = -weights[c] / (p[b][c][v] * B * V);
            }
        }
        return gradient;
    }

    /** The weighted cross entropy, without the voxels of one label. */
    double crossEntropy(double[] weights, double floor, int ignored) {
        double sum = 0;
        for (int b = 0; b < B; b++) {
            int[] count = new int[N];
            int labelled = 0;
            for (int v = 0; v < V; v++) {
                if (label[b][v] < N && label[b][v] != ignored) {
                    count[label[b][v]]++;
                    labelled++;
                }
            }
            for (int v = 0; v < V; v++) {
                int c = label[b][v];
                if (c < N && c != ignored) {
                    double weight = weights[c] * (1 - (double) count[c] / labelled);
                    sum -= weight * Math.log(Math.max(floor, p[b][c][v]));
                }
            }
        }
        return sum / (B * V);
    }
}
