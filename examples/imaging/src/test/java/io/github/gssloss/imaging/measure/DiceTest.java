/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.Region;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiceTest {

    @ParameterizedTest
    @CsvSource({
        "whole,4",
        "core,4",
        "enhancing,4",
        "whole,5",
        "core,5",
        "enhancing,5",
    })
    void agreesWithSetsOfVoxels(String name, int classes) {
        Region region = (classes == 4 ? Brats.BRATS2020 : Brats.BRATS2015).region(name);
        byte[] prediction = random(classes, 1);
        byte[] truth = random(classes, 2);
        Set<Integer> predicted = inside(prediction, region.classes());
        Set<Integer> there = inside(truth, region.classes());
        Set<Integer> both = new HashSet<>(predicted);
        both.retainAll(there);
        double expected = 2.0 * both.size() / (predicted.size() + there.size());

        assertThat(Dice.of(prediction, truth, region, classes)).isCloseTo(expected, within(1e-9));
    }

    @Test
    void perfectEmptyAndDisjoint() {
        byte[] nothing = {0, 0, 0};
        byte[] first = {3, 0, 0};
        byte[] second = {0, 3, 0};
        Region region = Brats.ENHANCING;
        assertThat(Dice.of(first, first, region, 4)).isEqualTo(1);
        assertThat(Dice.of(nothing, nothing, region, 4)).isEqualTo(1);
        assertThat(Dice.of(new byte[0], new byte[0], region, 4)).isEqualTo(1);
        assertThat(Dice.of(first, second, region, 4)).isCloseTo(5e-9, within(1e-12));
        assertThat(Dice.of(nothing, first, region, 4)).isCloseTo(1e-8, within(1e-12));
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> Dice.of(new byte[2], new byte[3], Brats.CORE, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("prediction: expected 3 voxels as the truth has, got 2");
        assertThatThrownBy(() -> Dice.of(new byte[1], new byte[] {4}, Brats.CORE, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("class map: expected classes 0 to 3, got 4");
        assertThatThrownBy(() -> Dice.of(new byte[] {-1}, new byte[1], Brats.CORE, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("class map: expected classes 0 to 3, got -1");
    }

    private static byte[] random(int classes, long seed) {
        Random random = new Random(seed);
        byte[] map = new byte[500];
        for (int v = 0; v < map.length; v++) {
            map[v] = (byte) random.nextInt(classes);
        }
        return map;
    }

    private static Set<Integer> inside(byte[] map, List<Integer> classes) {
        Set<Integer> voxels = new HashSet<>();
        for (int v = 0; v < map.length; v++) {
            if (classes.contains((int) map[v])) {
                voxels.add(v);
            }
        }
        return voxels;
    }
}
