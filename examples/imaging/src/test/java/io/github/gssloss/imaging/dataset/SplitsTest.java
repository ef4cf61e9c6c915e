/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitsTest {

    private static final String TWO =
            "[{'train': ['c', 'a'], 'val': ['b']}, {'train': ['b'], 'val': ['c', 'a']}]";

    @TempDir private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("splits_final.json");
    }

    private Splits read(String json) {
        NnUnetExample.write(file, json);
        return Splits.read(file);
    }

    private void refuses(String json, String message) {
        NnUnetExample.refuses(() -> read(json), file + ": " + message);
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "case" + i).toList();
    }

    private static List<Splits.Split> all(Splits splits) {
        return IntStream.range(0, splits.count()).mapToObj(splits::split).toList();
    }

    @Test
    void readsTheFoldsOfAFile() {
        Splits splits = read(TWO);

        assertThat(splits.count()).isEqualTo(2);
        assertThat(splits.split(0).train()).containsExactly("a", "c");
        assertThat(splits.split(0).validation()).containsExactly("b");
        assertThat(splits.split(1)).isEqualTo(new Splits.Split(Set.of("b"), Set.of("a", "c")));
        assertThat(read("[{'train': ['a'], 'val': [], 'note': 1}]").split(0).validation())
                .isEmpty();
    }

    @Test
    void otherFilesAreRefused() {
        NnUnetExample.refuses(() -> Splits.read(file), file + ": no such file");
        refuses("[{'train': ]", "expected JSON, got something else at line 1 column 13");
        refuses("{'train': ['a']}", "expected a list [...], got {\"train\":[\"a\"]}");
        refuses("[]", "expected at least one fold, got []");
        refuses("[['a']]", "fold 0: expected an object {...}, got [\"a\"]");
        refuses(
                "[{'train': ['a'], 'val': ['b']}, {'train': ['a'], 'test': ['b']}]",
                "fold 1: expected the key val, got train, test");
        refuses("[{'val': ['a']}]", "fold 0: expected the key train, got val");
        refuses(
                "[{'train': [], 'val': ['a']}]",
                "fold 0: train: expected at least one case, got []");
        refuses("[{'train': 'a', 'val': []}]", "fold 0: train: expected a list [...], got \"a\"");
        refuses(
                "[{'train': ['a', 7], 'val': []}]",
                "fold 0: train: expected a text that is not empty, got 7");
    }

    @Test
    void aCaseIsOnceInAFold() {
        refuses(
                "[{'train': ['a', 'b'], 'val': ['b', 'c']}]",
                "fold 0: expected a case in one of train and val, got 'b' in both");
        refuses(
                "[{'train': ['a', 'b', 'a'], 'val': ['c']}]",
                "fold 0: train: expected each case once, got 'a' twice");
    }

    @Test
    void foldsThatAreNotThereAreRefused() {
        Splits splits = read(TWO);
        NnUnetExample.refuses(() -> splits.split(2), file + ": fold: expected 0 to 1, got 2");
        NnUnetExample.refuses(() -> splits.split(-1), file + ": fold: expected 0 to 1, got -1");
        NnUnetExample.refuses(
                () -> Splits.drawn(names(3), 3, 7).split(3),
                "folds drawn with seed 7: fold: expected 0 to 2, got 3");
    }

    @Test
    void unknownCasesAreRefused() {
        Splits splits = read(TWO);
        assertThat(splits.requireKnown(List.of("a", "b", "c", "d"), "data")).isSameAs(splits);
        NnUnetExample.refuses(
                () -> splits.requireKnown(List.of("a", "c"), "data"),
                file + ": fold 0: val: expected cases of data, got 'b'");
        NnUnetExample.refuses(
                () -> splits.requireKnown(List.of("b"), "data"),
                file + ": fold 0: train: expected cases of data, got 'a' and 1 more");
        Splits second = read("[{'train': ['a'], 'val': []}, {'train': ['x'], 'val': []}]");
        NnUnetExample.refuses(
                () -> second.requireKnown(Set.of("a"), "data"),
                file + ": fold 1: train: expected cases of data, got 'x'");
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "5, 2", "12, 5", "13, 5", "14, 5", "7, 7"})
    void drawnFoldsShareTheCases(int cases, int folds) {
        List<String> names = names(cases);
        Splits splits = Splits.drawn(names, folds, 3);

        assertThat(splits.count()).isEqualTo(folds);
        List<String> validated = new ArrayList<>();
        for (Splits.Split split : all(splits)) {
            validated.addAll(split.validation());
            assertThat(split.validation())
                    .hasSizeBetween(cases / folds, (cases + folds - 1) / folds);
            Set<String> train = new TreeSet<>(names);
            train.removeAll(split.validation());
            assertThat(split.train()).containsExactlyElementsOf(train);
        }
        assertThat(validated).containsExactlyInAnyOrderElementsOf(names);
        assertThat(splits.requireKnown(names, "data")).isSameAs(splits);
    }

    @Test
    void theSameSeedDrawsTheSameFolds() {
        List<String> reversed = new ArrayList<>(names(20));
        Collections.reverse(reversed);
        List<Splits.Split> drawn = all(Splits.drawn(names(20), 5, 11));

        assertThat(all(Splits.drawn(reversed, 5, 11))).isEqualTo(drawn);
        assertThat(all(Splits.drawn(names(20), 5, 12))).isNotEqualTo(drawn);
        // Folds that were drawn before must stay: runs are repeated by their seed.
        assertThat(drawn.get(0).validation()).containsExactly("case0", "case17", "case8", "case9");
    }

    @Test
    void foldsThatCannotBeDrawnAreRefused() {
        NnUnetExample.refuses(
                () -> Splits.drawn(names(3), 4, 0),
                "folds: expected at least 2, and at most one for each of the 3 cases, got 4");
        NnUnetExample.refuses(
                () -> Splits.drawn(names(3), 1, 0),
                "folds: expected at least 2, and at most one for each of the 3 cases, got 1");
    }
}
