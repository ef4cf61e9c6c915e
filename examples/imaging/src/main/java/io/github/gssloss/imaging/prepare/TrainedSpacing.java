/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.nifti.Geometry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The spacings of the prepared cases that a network was trained on, along {x, y, z} in mm. A new
 * case within their range is one like them; another is brought to their median.
 *
 * @param lowest the smallest along each axis
 * @param median the median along each axis
 * @param highest the largest along each axis
 */
public record TrainedSpacing(List<Double> lowest, List<Double> median, List<Double> highest) {

    /** What rounding does to a spacing, and what no network notices. */
    private static final double SLACK = 0.02;

    private static final double DIGITS = 1e4;

    /**
     * Keeps copies.
     *
     * @param lowest the smallest along each axis
     * @param median the median along each axis
     * @param highest the largest along each axis
     */
    public TrainedSpacing {
        lowest = List.copyOf(lowest);
        median = List.copyOf(median);
        highest = List.copyOf(highest);
    }

    /**
     * Measures cases by the headers of their files.
     *
     * @param preparation how they are prepared
     * @param cases the cases, each with at least one image
     * @return their spacings once they are prepared; empty where there is no case
     */
    public static Optional<TrainedSpacing> of(CasePreparation preparation, List<CaseFiles> cases) {
        if (cases.isEmpty()) {
            return Optional.empty();
        }
        List<Double> lowest = new ArrayList<>();
        List<Double> median = new ArrayList<>();
        List<Double> highest = new ArrayList<>();
        List<float[]> spacings = cases.stream().map(one -> prepared(preparation, one)).toList();
        for (int axis = 0; axis < 3; axis++) {
            int along = axis;
            double[] sorted =
                    spacings.stream()
                            .mapToDouble(one -> Math.round(one[along] * DIGITS) / DIGITS)
                            .sorted()
                            .toArray();
            lowest.add(sorted[0]);
            median.add(sorted[sorted.length / 2]);
            highest.add(sorted[sorted.length - 1]);
        }
        return Optional.of(new TrainedSpacing(lowest, median, highest));
    }

    /** The spacing of a case once it is prepared. */
    private static float[] prepared(CasePreparation preparation, CaseFiles files) {
        Geometry grid = CaseGrid.of(files).geometry();
        return preparation.working().of(grid.size(), grid.spacing()).spacing(grid.spacing());
    }

    /**
     * Returns what a new case is to be brought to.
     *
     * @param preparation how the cases of the training were prepared
     * @param files the case
     * @return along each axis its own spacing within the range of the training, the median of the
     *     training elsewhere; empty where it is within the range along all axes
     */
    public Optional<WorkingSpacing> away(CasePreparation preparation, CaseFiles files) {
        float[] spacing = prepared(preparation, files);
        List<Double> wanted = new ArrayList<>(median);
        for (int axis = 0; axis < 3; axis++) {
            if (isLike(axis, spacing[axis])) {
                wanted.set(axis, (double) spacing[axis]);
            }
        }
        for (int axis = 0; axis < 3; axis++) {
            if (!isLike(axis, spacing[axis])) {
                return Optional.of(new WorkingSpacing(wanted));
            }
        }
        return Optional.empty();
    }

    /**
     * Says how a new case differs from those of the training, once it is prepared as they were.
     *
     * @param preparation how the cases of the training were prepared
     * @param files the case
     * @return both sizes of voxels in words; empty where it is within the range along all axes
     */
    public Optional<String> difference(CasePreparation preparation, CaseFiles files) {
        if (away(preparation, files).isEmpty()) {
            return Optional.empty();
        }
        String range = lowest.equals(highest) ? "" : " to " + text(highest);
        return Optional.of(
                "voxels of %s mm, those of the training had %s%s mm"
                        .formatted(
                                text(rounded(prepared(preparation, files))), text(lowest), range));
    }

    private static List<Double> rounded(float[] spacing) {
        return IntStream.range(0, spacing.length)
                .mapToObj(axis -> Math.round(spacing[axis] * DIGITS) / DIGITS)
                .toList();
    }

    /**
     * Writes a spacing as people do.
     *
     * @param millimetres along each axis
     * @return for example {@code 1 x 1 x 2.5}
     */
    public static String text(List<? extends Number> millimetres) {
        return millimetres.stream()
                .map(one -> one.toString().replaceAll("\\.0$", ""))
                .collect(Collectors.joining(" x "));
    }

    private boolean isLike(int axis, double spacing) {
        return spacing >= lowest.get(axis) * (1 - SLACK)
                && spacing <= highest.get(axis) * (1 + SLACK);
    }
}
