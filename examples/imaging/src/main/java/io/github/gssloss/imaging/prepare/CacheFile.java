/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import io.github.gssloss.files.WholeFile;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.Modality;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * One prepared case on disk. Everything is little-endian:
 *
 * <pre>
 * offset  type       content
 *      0  8 bytes    "GSSCASE1", the last character being the format's version
 *      8  32 bytes   fingerprint of settings and source files (SHA-256)
 *     40  6 int32    box in the files' volume: first voxel x, y, z, then size x, y, z
 *     64  3 int32    shape of the files' volume
 *     76  3 float32  spacing, mm
 *     88  int32      1 where labels follow the images, else 0
 *     92  int32      CRC-32 of bytes 0 to 91
 *     96  float32s   images, (4, x, y, z) in C order
 *      …  uint8s     class indices, (x, y, z) in C order
 * </pre>
 *
 * <p>A file of any other length than the header says is damaged. Files are written whole or not at
 * all.
 */
final class CacheFile {

    /** The first bytes of every file. */
    private static final byte[] MAGIC = "GSSCASE1".getBytes(StandardCharsets.US_ASCII);

    private static final int HEADER_BYTES = 96;
    private static final int CHECKED_BYTES = 92;
    private static final int FINGERPRINT_BYTES = 32;
    private static final int CHUNK_FLOATS = 1 << 16;

    private CacheFile() {}

    /**
     * Maps a file.
     *
     * @param path the file
     * @param fingerprint the fingerprint it has to have
     * @param files the case it is of
     * @return the case, or empty where the file is missing, damaged or of other sources or settings
     * @throws IOException where the file cannot be read
     */
    static Optional<PreparedCase> map(Path path, byte[] fingerprint, CaseFiles files)
            throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            // Checked before it is mapped: Windows never replaces a file that is mapped.
            byte[] bytes = Channels.newInputStream(channel).readNBytes(HEADER_BYTES);
            if (bytes.length < HEADER_BYTES || !valid(bytes, fingerprint)) {
                return Optional.empty();
            }
            ByteBuffer header = littleEndian(bytes);
            header.position(MAGIC.length + FINGERPRINT_BYTES);
            BoundingBox box = BoundingBox.of(threeInts(header), threeInts(header));
            int[] volume = threeInts(header);
            float[] spacing = {header.getFloat(), header.getFloat(), header.getFloat()};
            boolean labelled = header.getInt() == 1;
            int voxels = box.voxels();
            int imageBytes = Math.multiplyExact(voxels, Modality.values().length * Float.BYTES);
            long length = (long) HEADER_BYTES + imageBytes + (labelled ? voxels : 0);
            if (channel.size() != length) {
                return Optional.empty();
            }
            ByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, length);
            return Optional.of(
                    new PreparedCase(
                            files,
                            box,
                            volume,
                            spacing,
                            mapped.slice(HEADER_BYTES, imageBytes)
                                    .order(ByteOrder.LITTLE_ENDIAN)
                                    .asFloatBuffer(),
                            labelled
                                    ? Optional.of(mapped.slice(HEADER_BYTES + imageBytes, voxels))
                                    : Optional.empty()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /**
     * Writes a case.
     *
     * @param path the file, replaced if it exists
     * @param fingerprint the fingerprint of settings and sources
     * @param prepared the case
     * @throws IOException where the file cannot be written
     */
    static void write(Path path, byte[] fingerprint, PreparedCase prepared) throws IOException {
        WholeFile.writeShared(path, out -> writeTo(out, fingerprint, prepared));
    }

    private static void writeTo(OutputStream out, byte[] fingerprint, PreparedCase prepared)
            throws IOException {
        out.write(header(fingerprint, prepared));
        float[] images = prepared.images();
        byte[] bytes = new byte[CHUNK_FLOATS * Float.BYTES];
        ByteBuffer chunk = littleEndian(bytes);
        for (int from = 0; from < images.length; from += CHUNK_FLOATS) {
            int count = Math.min(CHUNK_FLOATS, images.length - from);
            chunk.asFloatBuffer().put(images, from, count);
            out.write(bytes, 0, count * Float.BYTES);
        }
        if (prepared.hasLabels()) {
            out.write(prepared.labels());
        }
    }

    private static byte[] header(byte[] fingerprint, PreparedCase prepared) {
        byte[] bytes = new byte[HEADER_BYTES];
        ByteBuffer header = littleEndian(bytes).put(MAGIC).put(fingerprint);
        putInts(header, prepared.box().origin());
        putInts(header, prepared.box().size());
        putInts(header, prepared.volumeShape());
        for (float spacing : prepared.spacing()) {
            header.putFloat(spacing);
        }
        header.putInt(prepared.hasLabels() ? 1 : 0);
        header.putInt(checksum(bytes));
        return bytes;
    }

    private static boolean valid(byte[] bytes, byte[] fingerprint) {
        ByteBuffer header = littleEndian(bytes);
        return header.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))
                && header.slice(MAGIC.length, FINGERPRINT_BYTES)
                        .equals(ByteBuffer.wrap(fingerprint))
                && header.getInt(CHECKED_BYTES) == checksum(bytes);
    }

    private static int[] threeInts(ByteBuffer header) {
        return new int[] {header.getInt(), header.getInt(), header.getInt()};
    }

    private static int checksum(byte[] header) {
        CRC32 crc = new CRC32();
        crc.update(header, 0, CHECKED_BYTES);
        return (int) crc.getValue();
    }

    private static void putInts(ByteBuffer target, int... values) {
        for (int value : values) {
            target.putInt(value);
        }
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
