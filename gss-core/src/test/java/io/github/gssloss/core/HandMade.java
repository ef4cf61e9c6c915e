/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.IntStream;

/** Votes of one class on voxels whose probabilities are written down by hand. */
final class HandMade {

    private HandMade() {}

    /** The votes of modalities of which some lead; p and q by modality, then voxel. */
    static double[] votes(VotingRule rule, List<Integer> leaders, double[][] p, double[][] q) {
        ClassGroups groups =
                new ClassGroups(
                        IntStream.range(0, p.length).mapToObj(m -> "m" + m).toList(),
                        List.of(new ClassGroup("one", leaders), new ClassGroup("two", leaders)));
        try (NDManager manager = NDManager.newBaseManager();
                Vote vote = rule.vote(twice(manager, p), twice(manager, q), groups, null)) {
            return vote.value().get(0, 1).toDoubleArray();
        }
    }

    /** Both classes alike: (1, 2, V) of each modality. */
    private static NDList twice(NDManager manager, double[][] values) {
        NDList branches = new NDList();
        for (double[] voxels : values) {
            double[][] classes = {voxels, voxels};
            branches.add(manager.create(classes).reshape(new Shape(1, 2, voxels.length)));
        }
        return branches;
    }
}
