/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.runfolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCasesTest {

    private static final RunCases BEGUN =
            cases(Map.of("001", "1e5", "case-2", "b2"), Map.of("v-1", "c3"));

    @TempDir private Path folder;

    @Test
    void readsBackWhatItWrote() throws IOException {
        Path file = folder.resolve("cases.yaml");
        BEGUN.write(file);

        assertThat(RunCases.read(file)).isEqualTo(BEGUN);
        assertThat(BEGUN.difference(RunCases.read(file))).isEmpty();
    }

    @Test
    void namesTheFirstDifference() {
        Map<String, String> same = Map.of("001", "1e5", "case-2", "b2");
        assertThat(BEGUN.difference(cases(Map.of("001", "1e5"), Map.of("v-1", "c3"))))
                .contains("expected the training case case-2, found none");
        assertThat(
                        BEGUN.difference(
                                cases(Map.of("001", "1e5", "case-2", "x"), Map.of("v-1", "c3"))))
                .contains(
                        "expected the training case case-2 as it was, got files of other"
                                + " content");
        assertThat(
                        BEGUN.difference(
                                cases(
                                        Map.of("001", "1e5", "case-2", "b2", "z", "0"),
                                        Map.of("v-1", "c3"))))
                .contains("expected the 2 training cases it began with, got z beside them");
        assertThat(BEGUN.difference(cases(same, Map.of("v-1", "c4"))))
                .contains(
                        "expected the validation case v-1 as it was, got files of other"
                                + " content");
    }

    /** The files of a run on complete cases are those of every version so far. */
    @Test
    void whatCasesLackIsWrittenWhereTheyLackIt() throws IOException {
        Path file = folder.resolve("cases.yaml");
        BEGUN.write(file);
        assertThat(file).content().doesNotContain("incomplete", "hidden");

        RunCases gaps = lacking("flair+t1", "t2");
        gaps.write(file);
        assertThat(RunCases.read(file)).isEqualTo(gaps);
        assertThat(file).content().contains("incomplete:\n  case-2: \"flair+t1\"\n");
        assertThat(gaps.difference(RunCases.read(file))).isEmpty();
    }

    @Test
    void aCaseWithOtherModalitiesIsNamedWithThem() {
        assertThat(lacking("flair+t1", "t2").difference(BEGUN))
                .contains("expected the training case case-2 with flair+t1, got all modalities");
        assertThat(BEGUN.difference(lacking("t1", "t2")))
                .contains("expected the training case case-2 with all modalities, got t1");
    }

    private static RunCases lacking(String has, String hidden) {
        return new RunCases(
                BEGUN.training(),
                BEGUN.validation(),
                BEGUN.preparation(),
                new TreeMap<>(Map.of("case-2", has)),
                new TreeMap<>(Map.of("case-2", hidden)),
                Optional.empty());
    }

    @Test
    void namesWhatIsPreparedOtherwise() {
        RunCases later =
                new RunCases(
                        BEGUN.training(),
                        BEGUN.validation(),
                        new TreeMap<>(Map.of("labels", "brats2023")),
                        null,
                        null,
                        Optional.empty());
        assertThat(BEGUN.difference(later))
                .contains("expected cases prepared with labels 'brats2020', got 'brats2023'");
    }

    /** The keys of earlier versions were of names, sizes and times. */
    @Test
    void casesOfAnEarlierVersionAreComparedByTheirNames() throws IOException {
        Path file = folder.resolve("cases.yaml");
        Files.writeString(file, "training: {\"001\": 3f, case-2: 4a}\nvalidation: {v-1: 5b}\n");
        RunCases earlier = RunCases.read(file);

        assertThat(earlier.comparable()).isFalse();
        assertThat(earlier.difference(BEGUN)).isEmpty();
        assertThat(earlier.difference(cases(Map.of("001", "1e5"), Map.of("v-1", "c3"))))
                .contains("expected the training case case-2, found none");
    }

    @Test
    void aRunThatWasNotTrainedHereHasNone() throws IOException {
        Path file = folder.resolve("cases.yaml");
        assertThatThrownBy(() -> RunCases.read(file))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        file + ": expected the cases of a run that was trained here, found none");
        Files.writeString(file, "training: 3\n");
        assertThatThrownBy(() -> RunCases.read(file))
                .isInstanceOf(UserInputException.class)
                .hasMessageStartingWith(file + ": expected the cases of a run, got: ");
    }

    private static RunCases cases(Map<String, String> training, Map<String, String> validation) {
        return new RunCases(
                new TreeMap<>(training),
                new TreeMap<>(validation),
                new TreeMap<>(Map.of("labels", "brats2020")),
                null,
                null,
                Optional.empty());
    }
}
