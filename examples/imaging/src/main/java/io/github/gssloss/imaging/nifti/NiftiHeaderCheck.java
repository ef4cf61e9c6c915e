/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.nifti;

import io.github.gssloss.files.UserInputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Refuses headers that cannot be read as one three-dimensional volume. */
final class NiftiHeaderCheck {

    private static final int GZIP = 0x8B1F;

    private NiftiHeaderCheck() {}

    /** Checks every field the reader relies on and returns the byte order. */
    static ByteOrder check(byte[] bytes, Path file) {
        ByteBuffer raw = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int little = raw.getInt(NiftiFields.SIZEOF_HDR);
        int big = Integer.reverseBytes(little);
        if ((little & 0xFFFF) == GZIP) {
            throw fail(file, "expected NIfTI, got a gzip file: its name should end with .nii.gz");
        }
        if (little != NiftiFields.HEADER_BYTES && big != NiftiFields.HEADER_BYTES) {
            throw fail(file, "not NIfTI-1: expected a header size of 348, got " + little);
        }
        raw.order(
                little == NiftiFields.HEADER_BYTES
                        ? ByteOrder.LITTLE_ENDIAN
                        : ByteOrder.BIG_ENDIAN);
        checkMagic(bytes, file);
        checkDimensions(raw, file);
        checkVoxels(raw, file);
        checkGrid(raw, file);
        return raw.order();
    }

    private static void checkMagic(byte[] bytes, Path file) {
        String magic = new String(bytes, NiftiFields.MAGIC, 4, StandardCharsets.ISO_8859_1);
        if (magic.equals("ni1\0")) {
            throw fail(file, "expected header and voxels in one file, got a .hdr/.img pair");
        }
        if (!magic.equals("n+1\0")) {
            String shown = magic.replace("\0", "\\0").replaceAll("[^ -~]", "?");
            throw fail(file, "not NIfTI-1: expected the magic 'n+1\\0', got '" + shown + "'");
        }
    }

    private static void checkDimensions(ByteBuffer raw, Path file) {
        int rank = raw.getShort(NiftiFields.DIM);
        boolean fits = rank >= 3 && rank <= 7;
        StringBuilder shown = new StringBuilder();
        long voxels = 1;
        for (int i = 1; i <= Math.max(0, Math.min(7, rank)); i++) {
            int size = raw.getShort(NiftiFields.DIM + 2 * i);
            shown.append(i == 1 ? "" : ", ").append(size);
            fits &= i <= 3 ? size >= 1 : size == 1;
            voxels *= Math.max(1, size);
        }
        if (!fits) {
            String got = rank >= 1 && rank <= 7 ? "(" + shown + ")" : "a rank of " + rank;
            throw fail(file, "dimensions: expected one volume (nx, ny, nz), got " + got);
        }
        if (voxels > Integer.MAX_VALUE / Double.BYTES) {
            throw fail(file, "dimensions: (" + shown + ") are more voxels than can be held");
        }
    }

    private static void checkVoxels(ByteBuffer raw, Path file) {
        int code = raw.getShort(NiftiFields.DATATYPE);
        Optional<NiftiDatatype> datatype = NiftiDatatype.ofCode(code);
        if (datatype.isEmpty()) {
            throw fail(file, "datatype: expected " + NiftiDatatype.known() + ", got " + code);
        }
        int bitpix = raw.getShort(NiftiFields.BITPIX);
        if (bitpix != 8 * datatype.get().bytes()) {
            String wanted = 8 * datatype.get().bytes() + " for " + datatype.get();
            throw fail(file, "bitpix: expected " + wanted + ", got " + bitpix);
        }
        checkOffset(raw.getFloat(NiftiFields.VOX_OFFSET), NiftiFields.FIRST_VOXEL, file);
    }

    /** Refuses voxels that begin nowhere. */
    static void checkOffset(double offset, int first, Path file) {
        if (!(offset >= 0 && offset <= Integer.MAX_VALUE)) {
            throw fail(file, "vox_offset: expected at least " + first + ", got " + offset);
        }
    }

    private static void checkGrid(ByteBuffer raw, Path file) {
        boolean sform = NiftiAffine.hasSform(raw);
        for (int axis = 1; axis <= 3 && !sform; axis++) {
            float edge = Math.abs(raw.getFloat(NiftiFields.PIXDIM + 4 * axis));
            if (!(edge > 0 && Float.isFinite(edge))) {
                throw fail(file, "pixdim " + axis + ": expected a size above 0, got " + edge);
            }
        }
        Optional<String> problem = Affine.problem(NiftiAffine.load(raw));
        if (problem.isPresent()) {
            throw fail(file, (sform ? "sform: " : "qform: ") + problem.get());
        }
    }

    private static UserInputException fail(Path file, String why) {
        return new UserInputException(file + ": " + why);
    }
}
