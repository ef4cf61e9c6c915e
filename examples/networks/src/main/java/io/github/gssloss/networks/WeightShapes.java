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
     * Returns the axes along which a kernel has more than one weight.
     *
     * @param name the published name of a kernel that is as long along each axis of its network
     * @return the axes that the network works along
     * @throws UserInputException if there is no such array or no network's kernel is of its shape
     */
    public Axes axes(String name) {
        int extent = 1;
        for (int axis = 2; axis < 5; axis++) {
            extent = Math.max(extent, size(name, 5, axis));
        }
        for (Axes axes : Axes.values()) {
            if (extent > 1 && axes.cube(extent).equals(shapes.get(name).slice(2))) {
                return axes;
            }
        }
        throw wrong(
                name,
                "expected a kernel as long along each axis, or 1 along one of them, got shape "
                        + shapes.get(name));
    }

    /**
     * Returns the side of a cube, flat along a flat axis, whose places an array has along an axis.
     *
     * @param name the published name
     * @param dimension how many axes the array must have
     * @param axis the axis
     * @param axes the axes of the cube
     * @return the root of the size
     * @throws UserInputException as {@link #size}, or if there is no such cube
     */
    public int side(String name, int dimension, int axis, Axes axes) {
        int size = size(name, dimension, axis);
        for (int side = 1; axes.cube(side).size() <= size; side++) {
            if (axes.cube(side).size() == size) {
                return side;
            }
        }
        String expected = axes == Axes.ALL ? "a cube" : "a square";
        throw wrong(name, "expected " + expected + " of positions, got " + size);
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
