/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.nifti;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where a volume lies in the world: its size, and the affine from voxel indices to millimetres (x
 * to the right, y to the front, z up). Immutable.
 */
public final class Geometry {

    /** Two grids are the same where no corner lies further apart than this, in voxels. */
    public static final double TOLERANCE = 1e-3;

    /** What the world's axes are called at their negative and at their positive end. */
    private static final String[] ENDS = {"LR", "PA", "IS"};

    /** The ways to name three axes after the three of the world. */
    private static final int[][] PERMUTATIONS = {
        {0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}
    };

    private final int[] size;
    private final double[][] affine;

    private Geometry(int[] size, double[][] affine) {
        this.size = size;
        this.affine = affine;
    }

    /**
     * Joins size and affine.
     *
     * @param size nx, ny, nz, each at least 1
     * @param affine 4 x 4, voxel indices to mm; its axes span the space
     * @return the geometry
     * @throws IllegalArgumentException if size or affine cannot be
     */
    public static Geometry of(int[] size, double[][] affine) {
        if (size.length != 3 || Arrays.stream(size).anyMatch(n -> n < 1)) {
            throw new IllegalArgumentException(
                    "size: expected 3 sizes of at least 1, got " + Arrays.toString(size));
        }
        Optional<String> problem = Affine.problem(affine);
        if (problem.isPresent()) {
            throw new IllegalArgumentException("affine: " + problem.get());
        }
        return new Geometry(size.clone(), Affine.copy(affine));
    }

    /**
     * Returns the numbers of voxels.
     *
     * @return nx, ny, nz
     */
    public int[] size() {
        return size.clone();
    }

    /**
     * Returns the way from voxel indices to the world.
     *
     * @return a copy, 4 x 4, in mm
     */
    public double[][] affine() {
        return Affine.copy(affine);
    }

    /**
     * Returns the voxel's edges: the lengths of the affine's columns.
     *
     * @return along the three axes, in mm, above 0
     */
    public float[] spacing() {
        float[] spacing = new float[3];
        for (int axis = 0; axis < 3; axis++) {
            spacing[axis] = (float) Affine.length(affine, axis);
        }
        return spacing;
    }

    /**
     * Returns the volume of a voxel, be its edges at right angles or not.
     *
     * @return in mm^3, above 0
     */
    public double voxelVolume() {
        return Math.abs(Affine.determinant(affine));
    }

    /**
     * Returns where the axes lead: for each the letter of the side of the body that it leads to, of
     * those that fit the three axes best together.
     *
     * @return for example {@code LPS}: to the left, to the back, up
     */
    public String orientation() {
        int[] world = closest();
        StringBuilder code = new StringBuilder();
        for (int axis = 0; axis < 3; axis++) {
            int end = affine[world[axis]][axis] < 0 ? 0 : 1;
            code.append(ENDS[world[axis]].charAt(end));
        }
        return code.toString();
    }

    /**
     * The world's axis that each axis of the volume goes along: none that it is at a right angle
     * to, since turning it round would not change the side that it leads to. The axes span the
     * space, so that there always is such a choice.
     */
    private int[] closest() {
        int[] best = PERMUTATIONS[0];
        double bestSum = -1;
        for (int[] permutation : PERMUTATIONS) {
            double sum = 0;
            boolean along = true;
            for (int axis = 0; axis < 3; axis++) {
                double step = affine[permutation[axis]][axis];
                along &= step != 0;
                sum += Math.abs(step) / Affine.length(affine, axis);
            }
            if (along && sum > bestSum) {
                best = permutation;
                bestSum = sum;
            }
        }
        return best;
    }

    /**
     * Returns the geometry of the same voxels with their axes exchanged and turned round, so that
     * they lead to given sides.
     *
     * @param orientation as {@link #orientation} gives it
     * @return the geometry with that orientation
     * @throws IllegalArgumentException if that is no orientation
     */
    public Geometry in(String orientation) {
        int[] world = closest();
        int[] source = {-1, -1, -1};
        boolean[] turned = new boolean[3];
        for (int axis = 0; axis < Math.min(3, orientation.length()); axis++) {
            for (int from = 0; from < 3; from++) {
                int end = ENDS[world[from]].indexOf(orientation.charAt(axis));
                if (end >= 0) {
                    source[axis] = from;
                    turned[axis] = end == 1 != affine[world[from]][from] >= 0;
                }
            }
        }
        boolean each = Arrays.stream(source).filter(from -> from >= 0).distinct().count() == 3;
        if (orientation.length() != 3 || !each) {
            throw new IllegalArgumentException(
                    "orientation: expected one letter each of LR, PA and IS, got " + orientation);
        }
        return new Reorientation(size, source, turned).apply(this);
    }

    /**
     * Compares two grids voxel by voxel.
     *
     * @param other the other
     * @return whether the sizes are equal and no corner is further apart than {@link #TOLERANCE}
     *     voxels of this grid
     */
    public boolean matches(Geometry other) {
        if (!Arrays.equals(size, other.size)) {
            return false;
        }
        double[][] toVoxels = Affine.product(Affine.inverse(affine), other.affine);
        for (int corner = 0; corner < 8; corner++) {
            double[] index = new double[3];
            for (int axis = 0; axis < 3; axis++) {
                index[axis] = (corner >> axis & 1) * (size[axis] - 1);
            }
            double[] there = Affine.apply(toVoxels, index);
            for (int axis = 0; axis < 3; axis++) {
                if (!(Math.abs(there[axis] - index[axis]) <= TOLERANCE)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Returns size, orientation and affine in one line, for messages. */
    @Override
    public String toString() {
        return "%d x %d x %d %s [%s]"
                .formatted(
                        size[0],
                        size[1],
                        size[2],
                        orientation(),
                        Arrays.stream(affine)
                                .limit(3)
                                .map(Geometry::row)
                                .collect(Collectors.joining("; ")));
    }

    private static String row(double[] row) {
        return Arrays.stream(row).mapToObj(value -> number(value)).collect(Collectors.joining(" "));
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.4f", value);
        String shortened = text.replaceAll("0+$", "").replaceAll("\\.$", "");
        return shortened.equals("-0") ? "0" : shortened;
    }
}
