/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.util.Float16Utils;
import io.github.gssloss.files.ByteSize;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.files.WholeFile;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Reads and writes NumPy's {@code .npz} archives. */
public final class NpzFile {

    private static final String SUFFIX = ".npy";

    /** The longest array that Java holds. */
    private static final long LARGEST = Integer.MAX_VALUE - 8;

    /** The time of every entry, so that equal arrays give equal bytes. */
    private static final LocalDateTime TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

    /** What files of Python's pickle, the older checkpoints of PyTorch, begin with. */
    private static final int PICKLE = 0x80;

    /** A small archive may hold as much as it likes. */
    private static final long MUCH = 1L << 30;

    /** Of more, weights shrink less than this, where deflate can shrink zeros to a thousandth. */
    private static final int MAX_RATIO = 100;

    private NpzFile() {}

    /**
     * Reads all arrays of an archive, each with its name. The headers of all are checked before the
     * first is handed to the engine. Half precision comes out as float32.
     *
     * <p>The arrays rest on Java buffers: use them as values to copy or as inputs that stay open,
     * never as constants of a recorded computation that are closed before the backward pass.
     *
     * @param manager the manager that the arrays will belong to
     * @param file the archive
     * @return the arrays in the archive's order
     * @throws UserInputException if the file is missing, is no zip archive, is a checkpoint of
     *     PyTorch, is cut off or damaged, or if an array is not one of float16, float32, float64,
     *     int32, int64 (little-endian), uint8, int8, bool; the message names the file and the array
     */
    public static NDList read(NDManager manager, Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UserInputException(file + ": expected an .npz file, found none");
        }
        try {
            refusePickle(file);
            try (ZipFile zip = new ZipFile(file.toFile());
                    NDManager scope = manager.newSubManager()) {
                List<? extends ZipEntry> entries = entries(zip, file);
                refusePyTorch(entries, file);
                refuseBomb(entries, file);
                for (ZipEntry entry : entries) {
                    check(zip, entry, file);
                }
                NDList arrays = new NDList();
                for (ZipEntry entry : entries) {
                    arrays.add(decode(zip, entry, scope));
                }
                arrays.attach(manager);
                return arrays;
            }
        } catch (ZipException e) {
            throw new UserInputException(
                    file + ": expected a whole .npz archive, got: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UserInputException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<? extends ZipEntry> entries(ZipFile zip, Path file) {
        try {
            return Collections.list(zip.entries());
        } catch (IllegalArgumentException e) {
            // Java's answer to a name that is no UTF-8.
            throw new UserInputException(
                    file + ": expected a whole .npz archive, got one with a damaged name", e);
        }
    }

    /**
     * Entries may also share their bytes. Every size is that of the array's header and of its
     * numbers, or {@link #check} refuses it.
     */
    private static void refuseBomb(List<? extends ZipEntry> entries, Path file) throws IOException {
        long size = Files.size(file);
        // A double, since sizes that somebody made up may have a sum that no long holds.
        double all = entries.stream().mapToDouble(ZipEntry::getSize).sum();
        if (all > MUCH && all / MAX_RATIO > size) {
            throw new UserInputException(
                    "%s: expected arrays of at most %d times the file's %s, got %s of them"
                            .formatted(
                                    file,
                                    MAX_RATIO,
                                    ByteSize.text(size),
                                    ByteSize.text((long) all)));
        }
    }

    private static void refusePickle(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            if (in.read() == PICKLE) {
                throw pyTorch(file);
            }
        }
    }

    private static void refusePyTorch(List<? extends ZipEntry> entries, Path file) {
        if (entries.stream().anyMatch(entry -> entry.getName().endsWith("/constants.pkl"))) {
            throw new UserInputException(
                    file + ": expected an .npz archive of weights, got a TorchScript network");
        }
        if (entries.stream().anyMatch(entry -> entry.getName().endsWith("/data.pkl"))) {
            throw pyTorch(file);
        }
    }

    private static UserInputException pyTorch(Path file) {
        return new UserInputException(
                file
                        + ": expected an .npz archive, got a checkpoint of PyTorch; the lines of"
                        + " Python that convert it are in examples/program/docs/training.md under"
                        + " \"weights from PyTorch\"");
    }

    private static void check(ZipFile zip, ZipEntry entry, Path file) throws IOException {
        String where = file + ", array " + name(entry);
        CRC32 sum = new CRC32();
        try (InputStream in =
                new CheckedInputStream(new BufferedInputStream(zip.getInputStream(entry)), sum)) {
            NpyHeader header = NpyHeader.read(in, where);
            if (header.bytes() != entry.getSize()) {
                throw new UserInputException(
                        String.format(
                                "%s: expected %d bytes, got %d",
                                where, header.bytes(), entry.getSize()));
            }
            if (header.bytes() > LARGEST) {
                throw new UserInputException(
                        "%s: expected at most %d bytes, got %d"
                                .formatted(where, LARGEST, header.bytes()));
            }
            // Java's ZipFile, unlike its stream, leaves the checksum to its user.
            long got = in.transferTo(OutputStream.nullOutputStream());
            if (sum.getValue() != entry.getCrc()) {
                throw new UserInputException(where + ": is damaged: its checksum is wrong");
            }
            // The archive's own table may promise more bytes than there are.
            long numbers = header.shape().size() * header.type().getNumOfBytes();
            if (got != numbers) {
                throw new UserInputException(
                        "%s: expected %d bytes of numbers, got %d".formatted(where, numbers, got));
            }
        } catch (EOFException e) {
            throw new UserInputException(where + ": ends within its header", e);
        } catch (ZipException e) {
            throw new UserInputException(where + ": is damaged: " + e.getMessage(), e);
        }
    }

    private static NDArray decode(ZipFile zip, ZipEntry entry, NDManager manager)
            throws IOException {
        try (InputStream in = new BufferedInputStream(zip.getInputStream(entry))) {
            NpyHeader header = NpyHeader.read(in, entry.getName());
            ByteBuffer numbers = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            Shape shape = header.shape();
            NDArray array =
                    header.fortranOrder()
                            ? create(manager, numbers, reversed(shape), header.type())
                                    .transpose()
                                    .flatten()
                                    .reshape(shape)
                            : create(manager, numbers, shape, header.type());
            array.setName(name(entry));
            return array;
        }
    }

    private static NDArray create(
            NDManager manager, ByteBuffer numbers, Shape shape, DataType type) {
        return type == DataType.FLOAT16
                ? manager.create(Float16Utils.fromByteBuffer(numbers), shape)
                : manager.create(numbers, shape, type);
    }

    private static Shape reversed(Shape shape) {
        int last = shape.dimension() - 1;
        return new Shape(
                LongStream.rangeClosed(0, last).map(i -> shape.get(last - (int) i)).toArray());
    }

    /**
     * Writes an archive, whole or not at all. The same arrays give the same bytes.
     *
     * @param file the archive to write or to replace, in an existing folder
     * @param arrays the arrays, each with its name
     * @throws IOException if it cannot be written; then it is as it was before
     */
    public static void write(Path file, NDList arrays) throws IOException {
        WholeFile.write(
                file,
                out -> {
                    ZipOutputStream zip = new ZipOutputStream(out);
                    for (NDArray array : arrays) {
                        write(zip, array);
                    }
                    zip.finish();
                });
    }

    private static void write(ZipOutputStream zip, NDArray array) throws IOException {
        byte[] header = NpyHeader.write(array);
        ByteBuffer buffer = array.toByteBuffer();
        byte[] numbers = new byte[buffer.remaining()];
        buffer.get(numbers);
        CRC32 sum = new CRC32();
        sum.update(header);
        sum.update(numbers);
        ZipEntry entry = new ZipEntry(array.getName() + SUFFIX);
        entry.setTimeLocal(TIME);
        // Not compressed: weights hardly shrink, and zlib's versions differ in their bytes.
        entry.setMethod(ZipEntry.STORED);
        entry.setSize((long) header.length + numbers.length);
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        zip.write(header);
        zip.write(numbers);
        zip.closeEntry();
    }

    private static String name(ZipEntry entry) {
        String name = entry.getName();
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }
}
