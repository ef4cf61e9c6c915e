/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Finds leaders from data: measures on validation samples how well each modality's branch segments
 * each class.
 *
 * <p>A branch predicts the class with its largest score at a voxel, the first of equals. Voxels are
 * counted over all samples that were added, then Dice is 2 |P and T| / (|P| + |T|) of all of them
 * together. A sample that lacks a modality does not count for it. Not for several threads at once.
 */
public final class LeaderSearch {

    private final ClassGroups everybodyLeads;
    private final List<String> classes;

    /** By modality: N voxels predicted and true, N predicted, N true. */
    private final long[][] counts;

    /**
     * Creates a search that has seen nothing yet.
     *
     * @param modalities the names of the modalities, in the order of the branches
     * @param classes the names of the classes, in the order of the class axis
     * @throws IllegalArgumentException if names repeat, there is no modality or fewer than two
     *     classes
     */
    public LeaderSearch(List<String> modalities, List<String> classes) {
        Arguments.requireList("modalities", modalities);
        this.classes = Arguments.requireList("classes", classes);
        List<Integer> everyone = IntStream.range(0, modalities.size()).boxed().toList();
        List<ClassGroup> groups =
                classes.stream().map(name -> new ClassGroup(name, everyone)).toList();
        this.everybodyLeads = new ClassGroups(modalities, groups);
        this.counts = new long[modalities.size()][Overlap.COUNTS * classes.size()];
    }

    /**
     * Adds samples that have every modality.
     *
     * @param branches per modality the logits or probabilities (B, N, spatial...)
     * @param labels class indices (B, spatial...) or one-hot (B, N, spatial...)
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
     * @param labels class indices (B, spatial...) of any numeric type, where an index outside 0 to
     *     N - 1 belongs to no class, or one-hot (B, N, spatial...) of 0 and 1
     * @param present (B, M), non-zero where a sample has a modality; null: all are there
     * @return this search
     * @throws IllegalArgumentException if shapes, types or devices do not fit each other or the
     *     names
     */
    public LeaderSearch add(NDList branches, NDArray labels, NDArray present) {
        Shape shape = Arguments.requireBranches("branches", branches, everybodyLeads);
        Arguments.requirePresent(present, shape, everybodyLeads);
        Arguments.requireNonNull("labels", labels);
        try (NDManager work = branches.get(0).getManager().newSubManager()) {
            BatchLabels truth = BatchLabels.of(labels, shape, work);
            Batch batch = Batch.of(branches, present, work);
            NDList byBlock = new NDList();
            for (VoxelBlock block :
                    VoxelBlock.over(batch.size(), batch.voxels(), GroupDistillation.BLOCK_VOXELS)) {
                try (NDManager small = work.newSubManager()) {
                    NDArray ofBlock = NDArrays.concat(count(batch, truth, block, small));
                    ofBlock.attach(work);
                    byBlock.add(ofBlock);
                }
            }
            keep(NDArrays.stack(byBlock).sum(new int[] {0}).toLongArray());
        }
        return this;
    }

    private NDList count(Batch batch, BatchLabels labels, VoxelBlock block, NDManager small) {
        NDArray truth = labels.oneHot(block, small);
        Attendance attendance = batch.attendance(block, small);
        NDList branches = batch.logits(block, small);
        NDList all = new NDList();
        for (int m = 0; m < branches.size(); m++) {
            NDArray predicted = labels.highest(branches.get(m), small);
            if (attendance.everybody()) {
                all.addAll(Overlap.count(predicted, truth));
            } else {
                NDArray here = attendance.here(m).gt(0);
                all.addAll(Overlap.count(predicted.logicalAnd(here), truth.logicalAnd(here)));
            }
        }
        return all;
    }

    private void keep(long[] added) {
        int each = counts[0].length;
        for (int i = 0; i < added.length; i++) {
            counts[i / each][i % each] += added[i];
        }
    }

    /**
     * Returns what was measured so far.
     *
     * @return the Dice of each modality for each class
     */
    public ModalityDice dice() {
        List<List<OptionalDouble>> values = new ArrayList<>();
        for (long[] of : counts) {
            values.add(IntStream.range(0, classes.size()).mapToObj(c -> dice(of, c)).toList());
        }
        return new ModalityDice(everybodyLeads.modalities(), classes, values);
    }

    private OptionalDouble dice(long[] of, int c) {
        int n = classes.size();
        long predicted = of[n + c];
        long truth = of[2 * n + c];
        // Without labels there is nothing to find; with them the sum is never 0.
        return truth == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(2.0 * of[c] / (predicted + truth));
    }
}
