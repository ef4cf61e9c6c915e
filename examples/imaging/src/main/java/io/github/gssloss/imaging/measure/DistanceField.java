/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

import io.github.gssloss.imaging.prepare.BoundingBox;
import java.util.Arrays;

/**
 * The exact Euclidean distance from every voxel of a box to the nearest of some voxels in it, for
 * voxels of any edges.
 *
 * <p>The squared distance is a sum over the axes, so it is minimised along one axis after the
 * other: along a line, each voxel's value so far raises a parabola, and the lower envelope of these
 * parabolas is the minimum. It is found in one pass (Felzenszwalb and Huttenlocher, "Distance
 * Transforms of Sampled Functions", Theory of Computing 8, 2012).
 */
final class DistanceField {

    private final BoundingBox box;
    private final double[] squared;

    /** The parabolas of the envelope of a line, and where each begins to be the lowest. */
    private final int[] lowest;

    private final double[] begins;

    private DistanceField(BoundingBox box) {
        this.box = box;
        squared = new double[box.voxels()];
        int longest = Arrays.stream(box.size()).max().orElseThrow();
        lowest = new int[longest];
        begins = new double[longest];
    }

    /**
     * Computes the field.
     *
     * @param surface the voxels to measure to, at least one, all within the box
     * @param box where to measure
     * @param spacing the voxel's edges along x, y and z, in mm
     */
    static DistanceField to(Surface surface, BoundingBox box, float[] spacing) {
        DistanceField field = new DistanceField(box);
        Arrays.fill(field.squared, Double.POSITIVE_INFINITY);
        for (int i = 0; i < surface.size(); i++) {
            field.squared[field.index(surface, i)] = 0;
        }
        int[] size = box.size();
        int stride = 1;
        for (int axis = 2; axis >= 0; axis--) {
            field.minimise(size[axis], stride, (double) spacing[axis] * spacing[axis]);
            stride *= size[axis];
        }
        return field;
    }

    BoundingBox box() {
        return box;
    }

    /** The distance of the i-th voxel of another surface within the box, in mm. */
    double at(Surface other, int i) {
        return Math.sqrt(squared[index(other, i)]);
    }

    private int index(Surface surface, int i) {
        return ((surface.x(i) - box.x()) * box.sizeY() + surface.y(i) - box.y()) * box.sizeZ()
                + surface.z(i)
                - box.z();
    }

    /** Minimises along all lines of an axis, {@code edge2} being the voxel's squared edge. */
    private void minimise(int length, int stride, double edge2) {
        double[] line = new double[length];
        for (int plane = 0; plane < squared.length; plane += length * stride) {
            for (int start = plane; start < plane + stride; start++) {
                for (int i = 0; i < length; i++) {
                    line[i] = squared[start + i * stride];
                }
                int parabolas = envelope(line, edge2);
                for (int i = 0, p = 0; parabolas > 0 && i < length; i++) {
                    while (p + 1 < parabolas && begins[p + 1] < i) {
                        p++;
                    }
                    int away = i - lowest[p];
                    squared[start + i * stride] = line[lowest[p]] + edge2 * away * away;
                }
            }
        }
    }

    /** Finds the lower envelope of the parabolas of a line and returns their number. */
    private int envelope(double[] line, double edge2) {
        int count = 0;
        for (int i = 0; i < line.length; i++) {
            if (line[i] == Double.POSITIVE_INFINITY) {
                continue;
            }
            double crossing = Double.NEGATIVE_INFINITY;
            while (count > 0) {
                crossing = crossing(line, lowest[count - 1], i, edge2);
                if (crossing > begins[count - 1]) {
                    break;
                }
                count--;
            }
            lowest[count] = i;
            begins[count] = count == 0 ? Double.NEGATIVE_INFINITY : crossing;
            count++;
        }
        return count;
    }

    /** Where the parabola of a later voxel falls below that of an earlier one. */
    private static double crossing(double[] line, int earlier, int later, double edge2) {
        double rise = (line[later] - line[earlier]) / edge2;
        double squares = (double) later * later - (double) earlier * earlier;
        return (rise + squares) / (2.0 * (later - earlier));
    }
}
