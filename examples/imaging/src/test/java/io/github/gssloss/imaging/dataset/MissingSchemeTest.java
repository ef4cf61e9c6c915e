/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schemes of missing modalities, and what they hide. */
class MissingSchemeTest {

    @TempDir private Path folder;

    private static CaseFiles named(String name, Set<Modality> has) {
        Map<Modality, Path> images = new TreeMap<>();
        has.forEach(modality -> images.put(modality, Path.of(modality.label())));
        return CaseFiles.ofBrats(name, Path.of(name), images, Optional.empty());
    }

    private static List<CaseFiles> cases() {
        return List.of(
                named("A", Set.copyOf(Brats.MODALITIES)),
                named("B, the second", Set.copyOf(Brats.MODALITIES)),
                named("C", Set.of(Brats.FLAIR, Brats.T1)),
                named("D", Set.copyOf(Brats.MODALITIES)));
    }

    private Path scheme(String text) throws IOException {
        return Files.writeString(folder.resolve("scheme.csv"), text);
    }

    private HiddenModalities read(String text) throws IOException {
        return MissingScheme.read(scheme(text), cases());
    }

    @Test
    void aCaseKeepsWhatItsLineNames() throws IOException {
        HiddenModalities hidden =
                read("case,modalities\nA,flair+t1\n\"B, the second\", t2 \nC,t1\n\nD,all\n");

        assertThat(hidden.labels())
                .containsOnly(
                        Map.entry("A", "t1ce+t2"),
                        Map.entry("B, the second", "flair+t1ce+t1"),
                        Map.entry("C", "flair"));
        assertThat(hidden.hide(cases()))
                .extracting(CaseFiles::modalityText)
                .containsExactly("flair+t1", "t2", "t1", "flair+t1ce+t1+t2");
        assertThat(HiddenModalities.ofLabels(hidden.labels(), Brats.MODALITIES)).isEqualTo(hidden);
    }

    @Test
    void theNamesOfTheColumnsMayBeLeftOut() throws IOException {
        assertThat(read("A,flair+t1").labels()).containsOnly(Map.entry("A", "t1ce+t2"));
        assertThat(read("\uFEFFCase, Modalities\r\nA,flair+t1\r\n").labels())
                .containsOnly(Map.entry("A", "t1ce+t2"));
        assertThat(read("")).isEqualTo(HiddenModalities.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A;flair    | expected a case and its modalities, such as 'A,flair+t1', got"
                        + " 'A;flair'",
                "E,flair    | expected the name of one of the 4 cases to train on, got 'E'",
                "A,flair+t3 | subset: expected all, or some of flair, t1ce, t1, t2 joined by +, got"
                        + " flair+t3",
                "A,         | subset: expected all, or some of flair, t1ce, t1, t2 joined by +,"
                        + " got",
                "C,flair+t2 | case C: expected modalities that it has (flair+t1), got flair+t2",
                "D,t1       | case D: is named twice"
            })
    void whatDoesNotFitIsNamedWithItsLine(String line, String message) throws IOException {
        Path file = scheme("case,modalities\nD,flair\n" + line);
        assertThatThrownBy(() -> MissingScheme.read(file, cases()))
                .isInstanceOf(UserInputException.class)
                .extracting(failure -> failure.getMessage().strip())
                .isEqualTo(file + ":3: " + message);
    }

    @Test
    void aFileThatCannotBeReadIsNamed() throws IOException {
        Path none = folder.resolve("none.csv");
        assertThatThrownBy(() -> MissingScheme.read(none, cases()))
                .hasMessage(none + ": no such file");
        assertThatThrownBy(() -> MissingScheme.read(folder, cases()))
                .hasMessage(folder + ": expected a file, got a folder");
        Path latin = folder.resolve("latin.csv");
        Files.write(latin, "A,fl\u00e4ir".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> MissingScheme.read(latin, cases()))
                .hasMessage(latin + ": expected text in UTF-8");
    }

    @Test
    void aCaseKeepsAModality() {
        HiddenModalities hidden =
                new HiddenModalities(new TreeMap<>(Map.of("C", Set.of(Brats.FLAIR, Brats.T1))));
        assertThatThrownBy(() -> hidden.hide(cases()))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        "case C: expected a modality that is not hidden, but all that it has are:"
                                + " flair+t1");
    }

    @Test
    void aLineSaysWhatCasesLack() {
        assertThat(Cohort.gaps(cases())).hasValue("1 of 4 cases lacks a modality: t1ce 1, t2 1");
        assertThat(Cohort.gaps(List.of(cases().get(0), cases().get(3)))).isEmpty();
        List<CaseFiles> more =
                List.of(cases().get(0), cases().get(2), named("E", Set.of(Brats.T1)));
        assertThat(Cohort.gaps(more))
                .hasValue("2 of 3 cases lack a modality: flair 1, t1ce 2, t2 2");
    }
}
