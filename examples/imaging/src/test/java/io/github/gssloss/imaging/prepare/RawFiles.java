/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes headers that the writer would not. */
final class RawFiles {

    private RawFiles() {}

    /** Writes a header's bytes and, after them, as many float32 voxels as there are values. */
    static void write(Path file, byte[] header, float[] values) {
        ByteBuffer voxels =
                ByteBuffer.allocate(4 + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        voxels.putInt(0);
        for (float value : values) {
            voxels.putFloat(value);
        }
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(header);
            out.write(voxels.array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
