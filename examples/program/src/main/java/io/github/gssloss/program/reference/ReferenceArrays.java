/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.reference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.networks.weights.NpzFile;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The arrays of one reference file; whatever does not fit is told with file and array. */
record ReferenceArrays(Path file, NDList arrays) {

    private static final String WEIGHT = "w/";

    static ReferenceArrays read(NDManager manager, Path file) {
        return new ReferenceArrays(file, NpzFile.read(manager, file));
    }

    boolean has(String name) {
        return arrays.contains(name);
    }

    NDArray get(String name) {
        if (!has(name)) {
            throw wrong(name, "expected it, got only " + found());
        }
        return arrays.get(name);
    }

    NDArray get(String name, Shape expected) {
        NDArray array = get(name);
        if (!array.getShape().equals(expected)) {
            throw wrong(name, "expected shape " + expected + ", got " + array.getShape());
        }
        return array;
    }

    /** The only value of an array, of whatever shape and type. */
    double scalar(String name) {
        NDArray array = get(name);
        if (array.size() != 1) {
            throw wrong(name, "expected a single value, got shape " + array.getShape());
        }
        return array.toType(DataType.FLOAT64, false).toDoubleArray()[0];
    }

    /** The shape (modalities, samples, classes, spatial...) of the logits. */
    Shape logitsShape() {
        NDArray logits = get("logits");
        Shape shape = logits.getShape();
        if (shape.dimension() < 3 || shape.size() == 0 || shape.get(2) < 2) {
            throw wrong(
                    "logits",
                    "expected shape (modalities, samples, at least 2 classes, spatial...), got "
                            + shape);
        }
        if (!logits.getDataType().isFloating()) {
            throw wrong("logits", "expected a floating type, got " + logits.getDataType());
        }
        return shape;
    }

    /** The logits of each branch, in a type. */
    NDList branchLogits(DataType type) {
        NDArray all = get("logits").toType(type, true);
        return all.split(all.getShape().get(0)).stream()
                .map(branch -> branch.squeeze(0))
                .collect(Collectors.toCollection(NDList::new));
    }

    /** The weights of a network, named {@code w/...}. */
    NDList weights() {
        return arrays.stream()
                .filter(array -> array.getName().startsWith(WEIGHT))
                .collect(Collectors.toCollection(NDList::new));
    }

    /** The names of the arrays, the weights as one. */
    String found() {
        List<String> names =
                arrays.stream()
                        .map(NDArray::getName)
                        .filter(name -> !name.startsWith(WEIGHT))
                        .toList();
        int weights = arrays.size() - names.size();
        String others = names.isEmpty() ? "no other array" : String.join(", ", names);
        return weights == 0 ? others : others + " and " + weights + " weights w/...";
    }

    UserInputException wrong(String name, String problem) {
        return new UserInputException("%s, array %s: %s".formatted(file, name, problem));
    }
}
