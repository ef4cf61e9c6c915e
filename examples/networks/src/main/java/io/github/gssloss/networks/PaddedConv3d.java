/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.LayoutType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv3d;
import ai.djl.nn.convolutional.Convolution;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * A 3-D convolution, padded with zeros or by reflection with (kernel - 1) / 2 voxels on every side,
 * rounded down: an odd kernel keeps the size of its input at stride 1.
 *
 * <p>Input (B, C, D, H, W), output (B, filters, D', H', W') with D' = ceil(D / stride) for an odd
 * kernel and floor(D / 2) for one of 4^3 at stride 2. Weights are Kaiming normal over the fan-in,
 * the bias, if there is one, is zero. Reflection needs every axis to have more voxels than are
 * padded; DJL has no such mode, so it is made of slices and a concatenation per axis.
 */
public final class PaddedConv3d extends Convolution {

    private static final LayoutType[] LAYOUT = {
        LayoutType.BATCH, LayoutType.CHANNEL, LayoutType.DEPTH, LayoutType.HEIGHT, LayoutType.WIDTH
    };

    /** Voxels that are mirrored on every side. */
    private final int reflected;

    /** Every voxel of the input meets every weight of a large kernel. */
    private final boolean dense;

    private PaddedConv3d(int filters, int kernel, int stride, PaddingMode mode, boolean bias) {
        super(
                Conv3d.builder()
                        .setKernelShape(cube(kernel))
                        .setFilters(filters)
                        .optBias(bias)
                        .optStride(cube(stride))
                        .optPadding(cube(mode == PaddingMode.ZEROS ? padding(kernel) : 0)));
        reflected = mode == PaddingMode.REFLECT ? padding(kernel) : 0;
        dense = kernel > 1 && stride == 1;
    }

    /**
     * Creates a convolution of single voxels.
     *
     * @param filters the channels of the output
     * @return the convolution
     */
    public static PaddedConv3d ofSize1(int filters) {
        return new PaddedConv3d(filters, 1, 1, PaddingMode.ZEROS, true);
    }

    /**
     * Creates a convolution of 3^3 voxels, padded by one.
     *
     * @param filters the channels of the output
     * @param stride the step along each axis
     * @param mode the padding
     * @return the convolution
     */
    public static PaddedConv3d ofSize3(int filters, int stride, PaddingMode mode) {
        return of(filters, 3, stride, mode);
    }

    /**
     * Creates a convolution of a kernel of any size.
     *
     * @param filters the channels of the output
     * @param kernel the voxels of the kernel along each axis
     * @param stride the step along each axis
     * @param mode the padding
     * @return the convolution
     */
    public static PaddedConv3d of(int filters, int kernel, int stride, PaddingMode mode) {
        return new PaddedConv3d(filters, kernel, stride, mode, true);
    }

    /**
     * Creates a convolution without bias, of stride 1 and padded with zeros.
     *
     * @param filters the channels of the output
     * @param kernel 1 or 3 voxels along each axis
     * @return the convolution
     */
    public static PaddedConv3d withoutBias(int filters, int kernel) {
        return new PaddedConv3d(filters, kernel, 1, PaddingMode.ZEROS, false);
    }

    private static int padding(int kernel) {
        return (kernel - 1) / 2;
    }

    /** {@inheritDoc} */
    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        if (reflected == 0) {
            return convolve(parameterStore, inputs, training, params);
        }
        try (NDArray padded = reflect(inputs.singletonOrThrow())) {
            return convolve(parameterStore, new NDList(padded), training, params);
        }
    }

    private NDList convolve(
            ParameterStore parameterStore,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDArray x = inputs.singletonOrThrow();
        if (!dense || !ChannelsLast.pays(x)) {
            return super.forwardInternal(parameterStore, inputs, training, params);
        }
        try (NDArray ordered = ChannelsLast.of(x);
                NDList result =
                        super.forwardInternal(
                                parameterStore, new NDList(ordered), training, params)) {
            return new NDList(ChannelsLast.undo(result.head()));
        }
    }

    /** {@inheritDoc} */
    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        if (reflected == 0) {
            return super.getOutputShapes(inputs);
        }
        long[] padded = inputs[0].getShape().clone();
        for (int axis = 2; axis < padded.length; axis++) {
            padded[axis] += 2L * reflected;
        }
        return super.getOutputShapes(new Shape[] {new Shape(padded)});
    }

    private NDArray reflect(NDArray x) {
        NDArray padded = reflect(x, 2);
        for (int axis = 3; axis < 5; axis++) {
            try (NDArray narrower = padded) {
                padded = reflect(narrower, axis);
            }
        }
        return padded;
    }

    private NDArray reflect(NDArray x, int axis) {
        long size = x.getShape().get(axis);
        try (NDArray before = mirrored(x, axis, 1);
                NDArray after = mirrored(x, axis, size - 1 - reflected)) {
            return NDArrays.concat(new NDList(before, x, after), axis);
        }
    }

    private NDArray mirrored(NDArray x, int axis, long from) {
        NDArray slice = x.get(":,".repeat(axis) + "{}:{}", from, from + reflected);
        if (reflected == 1) {
            return slice;
        }
        try (slice) {
            return slice.flip(axis);
        }
    }

    private static Shape cube(int edge) {
        return new Shape(edge, edge, edge);
    }

    /** {@inheritDoc} */
    @Override
    protected LayoutType[] getExpectedLayout() {
        return LAYOUT.clone();
    }

    /** {@inheritDoc} */
    @Override
    protected String getStringLayout() {
        return "NCDHW";
    }

    /** {@inheritDoc} */
    @Override
    protected int numDimensions() {
        return LAYOUT.length;
    }
}
