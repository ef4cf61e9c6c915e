/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * How the votes of a batch were decided: for every class the share of each {@link Decision} over
 * all voxels of all samples, the share of undecided voxels, and with labels the Dice of the soft
 * target.
 *
 * <p>Voxels of a sample that has no modality count as {@link Decision#NO_MODALITY} and as
 * undecided. The decisions of an undecided voxel are counted as well. The random mask has no
 * influence. Voxels of the ignore index count nowhere.
 *
 * <p>The target's Dice of a class is {@link DiceCoefficient#smoothed} over the voxels of the whole
 * batch together: predicted are the decided voxels where the class has the largest value of the
 * soft target (the first of equals), labelled all voxels with its label. So an undecided voxel
 * predicts no class, but its label counts. A class that is neither predicted nor labelled has 1.
 *
 * <p>The decisions are those of the vote, also if the settings name another {@link Teacher} or a
 * class is not {@linkplain Readiness ready}: how the branches would have voted. Undecided voxels
 * and the target's Dice are those of the settings' teacher. If it has one target a branch, a voxel
 * is undecided if it is so for all branches that are present, and the Dice counts the voxels of all
 * branches together, each in the samples that have its modality.
 *
 * @param classes the classes in their order
 * @param undecided the share of voxels, from 0 to 1, that are left out of the distillation because
 *     the teacher's numbers, by default the votes, sum to no more than {@link
 *     GroupDistillation#UNDECIDED_BELOW}
 * @param trusted the mean {@link Trust} in the target over these voxels, 0 where one is undecided:
 *     1 less {@code undecided} if every target is believed. With one target a branch, over those of
 *     all branches that are present
 * @param voxels the number of voxels that count, over all samples
 */
public record DecisionShares(
        List<ClassDecisions> classes, double undecided, double trusted, long voxels) {

    /**
     * Keeps a copy of the list.
     *
     * @param classes the classes in their order
     * @param undecided the share of undecided voxels, from 0 to 1
     * @param trusted the mean trust, from 0 to 1
     * @param voxels the number of voxels that count, over all samples
     * @throws IllegalArgumentException if the list is null or holds null
     */
    public DecisionShares {
        classes = Arguments.requireList("classes", classes);
    }

    /**
     * Counts the decisions of a batch. It works block by block, so that no array of the logits'
     * size is held, draws no random number, writes no input and leaves no array on any manager. The
     * host waits for the device once.
     *
     * @param distillation the method with its settings
     * @param input the batch, with labels for the shares within classes; its mask is not used
     * @return the shares
     * @throws IllegalArgumentException as {@link GroupDistillation#evaluate(DistillationInput)}
     *     does
     */
    public static DecisionShares of(GroupDistillation distillation, DistillationInput input) {
        Arguments.requireNonNull("distillation", distillation);
        distillation.requireInput(input);
        try (NDManager work = input.branchLogits().get(0).getManager().newSubManager()) {
            Batch batch = Batch.of(input, distillation.config(), null, work);
            return new DecisionCount(distillation, batch).shares(work);
        }
    }

    /**
     * Prints the classes in per cent, for people: a table over all voxels, and with labels one over
     * the voxels of each class alone.
     *
     * @return several lines
     */
    public String toTable() {
        boolean labelled = classes.stream().anyMatch(one -> one.targetDice().isPresent());
        List<List<String>> rows = new ArrayList<>();
        List<String> head = head("% of voxels");
        if (labelled) {
            head.add("target Dice");
        }
        rows.add(head);
        for (ClassDecisions one : classes) {
            List<String> row = row(one, decision -> OptionalDouble.of(one.share(decision)));
            if (labelled) {
                row.add(percent(one.targetDice()));
            }
            rows.add(row);
        }
        return TextTable.of(rows)
                + (labelled ? TextTable.of(rowsWithin()) : "")
                + "undecided: "
                + percent(OptionalDouble.of(undecided))
                + " %, trusted: "
                + percent(OptionalDouble.of(trusted))
                + " % of "
                + voxels
                + " voxels"
                + unready();
    }

    /** The classes that are not ready, named; nothing without readiness. */
    private String unready() {
        if (classes.stream().allMatch(one -> one.ready().isEmpty())) {
            return "";
        }
        List<String> names =
                classes.stream()
                        .filter(one -> !one.ready().orElse(true))
                        .map(ClassDecisions::className)
                        .toList();
        return "\nnot ready: " + (names.isEmpty() ? "none" : String.join(", ", names));
    }

    private List<List<String>> rowsWithin() {
        List<List<String>> rows = new ArrayList<>();
        List<String> head = head("% within class");
        head.add("trusted");
        rows.add(head);
        for (ClassDecisions one : classes) {
            List<String> row = row(one, one::shareWithin);
            row.add(percent(one.trustedWithin()));
            rows.add(row);
        }
        return rows;
    }

    private static List<String> row(ClassDecisions of, Function<Decision, OptionalDouble> share) {
        List<String> row = new ArrayList<>(List.of(of.className()));
        for (Decision decision : Decision.values()) {
            row.add(percent(share.apply(decision)));
        }
        return row;
    }

    private static List<String> head(String corner) {
        List<String> head = new ArrayList<>(List.of(corner));
        for (Decision decision : Decision.values()) {
            head.add(decision.name());
        }
        return head;
    }

    private static String percent(OptionalDouble share) {
        return share.isPresent()
                ? String.format(Locale.ROOT, "%.2f", 100 * share.getAsDouble())
                : "-";
    }
}
