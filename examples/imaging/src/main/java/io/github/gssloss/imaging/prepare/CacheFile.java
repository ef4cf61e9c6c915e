/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import io.github.gssloss.files.WholeFile;
import io.github.gssloss.imaging.dataset.CaseFiles;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * One prepared case on disk. Everything is little-endian:
 *
 * <pre>
 * offset  type       content
 *      0  8 bytes    "GSSCASE2", the last character being the format's version
 *      8  32 bytes   SHA-256 of the preparation record
 *     40  6 int32    box in the resampled volume: first voxel x, y, z, then size x, y, z
 *     64  3 int32    shape of the files' volume
 *     76  3 float32  spacing, mm
 *     88             for each modality:
 *         int32        type of its voxels: 0 uint8, 1 int16, 2 float32
 *         2 float64    mean and standard deviation over the foreground
 *         int32        CRC-32C of its voxels
 *    184  int32      1 where labels follow the images, else 0
 *    188  int32      CRC-32C of the labels
 *    192  int32      CRC-32C of bytes 0 to 191
 *    196             images as the files have them, (x, y, z) in C order, one after the other
 *      …  uint8s     class indices, (x, y, z) in C order
 * </pre>
 *
 * <p>The offsets from 184 on are those of four modalities: each more or less moves them by 24.
 *
 * <p>A file of any other length than the header says is damaged. Files are written whole or not at
 * all.
 */
final class CacheFile {

    /** The first bytes of every file. */
    private static final byte[] MAGIC = "GSSCASE2".getBytes(StandardCharsets.US_ASCII);

    private static final int KEY_BYTES = 32;

    /** Of the header without the modalities and its own checksum. */
    private static final int FIXED_BYTES = 96;

    private static final int BYTES_A_MODALITY = 24;
    private static final int CHUNK = 1 << 16;

    private CacheFile() {}

    /** A file that is there and not what was written. */
    static final class DamagedException extends IOException {

        private static final long serialVersionUID = 1L;

        DamagedException(String message) {
            super(message);
        }
    }

    /**
     * Maps a file after reading it once to compare its checksums.
     *
     * @param path the file
     * @param key the SHA-256 of the preparation record that it has to have
     * @param files the case it is of
     * @param working the spacing that its volumes were brought to
     * @return the case, or empty where there is no such file
     * @throws DamagedException if the file is not what was written for this key
     * @throws IOException if it cannot be read
     */
    static Optional<PreparedCase> map(
            Path path, byte[] key, CaseFiles files, WorkingSpacing working) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            // Checked before anything is mapped: Windows never replaces a file that is mapped.
            ByteBuffer header = header(channel, key, files.modalities().size());
            BoundingBox box = BoundingBox.of(threeInts(header), threeInts(header));
            int[] volume = threeInts(header);
            float[] spacing = {header.getFloat(), header.getFloat(), header.getFloat()};
            List<Part> parts = new ArrayList<>();
            long at = (long) checkedBytes(files.modalities().size()) + Integer.BYTES;
            for (int m = 0; m < files.modalities().size(); m++) {
                StoredImage.Type type = StoredImage.Type.values()[header.getInt()];
                ZScore scale = new ZScore(header.getDouble(), header.getDouble());
                long size = (long) box.voxels() * type.bytes();
                parts.add(new Part(type, scale, at, size, header.getInt()));
                at += size;
            }
            boolean labelled = header.getInt() == 1;
            Part labels = new Part(null, null, at, labelled ? box.voxels() : 0, header.getInt());
            if (channel.size() != at + labels.size) {
                throw new DamagedException("another length than its header says");
            }
            List<StoredImage> images = new ArrayList<>();
            for (Part part : parts) {
                part.check(channel);
            }
            labels.check(channel);
            for (Part part : parts) {
                images.add(new StoredImage(part.type, part.scale, part.map(channel)));
            }
            return Optional.of(
                    new PreparedCase(
                            files,
                            box,
                            volume,
                            spacing,
                            working.of(volume, spacing),
                            images,
                            labelled ? Optional.of(labels.map(channel)) : Optional.empty()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Bytes of a file that belong together. */
    private record Part(StoredImage.Type type, ZScore scale, long start, long size, int checksum) {

        void check(FileChannel channel) throws IOException {
            CRC32C crc = new CRC32C();
            ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
            for (long at = 0; at < size; at += chunk.limit()) {
                chunk.clear().limit((int) Math.min(CHUNK, size - at));
                while (chunk.hasRemaining()) {
                    if (channel.read(chunk, start + at + chunk.position()) < 0) {
                        throw new DamagedException("shorter than its header says");
                    }
                }
                crc.update(chunk.flip());
            }
            if ((int) crc.getValue() != checksum) {
                throw new DamagedException("voxels differ from their checksum");
            }
        }

        ByteBuffer map(FileChannel channel) throws IOException {
            return channel.map(FileChannel.MapMode.READ_ONLY, start, size)
                    .order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    /** Reads and checks the header, and stands behind the key in it. */
    private static ByteBuffer header(FileChannel channel, byte[] key, int modalities)
            throws IOException {
        int checked = checkedBytes(modalities);
        byte[] bytes = Channels.newInputStream(channel).readNBytes(checked + Integer.BYTES);
        if (bytes.length < checked + Integer.BYTES) {
            throw new DamagedException("shorter than a header");
        }
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (!header.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))
                || !header.slice(MAGIC.length, KEY_BYTES).equals(ByteBuffer.wrap(key))
                || header.getInt(checked) != checksum(header.slice(0, checked))) {
            throw new DamagedException("another header than was written");
        }
        return header.position(MAGIC.length + KEY_BYTES);
    }

    /**
     * Writes a case.
     *
     * @param path the file, replaced if it exists
     * @param key the SHA-256 of its preparation record
     * @param prepared the case
     * @throws IOException where the file cannot be written
     */
    static void write(Path path, byte[] key, PreparedCase prepared) throws IOException {
        WholeFile.writeShared(path, out -> writeTo(out, key, prepared));
    }

    private static void writeTo(OutputStream out, byte[] key, PreparedCase prepared)
            throws IOException {
        int checked = checkedBytes(prepared.stored().size());
        ByteBuffer header =
                ByteBuffer.allocate(checked + Integer.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put(MAGIC)
                        .put(key);
        putInts(header, prepared.box().origin());
        putInts(header, prepared.box().size());
        putInts(header, prepared.volumeShape());
        for (float spacing : prepared.spacing()) {
            header.putFloat(spacing);
        }
        for (StoredImage image : prepared.stored()) {
            header.putInt(image.type().ordinal());
            header.putDouble(image.scale().mean()).putDouble(image.scale().deviation());
            header.putInt(checksum(image.data().duplicate()));
        }
        byte[] labels = prepared.hasLabels() ? prepared.labels() : new byte[0];
        header.putInt(prepared.hasLabels() ? 1 : 0).putInt(checksum(ByteBuffer.wrap(labels)));
        header.putInt(checksum(header.slice(0, checked)));
        out.write(header.array());
        for (StoredImage image : prepared.stored()) {
            Channels.newChannel(out).write(image.data().duplicate());
        }
        out.write(labels);
    }

    /** The length of the header before its checksum. */
    private static int checkedBytes(int modalities) {
        return FIXED_BYTES + BYTES_A_MODALITY * modalities;
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    private static int[] threeInts(ByteBuffer header) {
        return new int[] {header.getInt(), header.getInt(), header.getInt()};
    }

    private static void putInts(ByteBuffer target, int... values) {
        for (int value : values) {
            target.putInt(value);
        }
    }
}
