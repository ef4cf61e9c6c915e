/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.HiddenModalities;
import io.github.gssloss.imaging.dataset.Modality;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MissingRatesTest {

    private static final int CASES = 20_000;

    private static CaseFiles named(String name, Set<Modality> has) {
        Map<Modality, Path> images = new TreeMap<>();
        has.forEach(modality -> images.put(modality, Path.of(modality.label())));
        return CaseFiles.ofBrats(name, Path.of(name), images, Optional.empty());
    }

    private static List<CaseFiles> cases(Set<Modality> has) {
        return IntStream.range(0, CASES).mapToObj(i -> named("Case-" + i, has)).toList();
    }

    /** Given that one is left, a rate r becomes (r - all) / (1 - all), with all their product. */
    @ParameterizedTest
    @CsvSource({
        "even, 0.3, 0.3, 0.3, 0.3",
        "unbalanced, 0.2, 0.6, 0.4, 0.8",
        "mirrored, 0.8, 0.4, 0.6, 0.2",
        "'flair=0.2, t1=1', 0.2, 0, 1, 0",
        "'t1=0.9,t2=0.9,flair=0.9,t1ce=0.9', 0.9, 0.9, 0.9, 0.9",
        "'flair=1,t1=1,t2=1', 1, 0, 1, 1"
    })
    void hidesAsOftenAsItShould(String text, double flair, double t1ce, double t1, double t2) {
        double[] rates = {flair, t1ce, t1, t2};
        double all = flair * t1ce * t1 * t2;
        HiddenModalities hidden =
                MissingRates.parse(text).draw(cases(Set.copyOf(Brats.MODALITIES)), 7);

        assertThat(hidden.byCase().values()).allMatch(one -> one.size() < 4 && !one.isEmpty());
        for (Modality modality : Brats.MODALITIES) {
            double p = (rates[modality.index()] - all) / (1 - all);
            long count =
                    hidden.byCase().values().stream().filter(one -> one.contains(modality)).count();
            double room = 4.5 * Math.sqrt(CASES * p * (1 - p));
            assertThat((double) count)
                    .as(modality.label())
                    .isBetween(CASES * p - room, CASES * p + room);
        }
    }

    @Test
    void modalitiesAreHiddenIndependently() {
        HiddenModalities hidden =
                MissingRates.parse("flair=0.5,t2=0.4").draw(cases(Set.copyOf(Brats.MODALITIES)), 7);
        long both = hidden.byCase().values().stream().filter(one -> one.size() == 2).count();
        assertThat(both).isBetween(CASES / 5L - 255, CASES / 5L + 255);
    }

    @Test
    void ofACaseThatLacksSomeOneIsLeft() {
        Set<Modality> two = Set.of(Brats.T1CE, Brats.T2);
        HiddenModalities hidden = MissingRates.parse("unbalanced").draw(cases(two), 7);
        assertThat(hidden.byCase().values())
                .allMatch(one -> one.size() == 1 && two.containsAll(one));
        Set<Modality> one = Set.of(Brats.T2);
        assertThat(MissingRates.parse("unbalanced").draw(cases(one), 7))
                .isEqualTo(HiddenModalities.NONE);
        assertThatThrownBy(() -> MissingRates.parse("t1=1,t2=1").draw(List.of(named("A", one)), 0))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        "case A: has t2 alone, expected a modality whose rate to be hidden is below"
                                + " 1");
    }

    @Test
    void whatIsHiddenDependsOnSeedAndNameAlone() {
        List<CaseFiles> cases = cases(Set.copyOf(Brats.MODALITIES)).subList(0, 50);
        MissingRates rates = MissingRates.parse("even");
        HiddenModalities hidden = rates.draw(cases, 1);
        assertThat(rates.draw(cases, 1)).isEqualTo(hidden);
        assertThat(rates.draw(cases, 2)).isNotEqualTo(hidden);
        rates.draw(cases.subList(20, 40), 1)
                .byCase()
                .forEach((name, one) -> assertThat(one).isEqualTo(hidden.byCase().get(name)));
        assertThat(MissingRates.parse("none").draw(cases, 1)).isEqualTo(HiddenModalities.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "even, even",
        "' unbalanced', unbalanced",
        "'t2=0.5, flair = 0.25', 'flair=0.25,t2=0.5'",
        "t1=0, none"
    })
    void readsWhatItWrites(String text, String written) {
        assertThat(MissingRates.parse(text)).hasToString(written);
        assertThat(MissingRates.parse(written)).isEqualTo(MissingRates.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "often",
                "0.3",
                "flair",
                "flair=",
                "flair=x",
                "flair=1.1",
                "flair=-0.1",
                "flair=NaN",
                "flair=0.1,flair=0.2",
                "flair=0.1,",
                "flair=0.1=0.2"
            })
    void refusesWhatIsNoRate(String text) {
        assertThatThrownBy(() -> MissingRates.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesRatesOfOtherModalitiesAndOfAll() {
        assertThatThrownBy(() -> MissingRates.parse("t3=0.1").checkFor(Brats.MODALITIES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected rates of [flair, t1ce, t1, t2], got [t3]");
        List<CaseFiles> some = cases(Set.of(Brats.T2)).subList(0, 1);
        assertThatThrownBy(() -> MissingRates.parse("t3=0.1").draw(some, 1))
                .isInstanceOf(IllegalArgumentException.class);
        MissingRates all = MissingRates.parse("flair=1,t1ce=1,t1=1,t2=1");
        assertThatThrownBy(() -> all.checkFor(Brats.MODALITIES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a rate below 1, got 1 for all");
        List<Modality> two = Modality.of(List.of("LGE", "T2"));
        MissingRates.parse("even").checkFor(two);
        assertThatThrownBy(() -> MissingRates.parse("mirrored").checkFor(two))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected rates of [LGE, T2], got [flair,");
    }

    @Test
    void saysWhatWasExpected() {
        assertThatThrownBy(() -> MissingRates.parse("flair=x"))
                .hasMessage("expected " + MissingRates.EXPECTED + ", got 'flair=x'");
    }
}
