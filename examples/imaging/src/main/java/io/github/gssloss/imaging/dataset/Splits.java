/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.dataset;

import io.github.gssloss.files.UserInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** The folds of a cross-validation: which cases each one trains on, and which it validates on. */
public final class Splits {

    private static final String TRAIN = "train";
    private static final String VALIDATION = "val";

    /** What a line about the folds begins with. */
    private final String source;

    private final List<Split> folds;

    private Splits(String source, List<Split> folds) {
        this.source = source;
        this.folds = List.copyOf(folds);
    }

    /**
     * The cases of one fold, by name.
     *
     * @param train the cases to train on
     * @param validation the cases to validate on
     */
    public record Split(Set<String> train, Set<String> validation) {

        /**
         * Keeps sorted copies: the samples of a seed depend on the order of the cases.
         *
         * @param train the cases to train on
         * @param validation the cases to validate on
         */
        public Split {
            train = Collections.unmodifiableSet(new TreeSet<>(train));
            validation = Collections.unmodifiableSet(new TreeSet<>(validation));
        }
    }

    /**
     * Reads {@code splits_final.json} of nnU-Net: a list with an object of {@code train} and {@code
     * val} for each fold, both of them lists of names.
     *
     * @param file the file
     * @return its folds
     * @throws UserInputException if the file cannot be opened or holds something else, a fold
     *     trains on nothing, or a case is twice in one fold
     */
    public static Splits read(Path file) {
        JsonValue root = JsonValue.read(file);
        List<JsonValue> items = root.items();
        if (items.isEmpty()) {
            throw root.expected("at least one fold");
        }
        List<Split> folds = new ArrayList<>();
        for (JsonValue item : items) {
            folds.add(fold(new JsonValue(file, "fold " + folds.size(), item.element())));
        }
        return new Splits(file.toString(), folds);
    }

    private static Split fold(JsonValue fold) {
        Split split = new Split(names(fold.get(TRAIN)), names(fold.get(VALIDATION)));
        if (split.train().isEmpty()) {
            throw fold.get(TRAIN).expected("at least one case");
        }
        for (String name : split.train()) {
            if (split.validation().contains(name)) {
                throw fold.expected(
                        "a case in one of %s and %s".formatted(TRAIN, VALIDATION),
                        "'%s' in both".formatted(name));
            }
        }
        return split;
    }

    private static Set<String> names(JsonValue list) {
        Set<String> names = new TreeSet<>();
        for (JsonValue item : list.items()) {
            if (!names.add(item.text())) {
                throw list.expected("each case once", "'%s' twice".formatted(item.text()));
            }
        }
        return names;
    }

    /**
     * Draws folds: each case is validated on in exactly one of them, and trained on in the others.
     *
     * @param cases the names of the cases in any order
     * @param folds how many folds; the numbers of their cases differ by at most one
     * @param seed the same seed and names give the same folds
     * @return the folds
     * @throws UserInputException if there are fewer than two folds, or more than cases
     */
    public static Splits drawn(Collection<String> cases, int folds, long seed) {
        List<String> names = new ArrayList<>(new TreeSet<>(cases));
        if (folds < 2 || folds > names.size()) {
            throw new UserInputException(
                    "folds: expected at least 2, and at most one for each of the %d cases, got %d"
                            .formatted(names.size(), folds));
        }
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = names.size() - 1; i > 0; i--) {
            Collections.swap(names, i, random.nextInt(i + 1));
        }
        List<Split> drawn = new ArrayList<>();
        for (int fold = 0; fold < folds; fold++) {
            Set<String> validation = new TreeSet<>();
            for (int i = fold; i < names.size(); i += folds) {
                validation.add(names.get(i));
            }
            Set<String> train = new TreeSet<>(names);
            train.removeAll(validation);
            drawn.add(new Split(train, validation));
        }
        return new Splits("folds drawn with seed " + seed, drawn);
    }

    /**
     * Returns the number of folds.
     *
     * @return at least 1
     */
    public int count() {
        return folds.size();
    }

    /**
     * Returns the cases of a fold.
     *
     * @param fold the fold, from 0
     * @return its cases
     * @throws UserInputException if there is no such fold
     */
    public Split split(int fold) {
        if (fold < 0 || fold >= folds.size()) {
            throw new UserInputException(
                    "%s: fold: expected 0 to %d, got %d".formatted(source, folds.size() - 1, fold));
        }
        return folds.get(fold);
    }

    /**
     * Returns these after checking that their cases exist.
     *
     * @param cases the names of the cases that exist
     * @param where what has these cases, such as a folder
     * @return this
     * @throws UserInputException that names the first case that does not exist
     */
    public Splits requireKnown(Collection<String> cases, String where) {
        for (int fold = 0; fold < folds.size(); fold++) {
            requireKnown(fold, TRAIN, folds.get(fold).train(), cases, where);
            requireKnown(fold, VALIDATION, folds.get(fold).validation(), cases, where);
        }
        return this;
    }

    private void requireKnown(
            int fold, String part, Set<String> names, Collection<String> cases, String where) {
        Set<String> unknown = new TreeSet<>(names);
        unknown.removeAll(Set.copyOf(cases));
        if (!unknown.isEmpty()) {
            int more = unknown.size() - 1;
            throw new UserInputException(
                    "%s: fold %d: %s: expected cases of %s, got '%s'%s"
                            .formatted(
                                    source,
                                    fold,
                                    part,
                                    where,
                                    unknown.iterator().next(),
                                    more == 0 ? "" : " and %d more".formatted(more)));
        }
    }
}
