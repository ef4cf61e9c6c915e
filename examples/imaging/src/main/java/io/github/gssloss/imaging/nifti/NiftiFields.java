/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.nifti;

/** Byte offsets of the NIfTI-1 header's fields that are read or written here. */
final class NiftiFields {

    static final int HEADER_BYTES = 348;

    /** Where voxels begin in a single file without extensions: header and four flag bytes. */
    static final int FIRST_VOXEL = 352;

    static final int SIZEOF_HDR = 0;
    static final int REGULAR = 38;
    static final int DIM = 40;
    static final int DATATYPE = 70;
    static final int BITPIX = 72;
    static final int PIXDIM = 76;
    static final int VOX_OFFSET = 108;
    static final int SCL_SLOPE = 112;
    static final int SCL_INTER = 116;
    static final int XYZT_UNITS = 123;
    static final int CAL_MAX = 124;
    static final int CAL_MIN = 128;
    static final int QFORM_CODE = 252;
    static final int SFORM_CODE = 254;
    static final int QUATERN_B = 256;
    static final int QOFFSET_X = 268;
    static final int SROW_X = 280;
    static final int MAGIC = 344;

    /** What {@link #XYZT_UNITS} says of lengths, in its lowest three bits. */
    static final int UNITS_METRE = 1;

    static final int UNITS_MM = 2;
    static final int UNITS_MICRON = 3;

    private NiftiFields() {}
}
