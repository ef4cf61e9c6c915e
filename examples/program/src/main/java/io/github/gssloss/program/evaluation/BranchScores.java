/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.evaluation;

import io.github.gssloss.core.DiceCoefficient;
import io.github.gssloss.imaging.dataset.LabelSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The Dice of each branch for each class, case by case. A case counts for a class that its
 * segmentation has, and for the modalities that it has.
 */
public final class BranchScores {

    private final int modalities;
    private final int classes;

    /** By case: modality, class; NaN where the case does not count. */
    private final Map<String, double[][]> byCase = new LinkedHashMap<>();

    /**
     * Starts without cases.
     *
     * @param modalities the number of modalities, M
     * @param classes the number of classes, N
     */
    public BranchScores(int modalities, int classes) {
        this.modalities = modalities;
        this.classes = classes;
    }

    /**
     * Adds what a branch made of a case.
     *
     * @param caseName the case
     * @param modality the branch, from 0
     * @param predicted the class of each voxel
     * @param truth the true class of each voxel in the same order; {@link LabelSet#IGNORED} is not
     *     counted
     * @throws IllegalArgumentException if there are more or fewer predictions than voxels
     */
    public void add(String caseName, int modality, byte[] predicted, byte[] truth) {
        if (predicted.length != truth.length) {
            throw new IllegalArgumentException(
                    "predicted: expected %d voxels as the truth has, got %d"
                            .formatted(truth.length, predicted.length));
        }
        long[] both = new long[classes];
        long[] found = new long[classes];
        long[] there = new long[classes];
        for (int v = 0; v < truth.length; v++) {
            if (truth[v] == LabelSet.IGNORED) {
                continue;
            }
            found[predicted[v]]++;
            there[truth[v]]++;
            if (predicted[v] == truth[v]) {
                both[truth[v]]++;
            }
        }
        double[] dice = byCase.computeIfAbsent(caseName, name -> empty())[modality];
        for (int c = 0; c < classes; c++) {
            OptionalDouble value = DiceCoefficient.ifLabelled(both[c], found[c], there[c]);
            dice[c] = value.orElse(Double.NaN);
        }
    }

    private double[][] empty() {
        double[][] none = new double[modalities][classes];
        for (double[] row : none) {
            Arrays.fill(row, Double.NaN);
        }
        return none;
    }

    /**
     * Returns the scores of a class of the cases in which some branches all count.
     *
     * @param classIndex the class
     * @param branches the branches, from 0
     * @return for each of these cases the Dice of each of the branches
     */
    public List<double[]> of(int classIndex, int... branches) {
        List<double[]> rows = new ArrayList<>();
        for (double[][] one : byCase.values()) {
            double[] row = new double[branches.length];
            boolean whole = true;
            for (int i = 0; i < branches.length; i++) {
                row[i] = one[branches[i]][classIndex];
                whole &= !Double.isNaN(row[i]);
            }
            if (whole) {
                rows.add(row);
            }
        }
        return rows;
    }

    /**
     * Returns the number of cases.
     *
     * @return how many there are, whatever they count for
     */
    public int cases() {
        return byCase.size();
    }
}
