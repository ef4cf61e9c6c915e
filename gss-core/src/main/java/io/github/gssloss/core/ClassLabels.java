/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.OptionalInt;

/**
 * The labels of a batch: the only place where they are read.
 *
 * <p>Labels are class indices (B, spatial...) or (B, 1, spatial...) of any numeric type, or one-hot
 * (B, N, spatial...) where a number other than 0 marks the class. An index outside 0 to N - 1
 * belongs to no class: its voxel counts, and whatever class is predicted there is wrong. A voxel of
 * the ignore index counts nowhere; in one-hot labels that is a voxel without a class, if there is
 * an ignore index at all.
 *
 * <p>The labels are detached from autograd. All arrays made here belong to the manager that was
 * given.
 */
public final class ClassLabels {

    private final NDManager manager;

    /** Class indices (B, 1, V), or one-hot (B, N, V), float32, float64 or int64. */
    private final NDArray values;

    /** The shape (B, N, spatial...) of the outputs. */
    private final Shape outputs;

    private final OptionalInt ignoreIndex;

    private ClassLabels(NDManager manager, NDArray values, Shape outputs, OptionalInt ignoreIndex) {
        this.manager = manager;
        this.values = values;
        this.outputs = outputs;
        this.ignoreIndex = ignoreIndex;
    }

    /**
     * Reads labels.
     *
     * @param labels class indices (B, spatial...) or (B, 1, spatial...), or one-hot (B, N,
     *     spatial...)
     * @param outputs the shape (B, N, spatial...) of what they are compared with
     * @param ignoreIndex the label of voxels that count nowhere; empty: none
     * @param manager receives all arrays
     * @return the labels
     * @throws IllegalArgumentException if an argument is missing or the shapes do not fit
     */
    public static ClassLabels of(
            NDArray labels, Shape outputs, OptionalInt ignoreIndex, NDManager manager) {
        Arguments.requireNonNull("labels", labels);
        Arguments.requireNonNull("outputs", outputs);
        Arguments.requireNonNull("ignoreIndex", ignoreIndex);
        Arguments.requireNonNull("manager", manager);
        if (outputs.dimension() < 2 || outputs.get(1) < 2 || outputs.size() == 0) {
            throw new IllegalArgumentException(
                    "outputs: expected shape (batch, at least 2 classes, spatial...) with at least"
                            + " one voxel, got "
                            + outputs);
        }
        Shape indices = new Shape(outputs.get(0)).addAll(outputs.slice(2));
        boolean oneHot = labels.getShape().equals(outputs);
        if (!oneHot
                && !labels.getShape().equals(indices)
                && !labels.getShape().equals(VoxelMask.shared(outputs))) {
            throw new IllegalArgumentException(
                    "labels: expected class indices of shape "
                            + indices
                            + " or "
                            + VoxelMask.shared(outputs)
                            + ", or one-hot labels of shape "
                            + outputs
                            + ", got "
                            + labels.getShape());
        }
        long rows = oneHot ? outputs.get(1) : 1;
        Shape flat = new Shape(outputs.get(0), rows, indices.size() / outputs.get(0));
        DataType type = labels.getDataType();
        DataType comparable = type.isFloating() ? Batch.computeType(type) : DataType.INT64;
        NDArray values = Batch.alias(labels, manager).toType(comparable, false).reshape(flat);
        return new ClassLabels(manager, values, outputs, ignoreIndex);
    }

    /**
     * Returns the labels as numbers of a loss: 1 for the class of a voxel and 0 for the others.
     * One-hot labels keep their numbers, so that they may be soft. Ignored voxels are 0. The result
     * may be a view of the labels, which is not to be written.
     *
     * @param type the type of the result, a floating one
     * @return (B, N, spatial...)
     * @throws IllegalArgumentException if the type is missing or no floating one
     */
    public NDArray numbers(DataType type) {
        if (!Arguments.requireNonNull("type", type).isFloating()) {
            throw new IllegalArgumentException("type: expected a floating type, got " + type);
        }
        NDArray numbers =
                isOneHot()
                        ? values.toType(type, false)
                        : values.eq(classes(manager)).toType(type, false);
        NDArray kept = kept();
        return kept == null
                ? numbers.reshape(outputs)
                : numbers.reshape(outputs).mul(kept.toType(type, false));
    }

    /**
     * Returns the voxels that are not ignored.
     *
     * @return boolean (B, 1, spatial...); null if there is no ignore index
     */
    public NDArray kept() {
        NDArray kept = kept(values);
        return kept == null ? null : kept.reshape(VoxelMask.shared(outputs));
    }

    /**
     * Returns the voxels that are labelled with any of some classes, and not ignored.
     *
     * @param classes indices from 0 to N - 1, at least one
     * @return boolean (B, V)
     * @throws IllegalArgumentException if there is no class, or an index outside 0 to N - 1
     */
    public NDArray anyOf(List<Integer> classes) {
        Arguments.requireList("classes", classes);
        Arguments.requireAtLeast("number of classes", classes.size(), 1);
        NDArray any = null;
        for (int c : classes) {
            Arguments.requireIndex("class", c, numClasses());
            NDArray one =
                    isOneHot()
                            ? values.get(":, {}:{}", c, c + 1).neq(EngineConstants.of(0, values))
                            : values.eq(EngineConstants.of(c, values));
            any = any == null ? one : any.logicalOr(one);
        }
        NDArray kept = kept(values);
        return (kept == null ? any : any.logicalAnd(kept)).squeeze(1);
    }

    /** The class of each voxel of a block, and none where it is ignored, boolean (B, N, V). */
    NDArray oneHot(VoxelBlock block, NDManager small) {
        NDArray view = values.get(small, block.index());
        NDArray oneHot =
                isOneHot() ? view.neq(EngineConstants.of(0, view)) : view.eq(classes(small));
        NDArray kept = kept(view);
        return kept == null ? oneHot : oneHot.logicalAnd(kept);
    }

    /** The voxels of a block that are not ignored, boolean (B, 1, V); null if all are kept. */
    NDArray kept(VoxelBlock block, NDManager small) {
        return ignoreIndex.isEmpty() ? null : kept(values.get(small, block.index()));
    }

    private NDArray kept(NDArray view) {
        if (ignoreIndex.isEmpty()) {
            return null;
        }
        if (!isOneHot()) {
            return view.neq(EngineConstants.of(ignoreIndex.getAsInt(), view));
        }
        NDArray zero = EngineConstants.of(0, view);
        return view.neq(zero).toType(DataType.INT32, false).max(new int[] {1}, true).gt(zero);
    }

    /** Whether these are class indices of a type that float32 holds. */
    boolean hasIndices() {
        return !isOneHot() && values.getDataType() != DataType.FLOAT64;
    }

    /** The class indices (B, 1, V), float32, with any number where there is none. */
    NDArray indices() {
        return values.toType(DataType.FLOAT32, false);
    }

    private NDArray classes(NDManager of) {
        return of.arange(0, numClasses(), 1, values.getDataType()).reshape(1, numClasses(), 1);
    }

    private int numClasses() {
        return Math.toIntExact(outputs.get(1));
    }

    private boolean isOneHot() {
        return values.getShape().get(1) == outputs.get(1);
    }
}
