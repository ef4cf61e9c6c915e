/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.imaging.sample.Seeds;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ModalitySubsetsTest {

    @Test
    void listsAllSubsetsInTheirOrder() {
        List<String> names =
                ModalitySubsets.all().stream()
                        .map(
                                set ->
                                        set.stream()
                                                .map(Modality::label)
                                                .collect(Collectors.joining("+")))
                        .toList();
        assertThat(names)
                .containsExactly(
                        "flair",
                        "t1ce",
                        "t1",
                        "t2",
                        "flair+t1ce",
                        "flair+t1",
                        "flair+t2",
                        "t1ce+t1",
                        "t1ce+t2",
                        "t1+t2",
                        "flair+t1ce+t1",
                        "flair+t1ce+t2",
                        "flair+t1+t2",
                        "t1ce+t1+t2",
                        "flair+t1ce+t1+t2");
        assertThat(new HashSet<>(ModalitySubsets.all())).hasSize(15);
    }

    @Test
    void masksFollowTheOrderOfTheModalities() {
        assertThat(ModalitySubsets.mask(EnumSet.of(Modality.T2, Modality.FLAIR)))
                .containsExactly(true, false, false, true);
        assertThat(ModalitySubsets.mask(EnumSet.noneOf(Modality.class)))
                .containsExactly(false, false, false, false);
    }

    @Test
    void drawsAllSubsetsEquallyOften() {
        boolean[] present = {true, true, true, true};
        Map<Set<Modality>, Integer> counts = new HashMap<>();
        for (int i = 0; i < 15_000; i++) {
            counts.merge(ModalitySubsets.draw(Seeds.generator(4, 0, i), present), 1, Integer::sum);
        }
        // Four standard deviations about the expected 1000.
        assertThat(counts).hasSize(15);
        assertThat(counts.values()).allMatch(n -> n > 878 && n < 1122);
    }

    @Test
    void drawsWithinTheModalitiesThatAreThere() {
        boolean[] present = {true, false, false, true};
        Set<Set<Modality>> drawn = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            drawn.add(ModalitySubsets.draw(Seeds.generator(4, i), present));
        }
        assertThat(drawn)
                .containsExactlyInAnyOrder(
                        EnumSet.of(Modality.FLAIR),
                        EnumSet.of(Modality.T2),
                        EnumSet.of(Modality.FLAIR, Modality.T2));
        assertThatThrownBy(() -> ModalitySubsets.draw(Seeds.generator(4), new boolean[4]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("present: expected at least one modality, got none");
    }

    @Test
    void seedsOfNeighbouringDrawsAreUnrelated() {
        Set<Long> seeds = new HashSet<>();
        int[] ones = new int[64];
        int count = 0;
        for (int seed = 0; seed < 20; seed++) {
            for (int epoch = 0; epoch < 20; epoch++) {
                for (int sample = 0; sample < 20; sample++, count++) {
                    long mixed = Seeds.mix(seed, epoch, sample);
                    seeds.add(mixed);
                    for (int bit = 0; bit < 64; bit++) {
                        ones[bit] += (int) (mixed >>> bit & 1);
                    }
                }
            }
        }
        assertThat(seeds).hasSize(count);
        // Five standard deviations about half of 8000.
        assertThat(Arrays.stream(ones)).allMatch(n -> n > 3776 && n < 4224);
        assertThat(Seeds.mix(1, 2)).isNotEqualTo(Seeds.mix(2, 1));
        assertThat(Seeds.mix(1)).isNotEqualTo(Seeds.mix(1, 0));
        assertThat(Seeds.generator(3, 4, 5).nextLong())
                .isEqualTo(Seeds.generator(3, 4, 5).nextLong());
    }
}
