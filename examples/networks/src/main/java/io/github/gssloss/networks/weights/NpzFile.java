/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.gssloss.files.UserInputException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Reads NumPy's {@code .npz} archives. */
public final class NpzFile {

    private static final String SUFFIX = ".npy";

    private NpzFile() {}

    /**
     * Reads all arrays of an archive, each with its name. The headers of all are checked before the
     * first is handed to the engine.
     *
     * <p>The arrays rest on Java buffers: use them as values to copy or as inputs that stay open,
     * never as constants of a recorded computation that are closed before the backward pass.
     *
     * @param manager the manager that the arrays will belong to
     * @param file the archive
     * @return the arrays in the archive's order
     * @throws UserInputException if the file is missing, is no zip archive, is cut off or damaged,
     *     or if an array is not one of float32, float64, int32, int64 (little-endian), uint8, int8,
     *     bool in C order; the message names the file and the array
     */
    public static NDList read(NDManager manager, Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UserInputException(file + ": expected an .npz file, found none");
        }
        try (ZipFile zip = new ZipFile(file.toFile());
                NDManager scope = manager.newSubManager()) {
            check(zip, file);
            NDList arrays = decode(zip, scope);
            arrays.attach(manager);
            return arrays;
        } catch (ZipException e) {
            throw new UserInputException(
                    file + ": expected a whole .npz archive, got: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UserInputException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static void check(ZipFile zip, Path file) throws IOException {
        for (ZipEntry entry : Collections.list(zip.entries())) {
            String where = file + ", array " + name(entry);
            CRC32 sum = new CRC32();
            try (InputStream in =
                    new CheckedInputStream(
                            new BufferedInputStream(zip.getInputStream(entry)), sum)) {
                NpyHeader header = NpyHeader.read(in, where);
                if (header.bytes() != entry.getSize()) {
                    throw new UserInputException(
                            String.format(
                                    "%s: expected %d bytes, got %d",
                                    where, header.bytes(), entry.getSize()));
                }
                // Java's ZipFile, unlike its stream, leaves the checksum to its user.
                in.transferTo(OutputStream.nullOutputStream());
                if (sum.getValue() != entry.getCrc()) {
                    throw new UserInputException(where + ": is damaged: its checksum is wrong");
                }
            } catch (EOFException e) {
                throw new UserInputException(where + ": ends within its header", e);
            } catch (ZipException e) {
                throw new UserInputException(where + ": is damaged: " + e.getMessage(), e);
            }
        }
    }

    private static NDList decode(ZipFile zip, NDManager manager) throws IOException {
        NDList arrays = new NDList();
        for (ZipEntry entry : Collections.list(zip.entries())) {
            try (InputStream in = new BufferedInputStream(zip.getInputStream(entry))) {
                NDArray array = NDList.decode(manager, in).singletonOrThrow();
                array.setName(name(entry));
                arrays.add(array);
            }
        }
        return arrays;
    }

    private static String name(ZipEntry entry) {
        String name = entry.getName();
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }
}
