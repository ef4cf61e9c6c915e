/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.segment;

import java.util.List;

/** Maps of where a network is unsure, and of where its branches contradict each other. */
public final class Uncertainty {

    private Uncertainty() {}

    /**
     * Returns the entropy of probabilities, as a share of the largest there can be:
     *
     * <pre>{@code -sum_c p_c ln p_c / ln N}</pre>
     *
     * @param probabilities (N, voxels) in C order, 1 together at each voxel
     * @param numClasses N, at least 2
     * @return one value a voxel: 0 where one class has all, 1 where all have the same
     */
    public static float[] entropy(float[] probabilities, int numClasses) {
        int voxels = probabilities.length / numClasses;
        float[] map = new float[voxels];
        double most = Math.log(numClasses);
        for (int v = 0; v < voxels; v++) {
            double sum = 0;
            for (int c = 0; c < numClasses; c++) {
                sum += information(probabilities[c * voxels + v]);
            }
            map[v] = share(sum, most);
        }
        return map;
    }

    /**
     * Returns the disagreement of branches: the generalised Jensen-Shannon divergence of their
     * probabilities (Lin, 1991: equal weights), as a share of the largest there can be for so many
     * branches and classes:
     *
     * <pre>{@code (H(mean_b p_b) - mean_b H(p_b)) / H_max,  H(p) = -sum_c p_c ln p_c}</pre>
     *
     * <p>It is largest where each branch is sure and they are spread over the classes as evenly as
     * B branches can be: H_max is the entropy of their counts, ln B for B at most N, ln N where N
     * divides B.
     *
     * @param branches the probabilities of each branch, at least 2, each (N, voxels) in C order
     * @param numClasses N, at least 2
     * @return one value a voxel: 0 where all branches say the same, 1 where they differ as much as
     *     they can
     * @throws IllegalArgumentException if there are fewer than 2 branches
     */
    public static float[] disagreement(List<float[]> branches, int numClasses) {
        int count = branches.size();
        if (count < 2) {
            throw new IllegalArgumentException("branches: expected at least 2, got " + count);
        }
        int voxels = branches.get(0).length / numClasses;
        float[] map = new float[voxels];
        double most = mostDisagreement(count, numClasses);
        for (int v = 0; v < voxels; v++) {
            double divergence = 0;
            for (int c = 0; c < numClasses; c++) {
                double mean = 0;
                double own = 0;
                for (float[] branch : branches) {
                    double probability = branch[c * voxels + v];
                    mean += probability / count;
                    own += information(probability) / count;
                }
                divergence += information(mean) - own;
            }
            map[v] = share(divergence, most);
        }
        return map;
    }

    /** The entropy of branches that are each sure and spread over the classes evenly. */
    static double mostDisagreement(int branches, int numClasses) {
        double sum = 0;
        for (int c = 0; c < numClasses; c++) {
            int here = branches / numClasses + (c < branches % numClasses ? 1 : 0);
            sum += information((double) here / branches);
        }
        return sum;
    }

    private static double information(double probability) {
        return probability > 0 ? -probability * Math.log(probability) : 0;
    }

    private static float share(double value, double most) {
        return (float) Math.max(0, Math.min(1, value / most));
    }
}
