/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

import io.github.gssloss.imaging.prepare.BoundingBox;
import java.util.Arrays;

/**
 * The surface of a mask as elements with an area: the points where eight voxels meet of which some
 * belong to the mask and others do not; outside the volume none does. Point (x, y, z) lies between
 * the voxels x - 1 and x, y - 1 and y, z - 1 and z, so that a volume has one more of them than
 * voxels along each axis.
 */
final class SurfaceElements {

    private final Surface points;
    private final double[] areas;

    private SurfaceElements(Surface points, double[] areas) {
        this.points = points;
        this.areas = areas;
    }

    /**
     * Finds the elements.
     *
     * @param mask the mask
     * @param table the area of each kind of element
     */
    static SurfaceElements of(Mask mask, ElementAreas table) {
        int[] shape = new int[3];
        Arrays.setAll(shape, axis -> mask.volume()[axis] + 1);
        int[] points = new int[1024];
        double[] areas = new double[1024];
        int count = 0;
        BoundingBox box = mask.box();
        for (int x = box.x(); x <= box.x() + box.sizeX(); x++) {
            for (int y = box.y(); y <= box.y() + box.sizeY(); y++) {
                int row = (x * shape[1] + y) * shape[2];
                int way = 0;
                for (int z = box.z(); z <= box.z() + box.sizeZ(); z++) {
                    way = way(mask, x, y, z, way);
                    if (way == 0 || way == 255) {
                        continue;
                    }
                    if (count == points.length) {
                        points = Arrays.copyOf(points, 2 * count);
                        areas = Arrays.copyOf(areas, 2 * count);
                    }
                    points[count] = row + z;
                    areas[count++] = table.of(way);
                }
            }
        }
        return new SurfaceElements(
                Surface.ofPoints(shape, Arrays.copyOf(points, count)), Arrays.copyOf(areas, count));
    }

    /** The way of a point: the voxels of the point before it along z move down by one bit. */
    private static int way(Mask mask, int x, int y, int z, int before) {
        int way = before >> 1 & 0b01010101;
        way |= mask.at(x - 1, y - 1, z) ? 0b00000010 : 0;
        way |= mask.at(x - 1, y, z) ? 0b00001000 : 0;
        way |= mask.at(x, y - 1, z) ? 0b00100000 : 0;
        way |= mask.at(x, y, z) ? 0b10000000 : 0;
        return way;
    }

    /** Where the elements are, in points. */
    Surface points() {
        return points;
    }

    /** The area of the i-th element, in mm&sup2;. */
    double area(int i) {
        return areas[i];
    }

    /** The number of elements; 0 where the mask is empty. */
    int size() {
        return areas.length;
    }

    /** The sum of the areas, in mm&sup2;. */
    double area() {
        double sum = 0;
        for (double area : areas) {
            sum += area;
        }
        return sum;
    }
}
