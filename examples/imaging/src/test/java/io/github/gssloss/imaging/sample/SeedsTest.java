/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeedsTest {

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
