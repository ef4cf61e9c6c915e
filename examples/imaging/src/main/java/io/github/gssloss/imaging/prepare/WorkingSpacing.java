/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The spacing that volumes are brought to before they are cropped. One number is the spacing within
 * the plane of the slices: the axis of the largest spacing is left as it is, unless all are alike.
 *
 * @param millimetres none: as stored; one number; or three, along {x, y, z}
 */
public record WorkingSpacing(List<Double> millimetres) {

    /** Every volume as it is stored. */
    public static final WorkingSpacing STORED = new WorkingSpacing(List.of());

    /** What {@link #parse} reads. */
    public static final String EXPECTED =
            "stored, millimetres within the plane of the slices such as 0.75, or three such as"
                    + " 1x1x3";

    /** Spacings that differ by less are alike. */
    private static final double ALIKE = 1.01;

    /**
     * Keeps a copy.
     *
     * @param millimetres none, one number or three
     * @throws IllegalArgumentException if there are others, or one is not above 0
     */
    public WorkingSpacing {
        millimetres = List.copyOf(millimetres);
        boolean counted = List.of(0, 1, 3).contains(millimetres.size());
        if (!counted || !millimetres.stream().allMatch(one -> one > 0 && one < 1000)) {
            throw new IllegalArgumentException(
                    "expected " + EXPECTED + ", got '" + text(millimetres) + "'");
        }
    }

    /**
     * Reads a spacing from text.
     *
     * @param text as {@link #EXPECTED} says
     * @return the spacing
     * @throws IllegalArgumentException if the text is something else
     */
    public static WorkingSpacing parse(String text) {
        if (text.strip().equals("stored")) {
            return STORED;
        }
        List<Double> numbers = new ArrayList<>();
        try {
            for (String number : text.strip().toLowerCase(Locale.ROOT).split("x", -1)) {
                numbers.add(Double.valueOf(number.strip()));
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected " + EXPECTED + ", got '" + text + "'", e);
        }
        return new WorkingSpacing(numbers);
    }

    /** Reads what a file may have in place of text: a number. */
    static WorkingSpacing ofValue(Object value) {
        return parse(String.valueOf(value));
    }

    /**
     * Returns how a volume is resampled.
     *
     * @param shape {nx, ny, nz} of the volume
     * @param spacing of its voxels along {x, y, z}, in mm
     * @return the resampling, to whole voxels that come nearest to this spacing
     */
    Resampling of(int[] shape, float[] spacing) {
        int[] to = shape.clone();
        if (millimetres.isEmpty()) {
            return new Resampling(shape, to);
        }
        float largest = Math.max(spacing[0], Math.max(spacing[1], spacing[2]));
        float smallest = Math.min(spacing[0], Math.min(spacing[1], spacing[2]));
        boolean even = largest <= ALIKE * smallest;
        for (int axis = 0; axis < 3; axis++) {
            boolean acrossSlices = millimetres.size() == 1 && !even && spacing[axis] == largest;
            if (!acrossSlices) {
                double target = millimetres.get(millimetres.size() == 1 ? 0 : axis);
                to[axis] = Math.max(1, (int) Math.round(shape[axis] * spacing[axis] / target));
            }
        }
        return new Resampling(shape, to);
    }

    private static String text(List<Double> millimetres) {
        return millimetres.isEmpty()
                ? "stored"
                : millimetres.stream().map(String::valueOf).collect(Collectors.joining("x"));
    }

    /** Returns the spacing as {@link #parse} reads it. */
    @Override
    public String toString() {
        return text(millimetres);
    }
}
