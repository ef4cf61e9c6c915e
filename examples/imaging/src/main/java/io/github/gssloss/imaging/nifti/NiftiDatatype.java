/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.nifti;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The voxel types of NIfTI that are read here, with their codes in the header. */
public enum NiftiDatatype {
    /** Unsigned, 8 bits: the label maps of BraTS. */
    UINT8(2, 1, 0, 255),
    /** Signed, 16 bits: the images of BraTS. */
    INT16(4, 2, Short.MIN_VALUE, Short.MAX_VALUE),
    /** Signed, 32 bits. */
    INT32(8, 4, Integer.MIN_VALUE, Integer.MAX_VALUE),
    /** IEEE single precision. */
    FLOAT32(16, 4, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY),
    /** IEEE double precision. */
    FLOAT64(64, 8, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY),
    /** Signed, 8 bits. */
    INT8(256, 1, Byte.MIN_VALUE, Byte.MAX_VALUE),
    /** Unsigned, 16 bits. */
    UINT16(512, 2, 0, 65535),
    /** Unsigned, 32 bits. */
    UINT32(768, 4, 0, 4294967295.0),
    /** Signed, 64 bits: what numpy gives whole numbers. */
    INT64(1024, 8, Long.MIN_VALUE, 0x1.fffffffffffffp62),
    /** Unsigned, 64 bits. */
    UINT64(1280, 8, 0, 0x1.fffffffffffffp63);

    private final int code;
    private final int bytes;
    private final double min;
    private final double max;

    NiftiDatatype(int code, int bytes, double min, double max) {
        this.code = code;
        this.bytes = bytes;
        this.min = min;
        this.max = max;
    }

    /**
     * Returns the number in the header's field {@code datatype}.
     *
     * @return the NIfTI-1 code, for example 4 for {@link #INT16}
     */
    public int code() {
        return code;
    }

    /**
     * Returns the size of one voxel.
     *
     * @return bytes, from 1 to 8
     */
    public int bytes() {
        return bytes;
    }

    /**
     * Returns whether voxels of this type are whole numbers.
     *
     * @return false for {@link #FLOAT32} and {@link #FLOAT64}
     */
    public boolean integral() {
        return Double.isFinite(max);
    }

    /**
     * Returns whether a value is within the type's range; every value is within that of a float.
     *
     * @param value the value
     * @return whether it can be stored; false for NaN in an integral type
     */
    boolean holds(double value) {
        return !integral() || (value >= min && value <= max);
    }

    static Optional<NiftiDatatype> ofCode(int code) {
        return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
    }

    /** Returns all names with their codes, for the message about a type that is not among them. */
    static String known() {
        return Arrays.stream(values())
                .map(type -> type.name().toLowerCase(Locale.ROOT) + " (" + type.code + ")")
                .collect(Collectors.joining(", "));
    }

    /**
     * Decodes {@code count} voxels from the start of a buffer whose byte order is set, as {@code
     * slope * stored + inter} in double precision.
     */
    void decode(ByteBuffer from, float[] into, int count, double slope, double inter) {
        for (int i = 0; i < count; i++) {
            into[i] = (float) (slope * stored(from, i) + inter);
        }
    }

    private double stored(ByteBuffer from, int i) {
        return switch (this) {
            case UINT8 -> from.get(i) & 0xFF;
            case INT8 -> from.get(i);
            case INT16 -> from.getShort(2 * i);
            case UINT16 -> from.getShort(2 * i) & 0xFFFF;
            case INT32 -> from.getInt(4 * i);
            case UINT32 -> from.getInt(4 * i) & 0xFFFFFFFFL;
            case INT64 -> from.getLong(8 * i);
            case UINT64 -> unsigned(from.getLong(8 * i));
            case FLOAT32 -> from.getFloat(4 * i);
            case FLOAT64 -> from.getDouble(8 * i);
        };
    }

    private static double unsigned(long bits) {
        // Halved for the sign's sake; the bit that falls off is kept for the rounding.
        return bits >= 0 ? bits : 2.0 * ((bits >>> 1) | (bits & 1));
    }

    private static long unsigned(float value) {
        return value < 0x1p63f ? Math.round((double) value) : Math.round(value / 2.0) << 1;
    }

    /**
     * Encodes one value that {@link #holds} at voxel {@code i}; integral types round to nearest.
     */
    void encode(ByteBuffer into, int i, float value) {
        switch (this) {
            case UINT8, INT8 -> into.put(i, (byte) Math.round(value));
            case INT16, UINT16 -> into.putShort(2 * i, (short) Math.round(value));
            case INT32 -> into.putInt(4 * i, Math.round(value));
            case UINT32 -> into.putInt(4 * i, (int) Math.round((double) value));
            case INT64 -> into.putLong(8 * i, Math.round((double) value));
            case UINT64 -> into.putLong(8 * i, unsigned(value));
            case FLOAT32 -> into.putFloat(4 * i, value);
            case FLOAT64 -> into.putDouble(8 * i, value);
        }
    }
}
