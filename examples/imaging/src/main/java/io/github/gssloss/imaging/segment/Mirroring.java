/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.segment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The axes along which a network also sees a window mirrored: once for each combination of them,
 * each result mirrored back. The axes are those of the prepared volume.
 *
 * @param axes some of 0 (x), 1 (y), 2 (z); none: the window is seen as it is alone
 */
public record Mirroring(SortedSet<Integer> axes) {

    /** Each window is seen once, as it is. */
    public static final Mirroring NONE = new Mirroring(new TreeSet<>());

    private static final String NAMES = "xyz";

    /**
     * Keeps a copy.
     *
     * @param axes some of 0 (x), 1 (y), 2 (z)
     * @throws IllegalArgumentException if there is another axis
     */
    public Mirroring {
        axes = Collections.unmodifiableSortedSet(new TreeSet<>(axes));
        if (!List.of(0, 1, 2).containsAll(axes)) {
            throw new IllegalArgumentException("axes: expected some of 0, 1 and 2, got " + axes);
        }
    }

    /**
     * Reads axes by their names.
     *
     * @param names each x, y or z; none: no mirroring
     * @return the mirroring
     * @throws IllegalArgumentException if a name is another, or stands twice
     */
    public static Mirroring of(List<String> names) {
        SortedSet<Integer> axes = new TreeSet<>();
        for (String name : names) {
            int axis = name.length() == 1 ? NAMES.indexOf(name) : -1;
            if (axis < 0 || !axes.add(axis)) {
                throw new IllegalArgumentException(
                        "expected some of x, y, z with commas, each once, got "
                                + String.join(",", names));
            }
        }
        return new Mirroring(axes);
    }

    /**
     * Returns how often a network sees each window.
     *
     * @return 1, 2, 4 or 8
     */
    public int views() {
        return 1 << axes.size();
    }

    /**
     * Returns the combinations.
     *
     * @param first the number of dimensions before x
     * @return for each the dimensions to turn round; the first has none
     */
    List<int[]> flips(int first) {
        List<int[]> flips = new ArrayList<>();
        List<Integer> each = List.copyOf(axes);
        for (int bits = 0; bits < views(); bits++) {
            int chosen = bits;
            flips.add(
                    each.stream()
                            .filter(axis -> (chosen >> each.indexOf(axis) & 1) == 1)
                            .mapToInt(axis -> first + axis)
                            .toArray());
        }
        return flips;
    }

    /** Returns the axes as {@link #of} reads them, joined by commas; empty where there are none. */
    @Override
    public String toString() {
        return axes.stream()
                .map(axis -> NAMES.substring(axis, axis + 1))
                .collect(Collectors.joining(","));
    }
}
