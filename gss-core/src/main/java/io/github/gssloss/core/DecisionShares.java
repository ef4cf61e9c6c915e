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
 * How the votes of a batch were decided: for every class the share of each {@link Decision} over
 * all voxels of all samples, the share of undecided voxels, and with labels the Dice of the soft
 * target.
 *
 * <p>Voxels of a sample that has no modality count as {@link Decision#NO_MODALITY} and as
 * undecided. The decisions of an undecided voxel are counted as well. The random mask has no
 * influence.
 *
 * <p>The target's Dice of a class is {@link DiceCoefficient#smoothed} over the voxels of the whole
 * batch together: predicted are the decided voxels where the class has the largest value of the
 * soft target (the first of equals), labelled all voxels with its label. So an undecided voxel
 * predicts no class, but its label counts. A class that is neither predicted nor labelled has 1.
 *
 * <p>The decisions are those of the vote, also if the settings name another {@link Teacher}: how
 * the branches would have voted. Undecided voxels and the target's Dice are those of the settings'
 * teacher. If it has one target a branch, a voxel is undecided if it is so for all branches that
 * are present, and the Dice counts the voxels of all branches together, each in the samples that
 * have its modality.
 *
 * @param classes the classes in their order
 * @param undecided the share of voxels, from 0 to 1, that are left out of the distillation because
 *     the teacher's numbers, by default the votes, sum to no more than {@link
 *     GroupDistillation#UNDECIDED_BELOW}
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
     * Counts the decisions of a batch whose teacher does not need the fused probabilities.
     *
     * @param distillation the settings
     * @param branchLogits per modality the logits (B, N, spatial...)
     * @param present (B, M), non-zero where a sample has a modality; null: all are present
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
     * Counts the decisions of a batch. It works block by block, so that no array of the logits'
     * size is held, draws no random number, writes no input and leaves no array on any manager. The
     * host waits for the device once.
     *
     * @param distillation the settings
     * @param branchLogits per modality the logits (B, N, spatial...)
     * @param present (B, M), non-zero where a sample has a modality; null: all are present
     * @param labels class indices (B, spatial...) of any numeric type, where an index outside 0 to
     *     N - 1 belongs to no class, or one-hot (B, N, spatial...) of 0 and 1; null: none
     * @param fused the fused probabilities (B, N, spatial...), used only if the teacher {@linkplain
     *     Teacher#needsFused() needs} them; null: none
     * @return the shares
     * @throws IllegalArgumentException if shapes, types or devices do not fit each other or the
     *     settings' groups, or the teacher needs fused probabilities and there are none
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
            BatchLabels flat = labels == null ? null : BatchLabels.of(labels, shape, work);
            Batch batch =
                    Batch.of(branchLogits, present, null, distillation.fusedIfNeeded(fused), work);
            return new DecisionCount(distillation, batch, flat).shares(work);
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
        boolean labelled = classes.stream().anyMatch(one -> one.targetDice().isPresent());
        List<List<String>> rows = new ArrayList<>();
        List<String> head = head("% of voxels");
        if (labelled) {
            head.add("target Dice");
        }
        rows.add(head);
        for (ClassDecisions one : classes) {
            List<String> row = new ArrayList<>(List.of(one.className()));
            for (Decision decision : Decision.values()) {
                row.add(percent(one.share(decision)));
            }
            one.targetDice().ifPresent(dice -> row.add(percent(dice)));
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
        rows.add(head("% within class"));
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
