/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import io.github.gssloss.core.ClassDecisions;
import io.github.gssloss.core.ClassGroups;
import io.github.gssloss.core.Decision;
import io.github.gssloss.core.DecisionShares;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The columns of {@code decisions.csv}. First {@code epoch,step,undecided}, and for each class the
 * share of each {@link Decision} over the voxels labelled with it, as in {@code ED ALL_LEADERS},
 * empty where the batch has none, and the Dice of the soft target, {@code ED teacher}. These were
 * all until 0.1.
 *
 * <p>Then {@code trusted}, the mean {@link io.github.gssloss.core.Trust} over all voxels, and for
 * each class the mean over its own, {@code ED trusted}; whether it is ready, {@code ED ready}, 1 or
 * 0, empty without {@link io.github.gssloss.core.Readiness}; and for each modality the voxels that
 * its branch predicts as the class over those labelled with it, {@code ED volume flair}.
 *
 * @param groups the classes and modalities
 */
record DecisionColumns(ClassGroups groups) {

    private static final List<String> BEGINNING = List.of("epoch", "step", "undecided");

    /** The decisions that have a column: in a training every case has a modality. */
    private static final List<Decision> DECISIONS =
            List.of(
                    Decision.ALL_LEADERS,
                    Decision.SOME_LEADERS,
                    Decision.MEMBERS,
                    Decision.MINIMUM);

    /** All columns in their order. */
    List<String> all() {
        List<String> columns = new ArrayList<>(earlier());
        columns.add("trusted");
        for (String name : groups.classNames()) {
            columns.add(trusted(name));
            columns.add(ready(name));
            columns.addAll(volumes(name, groups.modalities()));
        }
        return columns;
    }

    /** The first columns, which versions until 0.1 wrote. */
    List<String> earlier() {
        List<String> columns = new ArrayList<>(BEGINNING);
        for (String name : groups.classNames()) {
            columns.addAll(decisions(name));
            columns.add(targetDice(name));
        }
        return columns;
    }

    /** The columns of a class with the shares of its decisions. */
    static List<String> decisions(String className) {
        return DECISIONS.stream().map(decision -> className + " " + decision).toList();
    }

    static String targetDice(String className) {
        return className + " teacher";
    }

    /** The columns of a class with the volumes of the branches. */
    static List<String> volumes(String className, List<String> modalities) {
        return modalities.stream().map(modality -> className + " volume " + modality).toList();
    }

    static String trusted(String className) {
        return className + " trusted";
    }

    static String ready(String className) {
        return className + " ready";
    }

    /** The cells of a step, one a column. */
    static List<Object> cells(int epoch, long step, DecisionShares shares) {
        List<Object> cells = new ArrayList<>(List.of(epoch, step, shares.undecided()));
        for (ClassDecisions one : shares.classes()) {
            DECISIONS.forEach(decision -> cells.add(cell(one.shareWithin(decision))));
            cells.add(cell(one.targetDice()));
        }
        cells.add(shares.trusted());
        for (ClassDecisions one : shares.classes()) {
            cells.add(cell(one.trustedWithin()));
            cells.add(one.ready().map(ready -> ready ? "1" : "0").orElse(""));
            one.volumeRatios().forEach(ratio -> cells.add(cell(ratio)));
        }
        return cells;
    }

    private static String cell(OptionalDouble number) {
        return number.isPresent() ? Double.toString(number.getAsDouble()) : "";
    }
}
