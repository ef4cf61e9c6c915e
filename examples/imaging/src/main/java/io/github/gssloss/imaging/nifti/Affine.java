/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.nifti;

import java.util.Arrays;
import java.util.Optional;

/** Small arithmetic on 4 x 4 matrices whose last row is 0 0 0 1. */
final class Affine {

    /** The volume that three unit vectors span, below which they are taken to lie in a plane. */
    private static final double FLAT = 1e-6;

    /** No voxel of an image is smaller: a millionth of a nanometre. */
    private static final double SHORTEST = 1e-12;

    /** Nor larger: a million kilometres. */
    private static final double LONGEST = 1e12;

    private Affine() {}

    /** Says why a matrix is no way from voxels to the world. */
    static Optional<String> problem(double[][] matrix) {
        if (matrix.length != 4 || Arrays.stream(matrix).anyMatch(row -> row.length != 4)) {
            return Optional.of("expected 4 x 4 numbers");
        }
        double unit = Math.abs(determinant(matrix));
        boolean finite =
                Arrays.stream(matrix).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite);
        boolean possible = true;
        for (int axis = 0; axis < 3; axis++) {
            double length = length(matrix, axis);
            possible &= length >= SHORTEST && length <= LONGEST;
            unit /= length;
        }
        return finite && possible && unit > FLAT
                ? Optional.empty()
                : Optional.of(
                        "expected three axes from 1e-12 to 1e12 mm that span the space, got "
                                + Arrays.deepToString(matrix));
    }

    static double[][] copy(double[][] matrix) {
        return Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
    }

    /** The length of one of the first three columns. */
    static double length(double[][] matrix, int column) {
        return Math.sqrt(
                matrix[0][column] * matrix[0][column]
                        + matrix[1][column] * matrix[1][column]
                        + matrix[2][column] * matrix[2][column]);
    }

    /** The determinant of the upper left 3 x 3. */
    static double determinant(double[][] m) {
        return m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
                - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
                + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
    }

    /** The inverse, by cofactors. */
    static double[][] inverse(double[][] m) {
        double determinant = determinant(m);
        double[][] inverse = new double[4][4];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                int r1 = (column + 1) % 3;
                int r2 = (column + 2) % 3;
                int c1 = (row + 1) % 3;
                int c2 = (row + 2) % 3;
                inverse[row][column] =
                        (m[r1][c1] * m[r2][c2] - m[r1][c2] * m[r2][c1]) / determinant;
            }
        }
        for (int row = 0; row < 3; row++) {
            for (int k = 0; k < 3; k++) {
                inverse[row][3] -= inverse[row][k] * m[k][3];
            }
        }
        inverse[3][3] = 1;
        return inverse;
    }

    static double[][] product(double[][] a, double[][] b) {
        double[][] product = new double[4][4];
        for (int row = 0; row < 4; row++) {
            for (int column = 0; column < 4; column++) {
                for (int k = 0; k < 4; k++) {
                    product[row][column] += a[row][k] * b[k][column];
                }
            }
        }
        return product;
    }

    /** Maps a point. */
    static double[] apply(double[][] matrix, double[] point) {
        double[] mapped = new double[3];
        for (int row = 0; row < 3; row++) {
            mapped[row] = matrix[row][3];
            for (int k = 0; k < 3; k++) {
                mapped[row] += matrix[row][k] * point[k];
            }
        }
        return mapped;
    }
}
