/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;

/** Checks of arguments; every message names the argument, what was expected and what came. */
final class Arguments {

    private Arguments() {}

    static void requireWithin(String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    name + ": expected a number from " + least + " to " + most + ", got " + value);
        }
    }

    static void requirePositive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(
                    name + ": expected a finite number above 0, got " + value);
        }
    }

    static void requireShape(String name, NDArray array, Shape expected) {
        if (!array.getShape().equals(expected)) {
            throw new IllegalArgumentException(
                    name + ": expected shape " + expected + ", got " + array.getShape());
        }
    }

    /** Returns the shape (B, N, spatial...) that all branches share. */
    static Shape requireBranches(String name, NDList branches, ClassGroups groups) {
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

    /** The released code knows one or two leaders a class, and no missing modality. */
    static void requireEdition(Edition edition, ClassGroups groups, NDArray present) {
        if (edition == Edition.PAPER) {
            return;
        }
        for (ClassGroup group : groups.groups()) {
            if (group.leaders().size() > 2) {
                throw new IllegalArgumentException(
                        "leaders of class "
                                + group.className()
                                + ": expected one or two in the released edition, got "
                                + group.leaders().size());
            }
        }
        if (present != null) {
            throw new IllegalArgumentException(
                    "present: expected none in the released edition, which has no missing"
                            + " modalities, got a matrix");
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
