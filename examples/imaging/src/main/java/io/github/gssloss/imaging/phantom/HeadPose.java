/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.phantom;

import java.util.SplittableRandom;

/**
 * How a head lies in its volume: turned by some degrees, a little off the middle, a little larger
 * or smaller along each axis.
 */
final class HeadPose {

    private static final double TURN_DEGREES = 6;
    private static final double SHIFT_MM = 3;

    private final double[][] toHead = new double[3][3];
    private final double[] middle = new double[3];

    HeadPose(SplittableRandom random, PhantomSettings settings) {
        int[] shape = {settings.nx(), settings.ny(), settings.nz()};
        double voxel = settings.voxelSize();
        double size = 0.93 + 0.1 * random.nextDouble();
        // BraTS stores x from right to left and y from front to back; the head's u and v point
        // the other way.
        double[] direction = {-voxel, -voxel, voxel};
        double[][] turned = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
        for (int axis = 0; axis < 3; axis++) {
            turn(turned, axis, Math.toRadians(TURN_DEGREES) * symmetric(random));
            middle[axis] = (shape[axis] - 1) / 2.0 + SHIFT_MM / voxel * symmetric(random);
        }
        for (int row = 0; row < 3; row++) {
            double scale = size * (1 + 0.03 * symmetric(random));
            for (int column = 0; column < 3; column++) {
                toHead[row][column] = turned[row][column] * direction[column] / scale;
            }
        }
    }

    private static double symmetric(SplittableRandom random) {
        return 2 * random.nextDouble() - 1;
    }

    private static void turn(double[][] matrix, int axis, double angle) {
        double[] one = matrix[(axis + 1) % 3];
        double[] two = matrix[(axis + 2) % 3];
        for (int column = 0; column < 3; column++) {
            double a = one[column];
            double b = two[column];
            one[column] = Math.cos(angle) * a - Math.sin(angle) * b;
            two[column] = Math.sin(angle) * a + Math.cos(angle) * b;
        }
    }

    /** Writes the place (u, v, w) of a voxel in mm. */
    void toHead(int x, int y, int z, double[] place) {
        for (int row = 0; row < 3; row++) {
            place[row] =
                    toHead[row][0] * (x - middle[0])
                            + toHead[row][1] * (y - middle[1])
                            + toHead[row][2] * (z - middle[2]);
        }
    }
}
