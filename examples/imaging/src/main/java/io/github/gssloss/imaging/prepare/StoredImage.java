/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.Stream;

/**
 * One modality of a prepared case: its voxels as the file has them, which for the whole numbers of
 * a scanner takes half the room of floats or less. They are standardised when they are read.
 *
 * @param type how a voxel is stored
 * @param scale the standardisation
 * @param data the voxels (x, y, z) in C order, little-endian, from position 0 to the limit
 */
record StoredImage(Type type, ZScore scale, ByteBuffer data) {

    /** How a voxel is stored; the order is part of the format of cache files. */
    enum Type {
        UINT8(1),
        INT16(2),
        FLOAT32(4);

        private final int bytes;

        Type(int bytes) {
            this.bytes = bytes;
        }

        /** The bytes of a voxel. */
        int bytes() {
            return bytes;
        }

        private boolean keeps(float value) {
            float kept =
                    switch (this) {
                        case UINT8 -> (int) value & 0xff;
                        case INT16 -> (short) value;
                        case FLOAT32 -> value;
                    };
            // By their bits: -0 is no whole number.
            return Float.floatToRawIntBits(kept) == Float.floatToRawIntBits(value);
        }

        private boolean keepsAll(float[] values, int start, int count) {
            for (int i = start; i < start + count; i++) {
                if (!keeps(values[i])) {
                    return false;
                }
            }
            return true;
        }

        /** The smallest type that keeps every value. */
        static Type of(float[] values, int start, int count) {
            return Stream.of(UINT8, INT16)
                    .filter(type -> type.keepsAll(values, start, count))
                    .findFirst()
                    .orElse(FLOAT32);
        }
    }

    /**
     * Stores an image.
     *
     * @param values holds its voxels as the file has them
     * @param start where they begin
     * @param count their number
     * @param scale its standardisation
     */
    static StoredImage of(float[] values, int start, int count, ZScore scale) {
        Type type = Type.of(values, start, count);
        ByteBuffer data =
                ByteBuffer.allocate(Math.multiplyExact(count, type.bytes))
                        .order(ByteOrder.LITTLE_ENDIAN);
        for (int i = start; i < start + count; i++) {
            switch (type) {
                case UINT8 -> data.put((byte) values[i]);
                case INT16 -> data.putShort((short) values[i]);
                case FLOAT32 -> data.putFloat(values[i]);
            }
        }
        return new StoredImage(type, scale, data.flip());
    }

    /** Copies standardised voxels. */
    void copy(int from, float[] target, int to, int count) {
        for (int i = 0; i < count; i++) {
            target[to + i] = scale.of(stored(from + i));
        }
    }

    private double stored(int voxel) {
        return switch (type) {
            case UINT8 -> data.get(voxel) & 0xff;
            case INT16 -> data.getShort(Short.BYTES * voxel);
            case FLOAT32 -> data.getFloat(Float.BYTES * voxel);
        };
    }
}
