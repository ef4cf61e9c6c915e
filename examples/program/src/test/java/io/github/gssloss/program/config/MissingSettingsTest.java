/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.HiddenModalities;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.sample.MissingRates;
import io.github.gssloss.imaging.sample.SubsetDraw;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What settings hide from the cases, and how they draw subsets of the rest. */
class MissingSettingsTest {

    @TempDir private Path folder;

    private static List<CaseFiles> cases() {
        Map<Modality, Path> all = new TreeMap<>();
        Brats.MODALITIES.forEach(m -> all.put(m, Path.of(m.label())));
        return IntStream.range(0, 40)
                .mapToObj(i -> CaseFiles.ofBrats("case-" + i, Path.of("."), all, Optional.empty()))
                .toList();
    }

    private RunSettings read(String yaml) throws IOException {
        return RunSettings.read(Files.writeString(folder.resolve("s.yaml"), yaml), Map.of());
    }

    @Test
    void aFileReadsBackAsItWasWritten() throws IOException {
        for (String yaml :
                List.of(
                        "missing: {rate: unbalanced, seed: 4}\nsubsetDraw: bySize\n",
                        "missing: {rate: 'flair=0.2,t1=0.5'}\nsubsetDraw: halves\n",
                        "missing: {scheme: some/where.csv}\n")) {
            RunSettings settings = read(yaml);
            assertThat(settings.missing()).isPresent();
            assertThat(read(settings.toYaml())).isEqualTo(settings);
        }
        assertThat(read("subsetDraw: halves").subsetDraw()).isEqualTo(SubsetDraw.HALVES);
        assertThat(read("").missing()).isEmpty();
        assertThat(read("").subsetDraw()).isEqualTo(SubsetDraw.UNIFORM);
        assertThat(read("model: {name: mmformer}").subsetDraw()).isEqualTo(SubsetDraw.UNIFORM);
        assertThat(read("model: {name: uhved}").subsetDraw()).isEqualTo(SubsetDraw.BY_SIZE);
        assertThat(read("model: {name: robustseg}").subsetDraw()).isEqualTo(SubsetDraw.HALVES);
        assertThat(read("model: {name: uhved}\nsubsetDraw: uniform").subsetDraw())
                .isEqualTo(SubsetDraw.UNIFORM);
    }

    @Test
    void ratesAreDrawnByTheSeedOfTheRunOrTheirOwn() throws IOException {
        HiddenModalities ofSeed4 = MissingRates.parse("even").draw(cases(), 4);
        assertThat(read("missing: {rate: even}\nseed: 4\n").hidden(cases())).isEqualTo(ofSeed4);
        assertThat(read("missing: {rate: even, seed: 4}\nseed: 9\n").hidden(cases()))
                .isEqualTo(ofSeed4);
        assertThat(read("missing: {rate: even}\nseed: 9\n").hidden(cases())).isNotEqualTo(ofSeed4);
        assertThat(read("seed: 4\n").hidden(cases())).isEqualTo(HiddenModalities.NONE);
    }

    @Test
    void aSchemeIsReadForTheCases() throws IOException {
        Path scheme = Files.writeString(folder.resolve("scheme.csv"), "case-3,t2\n");
        HiddenModalities hidden = read("missing: {scheme: " + scheme + "}\n").hidden(cases());
        assertThat(hidden.labels()).containsOnly(Map.entry("case-3", "flair+t1ce+t1"));
    }

    @Test
    void aSchemeAndRatesExcludeEachOther() {
        assertThatThrownBy(() -> read("\nmissing:\n  scheme: a.csv\n  rate: even\n"))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        folder.resolve("s.yaml")
                                + ":4: missing.rate: expected nothing beside a scheme, got even");
    }

    @Test
    void otherGapsAreOtherSettings() throws IOException {
        assertThat(read("").difference(read("missing: {rate: even}\n")))
                .hasValue("there nothing, now missing.rate: even");
        assertThat(read("").difference(read("subsetDraw: halves\n")))
                .hasValue("there subsetDraw: uniform, now subsetDraw: halves");
    }
}
