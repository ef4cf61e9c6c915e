/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The Dice of each modality's branch for each class, and the leaders that follow from it.
 *
 * @param modalities the names of the modalities
 * @param classes the names of the classes
 * @param values by modality, then by class, the Dice from 0 to 1; empty if no sample that has the
 *     modality is labelled with the class: such a modality is no candidate
 */
public record ModalityDice(
        List<String> modalities, List<String> classes, List<List<OptionalDouble>> values) {

    /**
     * Keeps copies of the lists.
     *
     * @param modalities the names of the modalities
     * @param classes the names of the classes
     * @param values by modality, then by class, the Dice
     * @throws IllegalArgumentException if there is not one value for every modality and class
     */
    public ModalityDice {
        modalities = Arguments.requireList("modalities", modalities);
        classes = Arguments.requireList("classes", classes);
        values =
                Arguments.requireList("values", values).stream()
                        .map(row -> Arguments.requireList("values", row))
                        .toList();
        int width = classes.size();
        if (values.size() != modalities.size()
                || values.stream().anyMatch(row -> row.size() != width)) {
            throw new IllegalArgumentException(
                    "values: expected "
                            + modalities.size()
                            + " modalities of "
                            + width
                            + " classes, got "
                            + values);
        }
    }

    /**
     * Returns the Dice of one modality for one class.
     *
     * @param modality the index of the modality
     * @param classIndex the index of the class
     * @return from 0 to 1, or empty if the class was not labelled
     * @throws IllegalArgumentException if there is no such modality or class
     */
    public OptionalDouble value(int modality, int classIndex) {
        Arguments.requireIndex("modality", modality, modalities.size());
        Arguments.requireIndex("classIndex", classIndex, classes.size());
        return values.get(modality).get(classIndex);
    }

    /**
     * Proposes the single best modality of every class as its leader; of equals the one with the
     * lower index.
     *
     * @return the groups
     * @throws IllegalStateException if a class never occurs in the labels, or its Dice is 0 for
     *     every modality, so that there is no candidate
     */
    public ClassGroups best() {
        return propose(
                c -> {
                    double most = most(c);
                    return candidates(c).filter(m -> dice(m, c) == most).limit(1);
                });
    }

    /**
     * Proposes for every class the best modality and all others that are at most a margin worse.
     * The margin is this library's own rule, not the paper's.
     *
     * @param margin a difference of Dice from 0 to 1, itself included; 0 gives the best and its
     *     equals
     * @return the groups
     * @throws IllegalArgumentException if the margin is outside its range
     * @throws IllegalStateException if a class never occurs in the labels, or its Dice is 0 for
     *     every modality, so that there is no candidate
     */
    public ClassGroups within(double margin) {
        Arguments.requireWithin("margin", margin, 0, 1);
        return propose(
                c -> {
                    double most = most(c);
                    return candidates(c).filter(m -> most - dice(m, c) <= margin);
                });
    }

    /** Which modalities lead a class. */
    @FunctionalInterface
    private interface Choice {
        IntStream leaders(int classIndex);
    }

    private ClassGroups propose(Choice choice) {
        List<ClassGroup> groups = new ArrayList<>();
        for (int c = 0; c < classes.size(); c++) {
            List<Integer> leaders = choice.leaders(c).boxed().toList();
            groups.add(new ClassGroup(classes.get(c), leaders));
        }
        return new ClassGroups(modalities, groups);
    }

    private IntStream candidates(int c) {
        return IntStream.range(0, modalities.size()).filter(m -> value(m, c).isPresent());
    }

    private double dice(int m, int c) {
        return value(m, c).orElseThrow();
    }

    private double most(int c) {
        OptionalDouble most = candidates(c).mapToDouble(m -> dice(m, c)).max();
        if (most.isEmpty()) {
            throw noCandidate(c, "voxels labelled with it, got none in the samples added");
        }
        if (most.getAsDouble() == 0) {
            throw noCandidate(c, "a modality with a Dice above 0, got 0 from all");
        }
        return most.getAsDouble();
    }

    private IllegalStateException noCandidate(int c, String why) {
        return new IllegalStateException(
                "leaders of class " + classes.get(c) + ": expected " + why);
    }

    /**
     * Prints a table of Dice in per cent, a row a modality, for people.
     *
     * @return several lines
     */
    public String toTable() {
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("Dice in %"));
        head.addAll(classes);
        rows.add(head);
        for (int m = 0; m < modalities.size(); m++) {
            List<String> row = new ArrayList<>(List.of(modalities.get(m)));
            for (OptionalDouble dice : values.get(m)) {
                row.add(
                        dice.isPresent()
                                ? String.format(Locale.ROOT, "%.2f", 100 * dice.getAsDouble())
                                : "-");
            }
            rows.add(row);
        }
        return TextTable.of(rows).stripTrailing();
    }
}
