/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Finds leaders from data: measures the Dice of each modality's branch for each class on validation
 * samples.
 *
 * <p>A branch predicts the class with its largest score at a voxel, the first of equals, and none
 * where a score is NaN. Voxels are counted over all samples that were added, and Dice is {@link
 * DiceCoefficient#ifLabelled} of these counts. A sample that lacks a modality does not count for
 * it. Not thread-safe.
 */
public final class LeaderSearch {

    /** Groups in which all modalities lead: only names and numbers are used. */
    private final ClassGroups groups;

    private final List<String> classes;
    private final OptionalInt ignoreIndex;

    /** By modality: N voxels predicted and labelled, N predicted, N labelled. */
    private final long[][] counts;

    /**
     * Creates a search without samples.
     *
     * @param modalities the names of the modalities, in the order of the branches
     * @param classes the names of the classes, in the order of the class axis
     * @throws IllegalArgumentException if names repeat, there is no modality or fewer than two
     *     classes
     */
    public LeaderSearch(List<String> modalities, List<String> classes) {
        this(modalities, classes, OptionalInt.empty());
    }

    /**
     * Creates a search without samples.
     *
     * @param modalities the names of the modalities, in the order of the branches
     * @param classes the names of the classes, in the order of the class axis
     * @param ignoreIndex the label of voxels that do not count; empty: none
     * @throws IllegalArgumentException if names repeat, there is no modality or fewer than two
     *     classes
     */
    public LeaderSearch(List<String> modalities, List<String> classes, OptionalInt ignoreIndex) {
        this.ignoreIndex = Arguments.requireNonNull("ignoreIndex", ignoreIndex);
        Arguments.requireList("modalities", modalities);
        this.classes = Arguments.requireList("classes", classes);
        List<Integer> all = IntStream.range(0, modalities.size()).boxed().toList();
        List<ClassGroup> ofClasses =
                classes.stream().map(name -> new ClassGroup(name, all)).toList();
        this.groups = new ClassGroups(modalities, ofClasses);
        this.counts = new long[modalities.size()][Overlap.COUNTS * classes.size()];
    }

    /**
     * Adds samples that have every modality.
     *
     * @param branches per modality the logits or probabilities (B, N, spatial...)
     * @param labels see {@link ClassLabels}
     * @return this search
     * @throws IllegalArgumentException as {@link #add(NDList, NDArray, NDArray)} does
     */
    public LeaderSearch add(NDList branches, NDArray labels) {
        return add(branches, labels, null);
    }

    /**
     * Adds samples.
     *
     * @param branches per modality the logits or probabilities (B, N, spatial...)
     * @param labels see {@link ClassLabels}
     * @param present (B, M), non-zero where a sample has a modality; null: all are present
     * @return this search
     * @throws IllegalArgumentException if shapes, types or devices do not fit each other or the
     *     names
     */
    public LeaderSearch add(NDList branches, NDArray labels, NDArray present) {
        Shape shape = Arguments.requireBranches("branches", branches, groups);
        Arguments.requirePresent(present, shape, groups);
        Arguments.requireNonNull("labels", labels);
        try (NDManager work = branches.get(0).getManager().newSubManager()) {
            ClassLabels read = ClassLabels.of(labels, shape, ignoreIndex, work);
            Batch batch = Batch.of(branches, present, read, work);
            List<VoxelBlock> blocks =
                    VoxelBlock.over(
                            batch.size(),
                            batch.voxels(),
                            GroupDistillation.defaultBlockVoxels(batch));
            addCounts(BranchOverlap.count(batch, blocks, work).toLongArray());
        }
        return this;
    }

    private void addCounts(long[] added) {
        int each = counts[0].length;
        for (int i = 0; i < added.length; i++) {
            counts[i / each][i % each] += added[i];
        }
    }

    /**
     * Returns the Dice over all samples added so far.
     *
     * @return the Dice of each modality for each class
     */
    public ModalityDice dice() {
        List<List<OptionalDouble>> values = new ArrayList<>();
        for (long[] of : counts) {
            values.add(IntStream.range(0, classes.size()).mapToObj(c -> dice(of, c)).toList());
        }
        return new ModalityDice(groups.modalities(), classes, values);
    }

    private OptionalDouble dice(long[] of, int c) {
        int n = classes.size();
        return DiceCoefficient.ifLabelled(of[c], of[n + c], of[2 * n + c]);
    }
}
