/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.nifti;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * The header's three ways from voxel indices to the world (NIfTI-1.1, "methods" 1 to 3). The qform
 * is a unit quaternion (a, b, c, d) with a >= 0, of which b, c, d are stored, and a handedness in
 * {@code pixdim[0]} that flips z.
 */
final class NiftiAffine {

    /** Cosine between two axes from which on they are not at right angles. */
    private static final double SHEAR = 1e-4;

    private NiftiAffine() {}

    /** Whether the header says where the volume lies by its sform. */
    static boolean hasSform(ByteBuffer raw) {
        return raw.getShort(NiftiFields.SFORM_CODE) > 0;
    }

    /** Whether the header says where the volume lies by its qform. */
    static boolean hasQform(ByteBuffer raw) {
        return raw.getShort(NiftiFields.QFORM_CODE) > 0;
    }

    /** Reads the sform, else the qform, else the spacing alone, in mm. */
    static double[][] load(ByteBuffer raw) {
        return hasSform(raw) ? inMm(sform(raw), raw) : withoutSform(raw);
    }

    private static double[][] sform(ByteBuffer raw) {
        double[][] affine = new double[4][4];
        affine[3][3] = 1;
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 4; column++) {
                affine[row][column] = raw.getFloat(NiftiFields.SROW_X + 16 * row + 4 * column);
            }
        }
        return affine;
    }

    /** Reads the qform, else the spacing alone, in mm. */
    static double[][] withoutSform(ByteBuffer raw) {
        double[][] affine = new double[4][4];
        affine[3][3] = 1;
        boolean qform = hasQform(raw);
        double[][] rotation =
                qform ? rotation(raw) : new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                double edge = Math.abs(raw.getFloat(NiftiFields.PIXDIM + 4 * (column + 1)));
                affine[row][column] = rotation[row][column] * edge;
            }
            affine[row][3] = qform ? raw.getFloat(NiftiFields.QOFFSET_X + 4 * row) : 0;
        }
        return inMm(affine, raw);
    }

    private static double[][] inMm(double[][] affine, ByteBuffer raw) {
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 4; column++) {
                affine[row][column] *= unitInMm(raw);
            }
        }
        return affine;
    }

    /** The header's unit of length; it is mm where none is named. */
    static double unitInMm(ByteBuffer raw) {
        return switch (raw.get(NiftiFields.XYZT_UNITS) & 7) {
            case NiftiFields.UNITS_METRE -> 1000;
            case NiftiFields.UNITS_MICRON -> 0.001;
            default -> 1;
        };
    }

    private static double[][] rotation(ByteBuffer raw) {
        double b = raw.getFloat(NiftiFields.QUATERN_B);
        double c = raw.getFloat(NiftiFields.QUATERN_B + 4);
        double d = raw.getFloat(NiftiFields.QUATERN_B + 8);
        double a = Math.sqrt(Math.max(0, 1 - (b * b + c * c + d * d)));
        double hand = raw.getFloat(NiftiFields.PIXDIM) < 0 ? -1 : 1;
        return new double[][] {
            {a * a + b * b - c * c - d * d, 2 * (b * c - a * d), 2 * (b * d + a * c) * hand},
            {2 * (b * c + a * d), a * a + c * c - b * b - d * d, 2 * (c * d - a * b) * hand},
            {2 * (b * d - a * c), 2 * (c * d + a * b), (a * a + d * d - b * b - c * c) * hand}
        };
    }

    /** Writes sform, qform and spacing, both forms with the given code. */
    static void store(ByteBuffer raw, double[][] affine, int code) {
        Optional<String> problem = Affine.problem(affine);
        if (problem.isPresent()) {
            throw new IllegalArgumentException("affine: " + problem.get());
        }
        double[] edges = new double[3];
        Arrays.setAll(edges, column -> Affine.length(affine, column));
        double[][] axes = new double[3][3];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 4; column++) {
                raw.putFloat(
                        NiftiFields.SROW_X + 16 * row + 4 * column, (float) affine[row][column]);
            }
            raw.putFloat(NiftiFields.PIXDIM + 4 * (row + 1), (float) edges[row]);
            raw.putFloat(NiftiFields.QOFFSET_X + 4 * row, (float) affine[row][3]);
            for (int column = 0; column < 3; column++) {
                axes[row][column] = affine[row][column] / edges[column];
            }
        }
        raw.putShort(NiftiFields.SFORM_CODE, (short) code);
        double hand = Affine.determinant(axes) < 0 ? -1 : 1;
        raw.putFloat(NiftiFields.PIXDIM, (float) hand);
        if (sheared(axes)) {
            return;
        }
        for (double[] row : axes) {
            row[2] *= hand;
        }
        double[] quaternion = quaternion(axes);
        for (int i = 0; i < 3; i++) {
            raw.putFloat(NiftiFields.QUATERN_B + 4 * i, (float) quaternion[i + 1]);
        }
        raw.putShort(NiftiFields.QFORM_CODE, (short) code);
    }

    private static boolean sheared(double[][] axes) {
        for (int one = 0; one < 3; one++) {
            int two = (one + 1) % 3;
            double cosine = 0;
            for (int row = 0; row < 3; row++) {
                cosine += axes[row][one] * axes[row][two];
            }
            if (Math.abs(cosine) > SHEAR) {
                return true;
            }
        }
        return false;
    }

    /**
     * The unit quaternion of a rotation. Its squared components are linear in the diagonal; the
     * largest is taken as a root and the others follow from it, so nothing small is divided by.
     */
    private static double[] quaternion(double[][] r) {
        double[] squares = {
            1 + r[0][0] + r[1][1] + r[2][2],
            1 + r[0][0] - r[1][1] - r[2][2],
            1 - r[0][0] + r[1][1] - r[2][2],
            1 - r[0][0] - r[1][1] + r[2][2]
        };
        double[][] products = {
            {squares[0], r[2][1] - r[1][2], r[0][2] - r[2][0], r[1][0] - r[0][1]},
            {r[2][1] - r[1][2], squares[1], r[0][1] + r[1][0], r[0][2] + r[2][0]},
            {r[0][2] - r[2][0], r[0][1] + r[1][0], squares[2], r[1][2] + r[2][1]},
            {r[1][0] - r[0][1], r[0][2] + r[2][0], r[1][2] + r[2][1], squares[3]}
        };
        int largest = 0;
        for (int i = 1; i < 4; i++) {
            largest = squares[i] > squares[largest] ? i : largest;
        }
        double scale = 0.5 / Math.sqrt(squares[largest]);
        double sign = products[largest][0] < 0 ? -1 : 1;
        return Arrays.stream(products[largest]).map(p -> sign * scale * p).toArray();
    }
}
