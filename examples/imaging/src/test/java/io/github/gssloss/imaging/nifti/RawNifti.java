/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.nifti;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;

/**
 * NIfTI files put together byte by byte from the numbers of the standard, without the code under
 * test.
 */
final class RawNifti {

    final ByteBuffer buffer;

    /** A volume of shape (nx, ny, nz) whose voxels {@code voxels} puts, x fastest. */
    RawNifti(ByteOrder order, int[] shape, int code, int bits, Consumer<ByteBuffer> voxels) {
        int count = shape[0] * shape[1] * shape[2];
        buffer = ByteBuffer.allocate(352 + count * bits / 8).order(order);
        buffer.putInt(0, 348);
        buffer.putShort(40, (short) 3);
        for (int i = 0; i < 7; i++) {
            buffer.putShort(42 + 2 * i, (short) (i < 3 ? shape[i] : 1));
        }
        buffer.putShort(70, (short) code);
        buffer.putShort(72, (short) bits);
        for (int i = 0; i < 8; i++) {
            buffer.putFloat(76 + 4 * i, 1);
        }
        buffer.putFloat(108, 352);
        buffer.put(344, new byte[] {'n', '+', '1', 0});
        voxels.accept(buffer.position(352));
    }

    RawNifti with(Consumer<ByteBuffer> change) {
        change.accept(buffer);
        return this;
    }

    Path write(Path file) throws IOException {
        return write(file, buffer.capacity());
    }

    Path write(Path file, int bytes) throws IOException {
        try (OutputStream out =
                file.toString().endsWith(".gz")
                        ? new GZIPOutputStream(Files.newOutputStream(file))
                        : Files.newOutputStream(file)) {
            out.write(buffer.array(), 0, bytes);
        }
        return file;
    }
}
