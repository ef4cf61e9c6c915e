/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.nifti;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The header of NIfTI-2: the fields of NIfTI-1 at other places, wider (after {@code nifti2.h},
 * NIMH). It is turned into one of NIfTI-1 on reading, so that one code reads both: numbers of the
 * grid keep the seven digits of a float, scaling keeps its own.
 */
final class Nifti2 {

    static final int HEADER_BYTES = 540;

    private static final int MAGIC = 4;
    private static final int DATATYPE = 12;
    private static final int BITPIX = 14;
    private static final int DIM = 16;
    private static final int PIXDIM = 104;
    private static final int VOX_OFFSET = 168;
    private static final int SCL_SLOPE = 176;
    private static final int SCL_INTER = 184;
    private static final int QFORM_CODE = 344;
    private static final int SFORM_CODE = 348;
    private static final int QUATERN_B = 352;
    private static final int QOFFSET_X = 376;
    private static final int SROW_X = 400;
    private static final int XYZT_UNITS = 500;

    private final ByteBuffer raw;

    private Nifti2(ByteBuffer raw) {
        this.raw = raw;
    }

    /** Returns whether a header's first four bytes, its size, are those of NIfTI-2. */
    static boolean is(byte[] bytes) {
        int size = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
        return size == HEADER_BYTES || Integer.reverseBytes(size) == HEADER_BYTES;
    }

    /** Takes the 540 bytes as they stand in a file. */
    static Nifti2 of(byte[] bytes) {
        ByteBuffer raw = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return new Nifti2(raw.getInt(0) == HEADER_BYTES ? raw : raw.order(ByteOrder.BIG_ENDIAN));
    }

    /** Where the voxels begin, in bytes. */
    long voxOffset() {
        return raw.getLong(VOX_OFFSET);
    }

    double slope() {
        return raw.getDouble(SCL_SLOPE);
    }

    double inter() {
        return raw.getDouble(SCL_INTER);
    }

    /** The same header as NIfTI-1 in the same byte order; the check of NIfTI-1 is still to come. */
    byte[] toNifti1() {
        byte[] bytes = new byte[NiftiFields.HEADER_BYTES];
        ByteBuffer to = ByteBuffer.wrap(bytes).order(raw.order());
        to.putInt(NiftiFields.SIZEOF_HDR, NiftiFields.HEADER_BYTES);
        to.put(NiftiFields.REGULAR, (byte) 'r');
        byte[] magic = new byte[4];
        raw.get(MAGIC, magic);
        String text = new String(magic, StandardCharsets.ISO_8859_1).replace('2', '1');
        to.put(NiftiFields.MAGIC, text.getBytes(StandardCharsets.ISO_8859_1));
        to.putShort(NiftiFields.DATATYPE, raw.getShort(DATATYPE));
        to.putShort(NiftiFields.BITPIX, raw.getShort(BITPIX));
        for (int i = 0; i < 8; i++) {
            long size = raw.getLong(DIM + 8 * i);
            // What NIfTI-1 cannot say is refused as the impossible size -1.
            to.putShort(
                    NiftiFields.DIM + 2 * i,
                    size < 0 || size > Short.MAX_VALUE ? -1 : (short) size);
        }
        floats(PIXDIM, to, NiftiFields.PIXDIM, 8);
        to.putShort(NiftiFields.QFORM_CODE, (short) raw.getInt(QFORM_CODE));
        to.putShort(NiftiFields.SFORM_CODE, (short) raw.getInt(SFORM_CODE));
        floats(QUATERN_B, to, NiftiFields.QUATERN_B, 3);
        floats(QOFFSET_X, to, NiftiFields.QOFFSET_X, 3);
        floats(SROW_X, to, NiftiFields.SROW_X, 12);
        to.put(NiftiFields.XYZT_UNITS, (byte) raw.getInt(XYZT_UNITS));
        return bytes;
    }

    private void floats(int from, ByteBuffer into, int at, int count) {
        for (int i = 0; i < count; i++) {
            into.putFloat(at + 4 * i, (float) raw.getDouble(from + 8 * i));
        }
    }
}
