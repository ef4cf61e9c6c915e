/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import io.github.gssloss.files.UserInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Copies weights between a block and named arrays. A parameter's published name is the path of
 * names down to it, without the numbers that DJL puts before children, joined by dots: {@code
 * flair_encoder.e1_c1.conv.weight}.
 */
public final class BlockWeights {

    private static final Pattern CHILD_NUMBER = Pattern.compile("^\\d\\d");
    private static final Pattern PREFIX = Pattern.compile("^(w/)?((_orig_mod|module)\\.)*");

    private static final String NOT_FINITE = ": expected finite numbers, got NaN or infinity";

    private BlockWeights() {}

    /**
     * Returns the parameters of a block by their published names.
     *
     * @param block the block
     * @return the parameters, in the block's order
     */
    public static Map<String, Parameter> parameters(Block block) {
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        collect(block, "", parameters);
        return parameters;
    }

    private static void collect(Block block, String path, Map<String, Parameter> parameters) {
        for (Pair<String, Parameter> entry : block.getDirectParameters()) {
            parameters.put(path + entry.getKey(), entry.getValue());
        }
        for (Pair<String, Block> child : block.getChildren()) {
            String name = CHILD_NUMBER.matcher(child.getKey()).replaceFirst("");
            collect(child.getValue(), path + name + ".", parameters);
        }
    }

    /**
     * Returns the shapes of arrays by their published names.
     *
     * @param arrays the arrays, named as published; prefixes {@code w/}, {@code module.} and {@code
     *     _orig_mod.} are allowed
     * @return the shapes by name without prefix, in the order of the arrays
     */
    public static Map<String, Shape> shapes(NDList arrays) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        arrays.forEach(array -> shapes.put(publishedName(array), array.getShape()));
        return shapes;
    }

    private static String publishedName(NDArray array) {
        return PREFIX.matcher(String.valueOf(array.getName())).replaceFirst("");
    }

    /**
     * Copies named arrays into a block's initialised parameters. Before anything is written every
     * array must have found its parameter and every parameter its array, of the same shape and of
     * finite numbers. Load before a trainer on another device is made: it trains copies of its own.
     *
     * @param block the block, initialised
     * @param arrays the arrays, named as published; prefixes {@code w/}, {@code module.} and {@code
     *     _orig_mod.} are allowed
     * @param source where the arrays are from, for messages
     * @throws UserInputException if arrays are missing, surplus, of another shape or not finite;
     *     the message names them
     */
    public static void load(Block block, NDList arrays, String source) {
        load(block, arrays, name -> false, source);
    }

    /**
     * Copies named arrays into a block's initialised parameters, as {@link #load(Block, NDList,
     * String)} does, but leaves out those that the block is known to lack.
     *
     * @param block the block, initialised
     * @param arrays the arrays, named as published; prefixes {@code w/}, {@code module.} and {@code
     *     _orig_mod.} are allowed
     * @param skipped whether an array of this name, without prefix, may be left out
     * @param source where the arrays are from, for messages
     * @return the names of the arrays that were left out, in their order
     * @throws UserInputException if further arrays are missing, surplus, of another shape or not
     *     finite; the message names them
     */
    public static List<String> load(
            Block block, NDList arrays, Predicate<String> skipped, String source) {
        List<String> leftOut = new ArrayList<>();
        Map<String, Parameter> parameters = parameters(block);
        Map<String, NDArray> named = new LinkedHashMap<>();
        List<String> complaints = new ArrayList<>();
        for (NDArray array : arrays) {
            String name = publishedName(array);
            Parameter parameter = parameters.get(name);
            if (parameter == null && skipped.test(name)) {
                leftOut.add(name);
            } else if (parameter == null) {
                complaints.add("surplus " + name);
            } else if (named.putIfAbsent(name, array) != null) {
                complaints.add("twice " + name);
            } else if (!array.getShape().equals(parameter.getArray().getShape())) {
                complaints.add(
                        String.format(
                                "%s: expected shape %s, got %s",
                                name, parameter.getArray().getShape(), array.getShape()));
            } else if (!isFinite(array)) {
                complaints.add(name + NOT_FINITE);
            }
        }
        for (String name : parameters.keySet()) {
            if (!named.containsKey(name)) {
                complaints.add("missing " + name);
            }
        }
        if (!complaints.isEmpty()) {
            throw new UserInputException(complain(source, complaints));
        }
        named.forEach((name, array) -> copy(array, parameters.get(name).getArray()));
        return leftOut;
    }

    /**
     * Throws unless all parameters of a block are finite.
     *
     * @param block the block, initialised
     * @param source where its weights are from, for the message
     * @throws UserInputException if one holds NaN or infinity; the message names it
     */
    public static void requireFinite(Block block, String source) {
        parameters(block)
                .forEach(
                        (name, parameter) -> {
                            if (!isFinite(parameter.getArray())) {
                                throw new UserInputException(source + ": " + name + NOT_FINITE);
                            }
                        });
    }

    private static boolean isFinite(NDArray array) {
        try (NDArray floats = array.toType(DataType.FLOAT32, true)) {
            for (float value : floats.toFloatArray()) {
                if (!Float.isFinite(value)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static String complain(String source, List<String> complaints) {
        int shown = Math.min(complaints.size(), 5);
        String rest =
                complaints.size() > shown ? "; and " + (complaints.size() - shown) + " more" : "";
        return source
                + ": does not fit the network: "
                + String.join("; ", complaints.subList(0, shown))
                + rest;
    }

    private static void copy(NDArray from, NDArray to) {
        try (NDManager scope = to.getManager().newSubManager()) {
            // The detached alias may be written in place, the parameter itself may not.
            NDArray target = to.stopGradient();
            target.attach(scope);
            NDArray onDevice = from.toDevice(to.getDevice(), true);
            onDevice.attach(scope);
            NDArray value = onDevice.toType(to.getDataType(), true);
            value.attach(scope);
            target.set(new NDIndex("..."), value);
        }
    }

    /**
     * Writes a block's parameters to an {@code .npz} archive under their published names: equal
     * weights give equal bytes. The archive is written aside and then takes its name, so that what
     * stands under that name is always whole.
     *
     * @param block the block, initialised
     * @param file the archive to write or to replace, in an existing folder
     * @throws UserInputException if the archive cannot be written
     */
    public static void save(Block block, Path file) {
        try (NDManager scope = NDManager.newBaseManager()) {
            NDList arrays = new NDList();
            parameters(block)
                    .forEach(
                            (name, parameter) -> {
                                NDArray value = parameter.getArray().stopGradient();
                                value.attach(scope);
                                value.setName(name);
                                arrays.add(value);
                            });
            NpzFile.write(file, arrays);
        } catch (IOException e) {
            throw new UserInputException(file + ": cannot be written: " + e, e);
        }
    }
}
