/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.check;

import io.github.gssloss.files.Counted;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.dataset.LabelSet;
import io.github.gssloss.imaging.prepare.TrueClasses;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How many voxels of a segmentation have which label, as in the file.
 *
 * @param voxels the numbers, by label
 * @param broken the voxels whose values are no whole numbers
 */
record LabelCounts(SortedMap<Integer, Long> voxels, long broken) {

    /** Where there is no segmentation. */
    static final LabelCounts NONE = new LabelCounts(new TreeMap<>(), 0);

    /** The labels that are counted in an array; there are hardly others. */
    private static final int FEW = 256;

    /** The most unknown labels that a line names. */
    private static final int NAMED = 3;

    static LabelCounts of(float[] data) {
        SortedMap<Integer, Long> voxels = new TreeMap<>();
        long[] few = new long[FEW];
        long broken = 0;
        for (float value : data) {
            int label = Math.round(value);
            if (!(Math.abs(value - label) <= TrueClasses.ROUNDING)) {
                broken++;
            } else if (label >= 0 && label < FEW) {
                few[label]++;
            } else {
                voxels.merge(label, 1L, Long::sum);
            }
        }
        IntStream.range(0, FEW)
                .filter(label -> few[label] > 0)
                .forEach(label -> voxels.put(label, few[label]));
        return new LabelCounts(voxels, broken);
    }

    /** Why the labels are not those of a data set, if so. */
    Optional<String> fault(DataDescription description) {
        LabelSet labelSet = description.labels();
        if (broken > 0) {
            return Optional.of(
                    "segmentation holds %s"
                            .formatted(
                                    Counted.of(
                                            broken,
                                            "voxel that is no whole number",
                                            "voxels that are no whole numbers")));
        }
        List<String> unknown =
                voxels.keySet().stream()
                        .filter(label -> labelSet.classOf(label) == LabelSet.UNKNOWN)
                        .map(
                                label ->
                                        "%d (%s)"
                                                .formatted(
                                                        label,
                                                        Counted.of(voxels.get(label), "voxel")))
                        .toList();
        if (unknown.isEmpty()) {
            return Optional.empty();
        }
        int more = unknown.size() - NAMED;
        String known =
                IntStream.range(0, labelSet.classes())
                        .mapToObj(one -> Integer.toString(labelSet.fileLabel(one)))
                        .collect(Collectors.joining(", "));
        return Optional.of(
                "segmentation holds label %s%s, expected one of %s (%s)"
                        .formatted(
                                unknown.stream().limit(NAMED).collect(Collectors.joining(", ")),
                                more > 0 ? " and %d more".formatted(more) : "",
                                known,
                                description.name()));
    }

    /** Whether there is nothing but background. */
    boolean isBlank() {
        return broken == 0 && voxels.size() == 1 && voxels.containsKey(0);
    }
}
