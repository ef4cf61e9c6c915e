/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SubsetDrawTest {

    private static final int DRAWS = 40_000;

    /** The probabilities by the size of the subset, worked out by hand. */
    @ParameterizedTest
    @CsvSource({
        // all four: 4 singles, 6 pairs, 4 triples, 1 of all
        "UNIFORM, flair+t1ce+t1+t2, 0.0666667, 0.0666667, 0.0666667, 0.0666667",
        "BY_SIZE, flair+t1ce+t1+t2, 0.0625, 0.0416667, 0.0625, 0.25",
        "HALVES, flair+t1ce+t1+t2, 0.078125, 0.0625, 0.0625, 0.0625",
        // three: 3 singles, 3 pairs, 1 of all
        "UNIFORM, flair+t1+t2, 0.1428571, 0.1428571, 0.1428571, 0",
        "BY_SIZE, flair+t1+t2, 0.1111111, 0.1111111, 0.3333333, 0",
        "HALVES, flair+t1+t2, 0.1666667, 0.125, 0.125, 0",
        "UNIFORM, t1ce+t2, 0.3333333, 0.3333333, 0, 0",
        "BY_SIZE, t1ce+t2, 0.25, 0.5, 0, 0",
        "HALVES, t1ce+t2, 0.375, 0.25, 0, 0",
        "UNIFORM, t1, 1, 0, 0, 0",
        "BY_SIZE, t1, 1, 0, 0, 0",
        "HALVES, t1, 1, 0, 0, 0"
    })
    void drawsSubsetsAsOftenAsItShould(
            SubsetDraw draw, String has, double one, double two, double three, double four) {
        Set<Modality> present = Brats.BRATS2020.subset(has).modalities();
        double[] bySize = {one, two, three, four};
        Map<ModalitySubset, Integer> counts = new HashMap<>();
        for (int i = 0; i < DRAWS; i++) {
            counts.merge(draw.draw(Seeds.generator(4, 0, i), present), 1, Integer::sum);
        }

        assertThat(counts.keySet()).containsExactlyInAnyOrderElementsOf(subsets(present));
        counts.forEach(
                (subset, count) -> {
                    double p = bySize[subset.modalities().size() - 1];
                    // Four and a half standard deviations.
                    double room = 4.5 * Math.sqrt(DRAWS * p * (1 - p));
                    assertThat((double) count)
                            .as(subset.label())
                            .isBetween(DRAWS * p - room, DRAWS * p + room);
                });
    }

    private static Set<ModalitySubset> subsets(Set<Modality> present) {
        Map<ModalitySubset, Boolean> all = new HashMap<>();
        for (int bits = 1; bits < 16; bits++) {
            Set<Modality> some = new TreeSet<>();
            for (Modality modality : Brats.MODALITIES) {
                if ((bits >> modality.index() & 1) == 1) {
                    some.add(modality);
                }
            }
            if (present.containsAll(some)) {
                all.put(new ModalitySubset(some), true);
            }
        }
        return all.keySet();
    }

    /** What RFNet and mmFormer were trained with by every version so far. */
    @Test
    void uniformDrawsOfACompleteCaseStayWhatTheyWere() {
        for (int i = 0; i < 100; i++) {
            int drawn = new SplittableRandom(i).nextInt(15);
            assertThat(
                            SubsetDraw.UNIFORM.draw(
                                    new SplittableRandom(i), Brats.BRATS2020.all().modalities()))
                    .isEqualTo(
                            ModalitySubset.within(Brats.BRATS2020.all().modalities()).get(drawn));
        }
    }

    @ParameterizedTest
    @EnumSource(SubsetDraw.class)
    void refusesACaseWithoutModalities(SubsetDraw draw) {
        assertThatThrownBy(() -> draw.draw(new SplittableRandom(1), Set.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("present: expected at least one modality, got none");
    }
}
