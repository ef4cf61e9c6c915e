/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.networks.weights.NpzFile;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Reference files made from the shipped ones.
 *
 * @param folder where they are written
 */
record ReferenceFiles(Path folder) {

    /** A shipped file with zeros of another shape for an array. */
    Path replaced(String name, String array, Shape shape) throws IOException {
        return changed(
                name,
                arrays -> {
                    NDArray before = arrays.get(array);
                    NDArray zeros = before.getManager().zeros(shape, before.getDataType());
                    zeros.setName(array);
                    arrays.set(arrays.indexOf(before), zeros);
                });
    }

    /** A shipped file with changes. */
    Path changed(String name, Consumer<NDList> change) throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList arrays = NpzFile.read(manager, shipped(name));
            change.accept(arrays);
            return encode(arrays);
        }
    }

    /** A file of arrays that are of no meaning. */
    Path write(String... names) throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList arrays = new NDList();
            for (String name : names) {
                NDArray array = manager.zeros(new Shape(1), DataType.FLOAT64);
                array.setName(name);
                arrays.add(array);
            }
            return encode(arrays);
        }
    }

    private Path encode(NDList arrays) throws IOException {
        Path file = Files.createTempDirectory(folder, "made").resolve("changed.npz");
        try (OutputStream out = Files.newOutputStream(file)) {
            arrays.encode(out, NDList.Encoding.NPZ);
        }
        return file;
    }

    static Path shipped(String name) {
        try {
            return Path.of(ReferenceFiles.class.getResource("/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
