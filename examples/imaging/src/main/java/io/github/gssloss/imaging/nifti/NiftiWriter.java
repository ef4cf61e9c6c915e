/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.nifti;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.files.WholeFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Writes {@code .nii} and {@code .nii.gz} in the byte order, grid and type of a header, whole or
 * not at all. The same voxels always give the same bytes.
 */
public final class NiftiWriter {

    /** Slices encoded together. */
    private static final int SLAB = 16;

    private static final int BUFFER = 1 << 16;

    /** What an unsigned byte says of a share of 1. */
    private static final int STEPS = 255;

    private NiftiWriter() {}

    /** Reads the value of a voxel by its index in C order. */
    private interface Voxels {
        float at(int index);
    }

    /**
     * Writes whole or real numbers; whole types round to nearest.
     *
     * @param file where to, named {@code .nii} or {@code .nii.gz}
     * @param header grid and type; see {@link NiftiHeader#withDatatype}
     * @param data one value a voxel in C order of (x, y, z)
     * @throws IllegalArgumentException if the number of values is not the grid's, or the type
     *     cannot hold one of them
     * @throws UserInputException if the file cannot be written
     */
    public static void write(Path file, NiftiHeader header, float[] data) {
        NiftiDatatype type = header.datatype();
        for (int i = 0; i < data.length; i++) {
            if (!type.holds(data[i])) {
                throw new IllegalArgumentException(
                        "voxel " + i + ": " + type + " cannot hold " + data[i]);
            }
        }
        write(file, header, data.length, i -> data[i]);
    }

    /**
     * Writes whole numbers as {@link NiftiDatatype#INT16}, whatever the header's type.
     *
     * @param file where to, named {@code .nii} or {@code .nii.gz}
     * @param header the grid
     * @param data one value a voxel in C order of (x, y, z)
     * @throws IllegalArgumentException if the number of values is not the grid's
     * @throws UserInputException if the file cannot be written
     */
    public static void write(Path file, NiftiHeader header, short[] data) {
        write(file, header.withDatatype(NiftiDatatype.INT16), data.length, i -> data[i]);
    }

    /**
     * Writes labels as {@link NiftiDatatype#UINT8}, whatever the header's type.
     *
     * @param file where to, named {@code .nii} or {@code .nii.gz}
     * @param header the grid
     * @param data one label a voxel in C order of (x, y, z), taken as 0 to 255
     * @throws IllegalArgumentException if the number of labels is not the grid's
     * @throws UserInputException if the file cannot be written
     */
    public static void write(Path file, NiftiHeader header, byte[] data) {
        write(file, header.withDatatype(NiftiDatatype.UINT8), data.length, i -> data[i] & 0xFF);
    }

    /**
     * Writes shares from 0 to 1 as {@link NiftiDatatype#UINT8} that the header scales by 1/255:
     * readers get them back rounded to a 255th.
     *
     * @param file where to, named {@code .nii} or {@code .nii.gz}
     * @param header the grid
     * @param data one value a voxel in C order of (x, y, z), each from 0 to 1
     * @throws IllegalArgumentException if the number of values is not the grid's, or one is no
     *     share
     * @throws UserInputException if the file cannot be written
     */
    public static void writeShares(Path file, NiftiHeader header, float[] data) {
        for (int i = 0; i < data.length; i++) {
            if (!(data[i] >= 0 && data[i] <= 1)) {
                throw new IllegalArgumentException(
                        "voxel " + i + ": expected a share from 0 to 1, got " + data[i]);
            }
        }
        writeExactly(
                file,
                header.withDatatype(NiftiDatatype.UINT8).withSlope(1f / STEPS),
                data.length,
                i -> data[i] * STEPS);
    }

    private static void write(Path file, NiftiHeader given, int count, Voxels voxels) {
        // Voxels are handed over as they are meant: no scaling, no extensions, on any old header.
        writeExactly(file, given.withDatatype(given.datatype()), count, voxels);
    }

    private static void writeExactly(Path file, NiftiHeader header, int count, Voxels voxels) {
        if (count != header.voxels()) {
            throw new IllegalArgumentException(
                    "data: expected %s voxels for shape %s, got %s"
                            .formatted(header.voxels(), Arrays.toString(header.shape()), count));
        }
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".nii") && !name.endsWith(".nii.gz")) {
            throw new IllegalArgumentException(file + ": expected a name ending .nii or .nii.gz");
        }
        try {
            // Another process may have been given the same case.
            WholeFile.writeShared(
                    file,
                    name.endsWith(".gz")
                            ? out -> writeGzip(out, header, voxels)
                            : out -> writeAll(out, header, voxels));
        } catch (IOException e) {
            throw new UserInputException(file + ": cannot be written: " + e, e);
        }
    }

    private static void writeGzip(OutputStream out, NiftiHeader header, Voxels voxels)
            throws IOException {
        FastGzip gzip = new FastGzip(out);
        writeAll(gzip, header, voxels);
        gzip.finish();
    }

    private static void writeAll(OutputStream out, NiftiHeader header, Voxels voxels)
            throws IOException {
        out.write(header.bytes());
        out.write(new byte[NiftiFields.FIRST_VOXEL - NiftiFields.HEADER_BYTES]);
        writeVoxels(out, header, voxels);
    }

    private static void writeVoxels(OutputStream out, NiftiHeader header, Voxels voxels)
            throws IOException {
        int[] shape = header.shape();
        int plane = shape[0] * shape[1];
        int slab = Math.min(SLAB, shape[2]);
        NiftiDatatype type = header.datatype();
        byte[] stored = new byte[plane * slab * type.bytes()];
        ByteBuffer view = ByteBuffer.wrap(stored).order(header.order());
        for (int z = 0; z < shape[2]; z += slab) {
            int slices = Math.min(slab, shape[2] - z);
            for (int y = 0; y < shape[1]; y++) {
                for (int x = 0; x < shape[0]; x++) {
                    int from = (x * shape[1] + y) * shape[2] + z;
                    int to = y * shape[0] + x;
                    for (int slice = 0; slice < slices; slice++) {
                        type.encode(view, to + slice * plane, voxels.at(from + slice));
                    }
                }
            }
            out.write(stored, 0, plane * slices * type.bytes());
        }
    }

    /** Gzip at a level that is near the default's size on noisy images in a third of its time. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, BUFFER);
            def.setLevel(Deflater.BEST_SPEED + 2);
        }
    }
}
