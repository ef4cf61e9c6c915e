/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Objects;

/** Checks of arguments; every message names the argument, what was expected and what came. */
final class Arguments {

    private Arguments() {}

    static <T> T requireNonNull(String name, T value) {
        if (value == null) {
            throw new IllegalArgumentException(name + ": expected a value, got null");
        }
        return value;
    }

    /** Refuses a list that is null or holds null; returns an immutable copy. */
    static <T> List<T> requireList(String name, List<T> list) {
        requireNonNull(name, list);
        // Not contains(null): an immutable list throws at it.
        if (list.stream().anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException(name + ": expected no null, got " + list);
        }
        return List.copyOf(list);
    }

    static void requireAtLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    name + ": expected at least " + least + ", got " + value);
        }
    }

    static void requireIndex(String name, int index, int size) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException(
                    name + ": expected an index from 0 to " + (size - 1) + ", got " + index);
        }
    }

    static double requireWithin(String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    name + ": expected a number from " + least + " to " + most + ", got " + value);
        }
        return value;
    }

    static double requireBelowOne(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(
                    name + ": expected a number of at least 0 and below 1, got " + value);
        }
        return value;
    }

    static void requireShape(String name, NDArray array, Shape expected) {
        if (!array.getShape().equals(expected)) {
            throw new IllegalArgumentException(
                    name + ": expected shape " + expected + ", got " + array.getShape());
        }
    }

    /** Returns the shape (B, N, spatial...) that all branches share. */
    static Shape requireBranches(String name, NDList branches, ClassGroups groups) {
        requireNonNull(name, branches);
        for (int m = 0; m < branches.size(); m++) {
            requireNonNull(name + " " + m, branches.get(m));
        }
        if (branches.size() != groups.numModalities()) {
            throw new IllegalArgumentException(
                    name
                            + ": expected one array for each of the "
                            + groups.numModalities()
                            + " modalities "
                            + groups.modalities()
                            + ", got "
                            + branches.size());
        }
        Shape shape = branches.get(0).getShape();
        if (shape.dimension() < 2 || shape.get(1) != groups.numClasses() || shape.size() == 0) {
            throw new IllegalArgumentException(
                    name
                            + " 0: expected shape (batch, "
                            + groups.numClasses()
                            + " classes, spatial...) with at least one voxel, got "
                            + shape);
        }
        for (int m = 0; m < branches.size(); m++) {
            NDArray branch = branches.get(m);
            requireShape(name + " " + m, branch, shape);
            if (!branch.getDataType().isFloating()) {
                throw new IllegalArgumentException(
                        name + " " + m + ": expected a floating type, got " + branch.getDataType());
            }
            if (branch.getDataType() != branches.get(0).getDataType()
                    || !branch.getDevice().equals(branches.get(0).getDevice())) {
                throw new IllegalArgumentException(
                        name
                                + " "
                                + m
                                + ": expected "
                                + placeOf(branches.get(0))
                                + " as the first, got "
                                + placeOf(branch));
            }
        }
        return shape;
    }

    private static String placeOf(NDArray array) {
        return array.getDataType() + " on " + array.getDevice();
    }

    /** Checks the fused probabilities if the teacher needs them; otherwise they are not used. */
    static void requireFused(Teacher teacher, NDArray fused, NDArray branch) {
        if (!teacher.needsFused()) {
            return;
        }
        if (fused == null) {
            throw new IllegalArgumentException(
                    "fused: expected the fused probabilities of shape "
                            + branch.getShape()
                            + ", which the teacher "
                            + teacher
                            + " needs, got none");
        }
        requireShape("fused", fused, branch.getShape());
        if (!fused.getDataType().isFloating() || !fused.getDevice().equals(branch.getDevice())) {
            throw new IllegalArgumentException(
                    "fused: expected a floating type on "
                            + branch.getDevice()
                            + " as the branches, got "
                            + placeOf(fused));
        }
    }

    /** What a teacher returned: (B, N, V) for all branches, or (M, B, N, V) for each. */
    static void requireTarget(Teacher teacher, NDArray target, NDList branches) {
        NDArray branch = branches.get(0);
        Shape one = branch.getShape();
        Shape each = new Shape(branches.size()).addAll(one);
        if (target == null
                || !(target.getShape().equals(one) || target.getShape().equals(each))
                || target.getDataType() != branch.getDataType()
                || !target.getDevice().equals(branch.getDevice())) {
            throw new IllegalArgumentException(
                    "target of the teacher "
                            + teacher
                            + ": expected shape "
                            + one
                            + " for all branches or "
                            + each
                            + " for each, "
                            + placeOf(branch)
                            + ", got "
                            + (target == null
                                    ? "null"
                                    : target.getShape() + ", " + placeOf(target)));
        }
    }

    /** Checks which classes are ready, if there is readiness; otherwise it is not used. */
    static void requireReady(GssConfig config, NDArray ready) {
        if (config.readiness().isPresent()) {
            requireNonNull("ready, which the readiness of the settings needs", ready);
            requireShape("ready", ready, new Shape(config.groups().numClasses()));
        }
    }

    static void requirePresent(NDArray present, Shape branches, ClassGroups groups) {
        if (present != null) {
            requireShape("present", present, new Shape(branches.get(0), groups.numModalities()));
        }
    }

    static void requireMask(NDArray mask, Shape branches, int numModalities) {
        if (mask == null) {
            return;
        }
        Shape shared = VoxelMask.shared(branches);
        Shape each = new Shape(numModalities).addAll(shared);
        if (!mask.getShape().equals(shared) && !mask.getShape().equals(each)) {
            throw new IllegalArgumentException(
                    "mask: expected shape "
                            + shared
                            + " for all branches or "
                            + each
                            + " for each, got "
                            + mask.getShape());
        }
    }
}
