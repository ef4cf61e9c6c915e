/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.gssloss.networks.Axes;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The size of a box of voxels, in the axis order of every volume here: D, H, W, which are the
 * NIfTI's x, y, z.
 *
 * @param depth voxels along D, at least 1
 * @param height voxels along H, at least 1
 * @param width voxels along W, at least 1
 */
public record VolumeSize(int depth, int height, int width) {

    static final String EXPECTED = "a size such as 80, 96x96x64 or [96, 96, 64]";

    /**
     * Checks the sides.
     *
     * @param depth voxels along D, at least 1
     * @param height voxels along H, at least 1
     * @param width voxels along W, at least 1
     * @throws IllegalArgumentException if a side is below 1
     */
    public VolumeSize {
        if (depth < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "size: expected sides of at least 1, got %dx%dx%d"
                            .formatted(depth, height, width));
        }
    }

    /**
     * Returns a cube.
     *
     * @param side its side in voxels, at least 1
     * @return the size
     * @throws IllegalArgumentException if the side is below 1
     */
    public static VolumeSize cube(int side) {
        return new VolumeSize(side, side, side);
    }

    /**
     * Reads a size from text.
     *
     * @param text {@code 80} for a cube or {@code 96x96x64}
     * @return the size
     * @throws IllegalArgumentException if the text is neither
     */
    public static VolumeSize parse(String text) {
        try {
            int[] sides =
                    Stream.of(text.strip().split("x", -1)).mapToInt(Integer::parseInt).toArray();
            return switch (sides.length) {
                case 1 -> cube(sides[0]);
                case 3 -> new VolumeSize(sides[0], sides[1], sides[2]);
                default -> throw new IllegalArgumentException("size: expected 1 or 3 sides");
            };
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("expected " + EXPECTED + ", got " + text, e);
        }
    }

    /**
     * Reads a size from a YAML value.
     *
     * @param value a whole number for a cube, a list of three, or text as {@link #parse} reads it
     * @return the size
     * @throws IllegalArgumentException if the value is none of these
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static VolumeSize of(Object value) {
        return parse(
                value instanceof List<?> sides && sides.size() == 3
                        ? sides.get(0) + "x" + sides.get(1) + "x" + sides.get(2)
                        : String.valueOf(value));
    }

    /**
     * Returns the three sides.
     *
     * @return depth, height and width, a new array
     */
    public int[] sides() {
        return new int[] {depth, height, width};
    }

    /**
     * Returns the number of voxels.
     *
     * @return the product of the sides
     */
    public long voxels() {
        return (long) depth * height * width;
    }

    /**
     * Returns the axes of a network for images of this size.
     *
     * @return all, but for an axis of one voxel
     * @throws IllegalArgumentException if more than one axis has one voxel
     */
    public Axes axes() {
        int[] flat = IntStream.range(0, 3).filter(axis -> sides()[axis] == 1).toArray();
        Check.that(flat.length < 2, "crop", "1 voxel along one axis at most", this);
        return flat.length == 0 ? Axes.ALL : Axes.flat(flat[0]);
    }

    /**
     * Returns a cube, or a square where an axis is flat.
     *
     * @param side its side in voxels, at least 1
     * @param axes its axes
     * @return the size
     */
    public static VolumeSize cube(int side, Axes axes) {
        long[] sides = axes.cube(side).getShape();
        return new VolumeSize((int) sides[0], (int) sides[1], (int) sides[2]);
    }

    /** Whether all sides but a flat one are multiples of a number. */
    boolean isMultipleOf(int divisor, int least) {
        Axes axes = axes();
        return IntStream.range(0, 3)
                .filter(axes::contain)
                .map(axis -> sides()[axis])
                .allMatch(side -> side % divisor == 0 && side >= least);
    }

    /** The longest side. */
    int side() {
        return Math.max(depth, Math.max(height, width));
    }

    @JsonValue
    Object toYaml() {
        return isCube() ? (Object) depth : sides();
    }

    boolean isCube() {
        return depth == height && height == width;
    }

    /**
     * Returns the size as {@link #parse} reads it.
     *
     * @return for example {@code 80} or {@code 96x96x64}
     */
    @Override
    public String toString() {
        return isCube() ? Integer.toString(depth) : depth + "x" + height + "x" + width;
    }
}
