/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

import java.util.Arrays;

/**
 * The area of the surface between the eight voxels that meet in a point, for each of the 256 ways
 * in which they can belong to a mask: marching cubes with every cut in the middle of its edge.
 *
 * <p>Three choices fix the surface where it is not a plane. Voxels of the smaller side (inside or
 * outside; inside where four are) that lie across a face are cut off one by one. A polygon is made
 * of the triangles whose area is largest in voxels of edges 1, also where the real edges differ.
 * With these choices every area is that of the table in DeepMind's surface-distance package (commit
 * 1f805ce, {@code lookup_tables.py}), for voxels of any edges; the table itself is not used.
 */
final class ElementAreas {

    private static final int WAYS = 256;
    private static final double[] CUBE = {1, 1, 1};

    /** Places of a cube are numbered 9 x + 3 y + z, its corners having coordinates 0 and 2. */
    private static final int PLACES = 27;

    private static final int[] STRIDES = {9, 3, 1};

    private final double[] areas = new double[WAYS];

    /**
     * Computes the areas.
     *
     * @param spacing the voxel's edges along x, y and z, in mm
     */
    ElementAreas(float[] spacing) {
        double[] edges = {spacing[0], spacing[1], spacing[2]};
        for (int way = 0; way < WAYS; way++) {
            boolean fewInside = Integer.bitCount(way) <= 4;
            areas[way] = area(fewInside ? way : WAYS - 1 - way, edges);
        }
    }

    /** The area in mm&sup2;; bit 4 x + 2 y + z of the way is set where that voxel is inside. */
    double of(int way) {
        return areas[way];
    }

    /** Follows each polygon from cut to cut. */
    private static double area(int way, double[] edges) {
        int[][] next = cuts(way);
        boolean[] passed = new boolean[PLACES];
        double sum = 0;
        for (int first = 0; first < PLACES; first++) {
            if (next[first] == null || passed[first]) {
                continue;
            }
            int[] polygon = new int[PLACES];
            int length = 0;
            int place = first;
            while (place >= 0) {
                passed[place] = true;
                polygon[length++] = place;
                int[] two = next[place];
                place = !passed[two[0]] ? two[0] : !passed[two[1]] ? two[1] : -1;
            }
            sum += largest(Arrays.copyOf(polygon, length), edges);
        }
        return sum;
    }

    /** For each cut edge, by the place of its middle, the two cuts it is connected with. */
    private static int[][] cuts(int way) {
        int[][] next = new int[PLACES][];
        for (int axis = 0; axis < 3; axis++) {
            int one = STRIDES[(axis + 1) % 3];
            int two = STRIDES[(axis + 2) % 3];
            for (int side = 0; side <= 2; side += 2) {
                int corner = side * STRIDES[axis];
                int[] ring = {
                    corner, corner + 2 * one, corner + 2 * one + 2 * two, corner + 2 * two
                };
                connect(way, ring, next);
            }
        }
        return next;
    }

    /** Connects the cuts of a face: two of them, or those around each of two corners inside. */
    private static void connect(int way, int[] ring, int[][] next) {
        int[] cut = new int[4];
        int cuts = 0;
        for (int i = 0; i < 4; i++) {
            if (inside(way, ring[i]) != inside(way, ring[(i + 1) % 4])) {
                cut[cuts++] = i;
            }
        }
        if (cuts == 2) {
            connect(middle(ring, cut[0]), middle(ring, cut[1]), next);
        } else if (cuts == 4) {
            int first = inside(way, ring[0]) ? 0 : 1;
            connect(middle(ring, (first + 3) % 4), middle(ring, first), next);
            connect(middle(ring, first + 1), middle(ring, first + 2), next);
        }
    }

    private static void connect(int one, int two, int[][] next) {
        link(one, two, next);
        link(two, one, next);
    }

    private static void link(int from, int to, int[][] next) {
        next[from] = next[from] == null ? new int[] {to, to} : new int[] {next[from][0], to};
    }

    private static int middle(int[] ring, int i) {
        return (ring[i % 4] + ring[(i + 1) % 4]) / 2;
    }

    private static boolean inside(int way, int corner) {
        int bit = corner / 9 / 2 * 4 + corner / 3 % 3 / 2 * 2 + corner % 3 / 2;
        return (way >> bit & 1) == 1;
    }

    /** The area of the triangles that are together the largest in a cube. */
    private static double largest(int[] polygon, double[] edges) {
        int n = polygon.length;
        double[][] inCube = new double[n][n];
        double[][] area = new double[n][n];
        for (int width = 2; width < n; width++) {
            for (int i = 0; i + width < n; i++) {
                int j = i + width;
                for (int k = i + 1; k < j; k++) {
                    double sum =
                            inCube[i][k]
                                    + inCube[k][j]
                                    + triangle(polygon[i], polygon[k], polygon[j], CUBE);
                    if (sum > inCube[i][j] + 1e-9) {
                        inCube[i][j] = sum;
                        area[i][j] =
                                area[i][k]
                                        + area[k][j]
                                        + triangle(polygon[i], polygon[k], polygon[j], edges);
                    }
                }
            }
        }
        return area[0][n - 1];
    }

    private static double triangle(int a, int b, int c, double[] edges) {
        double[] one = side(a, b, edges);
        double[] two = side(a, c, edges);
        double x = one[1] * two[2] - one[2] * two[1];
        double y = one[2] * two[0] - one[0] * two[2];
        double z = one[0] * two[1] - one[1] * two[0];
        return Math.sqrt(x * x + y * y + z * z) / 2;
    }

    /** From one place to another, in mm: neighbouring places are half an edge apart. */
    private static double[] side(int from, int to, double[] edges) {
        return new double[] {
            (to / 9 - from / 9) / 2.0 * edges[0],
            (to / 3 % 3 - from / 3 % 3) / 2.0 * edges[1],
            (to % 3 - from % 3) / 2.0 * edges[2]
        };
    }
}
