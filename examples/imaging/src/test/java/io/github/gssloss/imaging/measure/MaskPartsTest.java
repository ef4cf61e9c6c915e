/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskPartsTest {

    private static final boolean[] ONES = {false, true};

    @ParameterizedTest
    @CsvSource({"1, 0.02", "2, 0.06", "3, 0.1", "4, 0.3", "5, 0.9"})
    void agreesWithFloodFill(long seed, double share) {
        int[] shape = {17, 13, 19};
        byte[] map = random(shape, share, new Random(seed));
        Mask mask = Mask.of(map, shape, ONES);
        MaskParts components = new MaskParts(mask);
        int[] expected = flooded(map, shape);

        Map<Integer, Integer> names = new HashMap<>();
        for (int v = 0; v < map.length; v++) {
            int x = v / shape[2] / shape[1];
            int found = components.at(x, v / shape[2] % shape[1], v % shape[2]);
            assertThat(found == 0).isEqualTo(map[v] == 0);
            // The numbers may be others, but each stands for one.
            assertThat(names.computeIfAbsent(expected[v], name -> found)).isEqualTo(found);
        }
        names.remove(0);
        assertThat(names.values()).doesNotHaveDuplicates().hasSize(components.count());
    }

    @Test
    void someOfThemAreAMask() {
        int[] shape = {9, 9, 9};
        byte[] map = new byte[729];
        map[index(1, 1, 1)] = 1;
        map[index(1, 2, 2)] = 1;
        map[index(5, 5, 5)] = 1;
        map[index(8, 8, 8)] = 1;
        MaskParts components = new MaskParts(Mask.of(map, shape, ONES));
        assertThat(components.count()).isEqualTo(3);

        BitSet some = new BitSet();
        some.set(components.at(1, 1, 1));
        some.set(components.at(5, 5, 5));
        Mask mask = components.mask(some);

        assertThat(mask.count()).isEqualTo(3);
        assertThat(mask.box().origin()).containsExactly(1, 1, 1);
        assertThat(mask.box().size()).containsExactly(5, 5, 5);
        assertThat(mask.at(1, 2, 2)).isTrue();
        assertThat(mask.at(8, 8, 8)).isFalse();
        assertThat(mask.at(-1, 0, 0)).isFalse();
    }

    @Test
    void anEmptyMaskHasNone() {
        Mask none = Mask.of(new byte[8], new int[] {2, 2, 2}, ONES);
        assertThat(none.count()).isZero();
        assertThat(new MaskParts(none).count()).isZero();
        assertThat(none.dilated(3).count()).isZero();
        assertThat(SurfaceElements.of(none, new ElementAreas(new float[] {1, 1, 1})).size())
                .isZero();
    }

    private static int index(int x, int y, int z) {
        return (x * 9 + y) * 9 + z;
    }

    private static byte[] random(int[] shape, double share, Random random) {
        byte[] map = new byte[shape[0] * shape[1] * shape[2]];
        for (int v = 0; v < map.length; v++) {
            map[v] = (byte) (random.nextDouble() < share ? 1 : 0);
        }
        return map;
    }

    /** The first voxel of each voxel's component, plus 1. */
    private static int[] flooded(byte[] map, int[] shape) {
        int[] names = new int[map.length];
        for (int first = 0; first < map.length; first++) {
            Deque<Integer> front = new ArrayDeque<>();
            if (map[first] == 1 && names[first] == 0) {
                names[first] = first + 1;
                front.push(first);
            }
            while (!front.isEmpty()) {
                int v = front.pop();
                int[] at = {v / shape[2] / shape[1], v / shape[2] % shape[1], v % shape[2]};
                for (int step = 0; step < 27; step++) {
                    int[] next = {
                        at[0] + step / 9 - 1, at[1] + step / 3 % 3 - 1, at[2] + step % 3 - 1
                    };
                    boolean there = true;
                    for (int axis = 0; axis < 3; axis++) {
                        there &= next[axis] >= 0 && next[axis] < shape[axis];
                    }
                    int w = (next[0] * shape[1] + next[1]) * shape[2] + next[2];
                    if (there && map[w] == 1 && names[w] == 0) {
                        names[w] = first + 1;
                        front.push(w);
                    }
                }
            }
        }
        assertThat(Arrays.stream(names).filter(name -> name != 0).count())
                .isEqualTo(Mask.of(map, shape, ONES).count());
        return names;
    }
}
