/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.nifti;

import io.github.gssloss.files.ByteSize;
import io.github.gssloss.files.UserInputException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads {@code .nii} and {@code .nii.gz}: NIfTI-1 and NIfTI-2 in both byte orders, the types of
 * {@link NiftiDatatype}, one volume a file (further dimensions must be 1). Header extensions are
 * skipped.
 */
public final class NiftiReader {

    private static final int BUFFER = 1 << 16;

    /** Slices transposed together: their z run fills a cache line of floats in memory. */
    private static final int SLAB = 16;

    /** Deflate cannot shrink more than this (zlib's technical notes: 1032 to 1). */
    private static final int MAX_DEFLATE_RATIO = 1032;

    /** Bytes behind the voxels, of which there should be none. */
    private static final long MOST_AFTER = 1 << 24;

    private NiftiReader() {}

    /**
     * Reads a volume.
     *
     * @param file a {@code .nii} or {@code .nii.gz} file
     * @return the voxels, scaled, with the header
     * @throws UserInputException if the file is missing, truncated, damaged or not such a file; one
     *     line that names it
     */
    public static NiftiImage read(Path file) {
        return open(
                file,
                in -> {
                    NiftiHeader header = header(in, file);
                    checkPossible(header, file);
                    checkMemory(header, file, Runtime.getRuntime().maxMemory());
                    float[] data = voxels(in, header, file);
                    drain(in, file);
                    return new NiftiImage(header, data);
                });
    }

    /**
     * Reads the header alone, to check a file before any work is done with it.
     *
     * @param file a {@code .nii} or {@code .nii.gz} file
     * @return the header
     * @throws UserInputException as {@link #read}, except for what is wrong with the voxels
     */
    public static NiftiHeader readHeader(Path file) {
        return open(file, in -> header(in, file));
    }

    private interface Body<T> {
        T read(InputStream in) throws IOException;
    }

    private static <T> T open(Path file, Body<T> body) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".nii") && !name.endsWith(".nii.gz")) {
            throw new UserInputException(file + ": expected a file named .nii or .nii.gz");
        }
        if (!Files.isRegularFile(file)) {
            throw new UserInputException(
                    file + ": " + (Files.exists(file) ? "not a file" : "no such file"));
        }
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
                InputStream in = name.endsWith(".gz") ? new GZIPInputStream(raw, BUFFER) : raw) {
            return body.read(in);
        } catch (ZipException e) {
            throw new UserInputException(file + ": not gzip or damaged: " + e.getMessage(), e);
        } catch (EOFException e) {
            throw new UserInputException(file + ": truncated gzip: it ends too early", e);
        } catch (IOException e) {
            throw new UserInputException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static NiftiHeader header(InputStream in, Path file) throws IOException {
        byte[] bytes = new byte[NiftiFields.HEADER_BYTES];
        int got = fill(in, bytes, bytes.length);
        if (got < bytes.length) {
            throw new UserInputException(
                    "%s: truncated: expected a header of %s bytes, got %s"
                            .formatted(file, bytes.length, got));
        }
        return NiftiHeader.parse(Nifti2.is(bytes) ? rest(in, bytes, file) : bytes, file);
    }

    private static byte[] rest(InputStream in, byte[] begun, Path file) throws IOException {
        byte[] rest = new byte[Nifti2.HEADER_BYTES - begun.length];
        int got = fill(in, rest, rest.length);
        if (got < rest.length) {
            throw new UserInputException(
                    "%s: truncated: expected a NIfTI-2 header of %s bytes, got %s"
                            .formatted(file, Nifti2.HEADER_BYTES, begun.length + got));
        }
        byte[] whole = Arrays.copyOf(begun, Nifti2.HEADER_BYTES);
        System.arraycopy(rest, 0, whole, begun.length, rest.length);
        return whole;
    }

    /** A damaged header may claim gigabytes: refuse before they are allocated. */
    private static void checkPossible(NiftiHeader header, Path file) throws IOException {
        long expected = (long) header.voxels() * header.datatype().bytes();
        long size = Files.size(file);
        if (expected / MAX_DEFLATE_RATIO > size) {
            throw new UserInputException(
                    ("%s: truncated: expected %s bytes of voxels, a file of %s "
                                    + "bytes cannot hold them")
                            .formatted(file, expected, size));
        }
    }

    /**
     * A damaged header may also claim what the file could hold, and Java's memory cannot: the
     * volume, and some slices of it as they are stored and as numbers.
     */
    static void checkMemory(NiftiHeader header, Path file, long most) {
        int[] shape = header.shape();
        long slab = (long) shape[0] * shape[1] * Math.min(SLAB, shape[2]);
        long needed =
                (long) header.voxels() * Float.BYTES
                        + slab * (header.datatype().bytes() + Float.BYTES);
        if (needed > most) {
            throw new UserInputException(
                    "%s: dimensions: expected a volume that fits Java's %s, got one that takes %s"
                                    .formatted(file, ByteSize.text(most), ByteSize.text(needed))
                            + " (JAVA_OPTS=-Xmx... gives more)");
        }
    }

    private static float[] voxels(InputStream in, NiftiHeader header, Path file)
            throws IOException {
        int[] shape = header.shape();
        int plane = shape[0] * shape[1];
        int slab = Math.min(SLAB, shape[2]);
        NiftiDatatype type = header.datatype();
        byte[] stored = new byte[plane * slab * type.bytes()];
        ByteBuffer view = ByteBuffer.wrap(stored).order(header.order());
        float[] values = new float[plane * slab];
        float[] data = new float[header.voxels()];
        skip(in, header.gap());
        long done = 0;
        for (int z = 0; z < shape[2]; z += slab) {
            int slices = Math.min(slab, shape[2] - z);
            int wanted = plane * slices * type.bytes();
            int got = fill(in, stored, wanted);
            done += got;
            if (got < wanted) {
                long expected = (long) data.length * type.bytes();
                throw new UserInputException(
                        "%s: truncated: expected %s bytes of voxels, got %s"
                                .formatted(file, expected, done));
            }
            type.decode(view, values, plane * slices, header.slope(), header.inter());
            transpose(values, data, shape, z, slices);
        }
        return data;
    }

    /** Lays slices with x fastest into the volume with z fastest. */
    private static void transpose(float[] values, float[] data, int[] shape, int z, int slices) {
        int plane = shape[0] * shape[1];
        for (int y = 0; y < shape[1]; y++) {
            for (int x = 0; x < shape[0]; x++) {
                int from = y * shape[0] + x;
                int to = (x * shape[1] + y) * shape[2] + z;
                for (int slice = 0; slice < slices; slice++) {
                    data[to + slice] = values[from + slice * plane];
                }
            }
        }
    }

    /** Reads until {@code count} bytes are there or the file ends, also a gzip cut short. */
    private static int fill(InputStream in, byte[] into, int count) throws IOException {
        int done = 0;
        try {
            while (done < count) {
                int got = in.read(into, done, count - done);
                if (got < 0) {
                    return done;
                }
                done += got;
            }
        } catch (EOFException e) {
            return done;
        }
        return done;
    }

    private static void skip(InputStream in, long count) throws IOException {
        byte[] sink = new byte[BUFFER];
        long left = count;
        while (left > 0) {
            int got = fill(in, sink, (int) Math.min(sink.length, left));
            if (got == 0) {
                return;
            }
            left -= got;
        }
    }

    /**
     * Reads on to the end, where a gzip's checksum stands and is compared. A small gzip may hold
     * terabytes of zeros.
     */
    private static void drain(InputStream in, Path file) throws IOException {
        byte[] sink = new byte[BUFFER];
        long after = 0;
        for (int got = in.read(sink); got >= 0; got = in.read(sink)) {
            after += got;
            if (after > MOST_AFTER) {
                throw new UserInputException(
                        "%s: expected the end behind the voxels, got more than %s"
                                .formatted(file, ByteSize.text(MOST_AFTER)));
            }
        }
    }
}
