/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import ai.djl.ndarray.types.Shape;
import io.github.gssloss.files.UserInputException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The shapes of the arrays of a checkpoint, from which the size of its network follows.
 *
 * @param source where the arrays are from, for messages
 * @param shapes the shapes by published name, in the order of the arrays
 */
public record WeightShapes(String source, Map<String, Shape> shapes) {

    /**
     * Keeps a copy of the shapes, in their order.
     *
     * @param source where the arrays are from, for messages
     * @param shapes the shapes by published name
     */
    public WeightShapes {
        shapes = Collections.unmodifiableMap(new LinkedHashMap<>(shapes));
    }

    /**
     * Tells whether there is an array of a name.
     *
     * @param name the published name
     * @return whether there is one
     */
    public boolean has(String name) {
        return shapes.containsKey(name);
    }

    /**
     * Returns what comes before the end of names, such as the modalities before the names of their
     * encoders.
     *
     * @param end how the names end
     * @return what comes before it where that may name a modality, in the order of the arrays, at
     *     least one
     * @throws UserInputException if there is none
     */
    public List<String> before(String end) {
        List<String> beginnings =
                shapes.keySet().stream()
                        .filter(name -> name.endsWith(end))
                        .map(name -> name.substring(0, name.length() - end.length()))
                        .filter(name -> name.matches(TrainingOutputs.NAME))
                        .toList();
        if (beginnings.isEmpty()) {
            throw new UserInputException(
                    source + ": does not fit the network: missing <modality>" + end);
        }
        return beginnings;
    }

    /**
     * Returns the size of an array along an axis.
     *
     * @param name the published name
     * @param dimension how many axes the array must have
     * @param axis the axis
     * @return the size
     * @throws UserInputException if there is no such array or it has another number of axes
     */
    public int size(String name, int dimension, int axis) {
        Shape shape = shapes.get(name);
        if (shape == null) {
            throw new UserInputException(source + ": does not fit the network: missing " + name);
        }
        if (shape.dimension() != dimension) {
            throw wrong(name, "expected " + dimension + " axes, got shape " + shape);
        }
        return Math.toIntExact(shape.get(axis));
    }

    /**
     * Returns the side of a cube whose places an array has along an axis.
     *
     * @param name the published name
     * @param dimension how many axes the array must have
     * @param axis the axis
     * @return the cube root of the size
     * @throws UserInputException as {@link #size}, or if the size is no cube
     */
    public int cubeRoot(String name, int dimension, int axis) {
        int size = size(name, dimension, axis);
        int root = Math.toIntExact(Math.round(Math.cbrt(size)));
        if (root * root * root != size) {
            throw wrong(name, "expected a cube of positions, got " + size);
        }
        return root;
    }

    /**
     * Says that an array does not fit.
     *
     * @param name the published name
     * @param problem what was expected and what came
     * @return the exception to throw
     */
    public UserInputException wrong(String name, String problem) {
        return new UserInputException("%s, array %s: %s".formatted(source, name, problem));
    }
}
