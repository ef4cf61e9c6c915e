/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What a batch's votes came to: for every class the share of each {@link Decision} over all voxels
 * of all samples, the share of undecided voxels, and with labels the teacher's own Dice.
 *
 * <p>Voxels of a sample that has no modality at all count as {@link Decision#NOBODY} and as
 * undecided. An undecided voxel keeps the decisions that gave it nothing, and is counted apart as
 * well. The random mask plays no part.
 *
 * <p>The teacher's Dice of a class is (2 |P and T| + 1e-8) / (|P| + |T| + 1e-8) over the voxels of
 * the whole batch together: P are the decided voxels where the class has the largest value of the
 * soft target (the first of equals), T all voxels with its label. So an undecided voxel predicts no
 * class, and its label still counts as one to be found. A class that is neither predicted nor
 * labelled has 1.
 *
 * <p>The decisions are those of the vote, also where the settings name another {@link Teacher}: how
 * the branches would have voted. Undecided voxels and the teacher's Dice are that teacher's. Where
 * it has one target a branch, a voxel is undecided if it teaches none of the branches that are
 * present, and the Dice counts the voxels of all branches together, each in the samples that have
 * it.
 *
 * @param classes the classes in their order
 * @param undecided the share of voxels that teach nobody because the votes, or the teacher's
 *     numbers, sum to no more than {@link GroupDistillation#UNDECIDED_BELOW}, from 0 to 1
 * @param voxels the number of voxels of the batch, over all samples
 */
public record DecisionShares(List<ClassDecisions> classes, double undecided, long voxels) {

    /**
     * Keeps a copy of the list.
     *
     * @param classes the classes in their order
     * @param undecided the share of undecided voxels, from 0 to 1
     * @param voxels the number of voxels of the batch, over all samples
     * @throws IllegalArgumentException if there is no list, or null in it
     */
    public DecisionShares {
        classes = Arguments.requireList("classes", classes);
    }

    /**
     * Votes on a batch whose teacher does not need the fused prediction, and counts.
     *
     * @param distillation the settings
     * @param branchLogits per modality the logits (B, N, spatial...)
     * @param present (B, M), non-zero where a sample has a modality; null: all are there
     * @param labels class indices (B, spatial...) or one-hot (B, N, spatial...); null: none
     * @return the shares
     * @throws IllegalArgumentException as {@link #of(GroupDistillation, NDList, NDArray, NDArray,
     *     NDArray)} does
     */
    public static DecisionShares of(
            GroupDistillation distillation, NDList branchLogits, NDArray present, NDArray labels) {
        return of(distillation, branchLogits, present, labels, null);
    }

    /**
     * Votes on a batch and counts. Block by block, so that no array of the logits' size is held;
     * draws no random number, writes no input and leaves nothing on any manager; the host waits for
     * the device once.
     *
     * @param distillation the settings
     * @param branchLogits per modality the logits (B, N, spatial...)
     * @param present (B, M), non-zero where a sample has a modality; null: all are there
     * @param labels class indices (B, spatial...) of any numeric type, where an index outside 0 to
     *     N - 1 belongs to no class, or one-hot (B, N, spatial...) of 0 and 1; null: none
     * @param fused the fused prediction's probabilities (B, N, spatial...), looked at and needed
     *     only where the teacher {@linkplain Teacher#needsFused() needs} them; null: none
     * @return the shares
     * @throws IllegalArgumentException if shapes, types or devices do not fit each other or the
     *     settings' groups, or the teacher needs a fused prediction that is not given
     */
    public static DecisionShares of(
            GroupDistillation distillation,
            NDList branchLogits,
            NDArray present,
            NDArray labels,
            NDArray fused) {
        Arguments.requireNonNull("distillation", distillation);
        Shape shape = distillation.requireInputs(branchLogits, present, fused);
        try (NDManager work = branchLogits.get(0).getManager().newSubManager()) {
            BatchLabels truth = labels == null ? null : BatchLabels.of(labels, shape, work);
            Batch batch = Batch.of(branchLogits, present, null, distillation.needed(fused), work);
            return new DecisionCount(distillation, batch, truth).shares(work);
        }
    }

    /**
     * Prints the classes in per cent, for people: a table over all voxels, and with labels one over
     * the voxels of each class alone.
     *
     * @return several lines
     */
    @Override
    public String toString() {
        boolean labelled = classes.stream().anyMatch(one -> one.teacherDice().isPresent());
        List<List<String>> rows = new ArrayList<>();
        List<String> head = head("% of voxels");
        if (labelled) {
            head.add("teacher's Dice");
        }
        rows.add(head);
        for (ClassDecisions one : classes) {
            List<String> row = new ArrayList<>(List.of(one.className()));
            for (Decision decision : Decision.values()) {
                row.add(percent(one.share(decision)));
            }
            one.teacherDice().ifPresent(dice -> row.add(percent(dice)));
            rows.add(row);
        }
        return TextTable.of(rows)
                + (labelled ? TextTable.of(rowsWithin()) : "")
                + "undecided: "
                + percent(undecided)
                + " % of "
                + voxels
                + " voxels";
    }

    private List<List<String>> rowsWithin() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(head("% of its own"));
        for (ClassDecisions one : classes) {
            List<String> row = new ArrayList<>(List.of(one.className()));
            for (Decision decision : Decision.values()) {
                OptionalDouble share = one.shareWithin(decision);
                row.add(share.isPresent() ? percent(share.getAsDouble()) : "-");
            }
            rows.add(row);
        }
        return rows;
    }

    private static List<String> head(String corner) {
        List<String> head = new ArrayList<>(List.of(corner));
        for (Decision decision : Decision.values()) {
            head.add(decision.name());
        }
        return head;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f", 100 * share);
    }
}
