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
import java.util.stream.IntStream;

/**
 * A 3-D convolution, padded with zeros or by reflection with (kernel - 1) / 2 voxels on every side,
 * rounded down: an odd kernel keeps the size of its input at stride 1.
 *
 * <p>Input (B, C, D, H, W), output (B, filters, D', H', W') with D' = ceil(D / stride) for an odd
 * kernel and floor(D / 2) for one of 4^3 at stride 2. Along a flat axis ({@link Axes}) kernel and
 * stride are 1 and nothing is padded. Weights are Kaiming normal over the fan-in, the bias, if
 * there is one, is zero. Reflection needs every padded axis to have more voxels than are padded;
 * DJL has no such mode, so it is made of slices and a concatenation per axis.
 */
public final class PaddedConv3d extends Convolution {

    private static final LayoutType[] LAYOUT = {
        LayoutType.BATCH, LayoutType.CHANNEL, LayoutType.DEPTH, LayoutType.HEIGHT, LayoutType.WIDTH
    };

    private final Axes axes;

    /** Voxels that are mirrored on every side. */
    private final int reflected;

    /** Every voxel of the input meets every weight of a large kernel. */
    private final boolean dense;

    /** A convolution of single voxels. */
    private final boolean pointwise;

    private PaddedConv3d(
            int filters, int kernel, int stride, PaddingMode mode, Axes axes, boolean bias) {
        super(
                Conv3d.builder()
                        .setKernelShape(axes.cube(kernel))
                        .setFilters(filters)
                        .optBias(bias)
                        .optStride(axes.cube(stride))
                        .optPadding(axes.padding(mode == PaddingMode.ZEROS ? padding(kernel) : 0)));
        this.axes = axes;
        reflected = mode == PaddingMode.REFLECT ? padding(kernel) : 0;
        dense = kernel > 1 && stride == 1;
        pointwise = kernel == 1 && stride == 1;
    }

    /**
     * Creates a convolution of single voxels.
     *
     * @param filters the channels of the output
     * @return the convolution
     */
    public static PaddedConv3d ofSize1(int filters) {
        return new PaddedConv3d(filters, 1, 1, PaddingMode.ZEROS, Axes.ALL, true);
    }

    /**
     * Creates a convolution of 3^3 voxels, padded by one.
     *
     * @param filters the channels of the output
     * @param stride the step along each axis
     * @param mode the padding
     * @param axes the axes that it works along
     * @return the convolution
     */
    public static PaddedConv3d ofSize3(int filters, int stride, PaddingMode mode, Axes axes) {
        return of(filters, 3, stride, mode, axes);
    }

    /**
     * Creates a convolution of a kernel of any size.
     *
     * @param filters the channels of the output
     * @param kernel the voxels of the kernel along each axis
     * @param stride the step along each axis
     * @param mode the padding
     * @param axes the axes that it works along
     * @return the convolution
     */
    public static PaddedConv3d of(
            int filters, int kernel, int stride, PaddingMode mode, Axes axes) {
        return new PaddedConv3d(filters, kernel, stride, mode, axes, true);
    }

    /**
     * Creates a convolution without bias, of stride 1 and padded with zeros.
     *
     * @param filters the channels of the output
     * @param kernel 1 or 3 voxels along each axis
     * @param axes the axes that it works along
     * @return the convolution
     */
    public static PaddedConv3d withoutBias(int filters, int kernel, Axes axes) {
        return new PaddedConv3d(filters, kernel, 1, PaddingMode.ZEROS, axes, false);
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
        if (pointwise && !x.getDevice().isGpu()) {
            return new NDList(product(parameterStore, x, training));
        }
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

    /**
     * A convolution of single voxels as a product of matrices for each sample, which takes less
     * time on a CPU than the engine's convolution.
     */
    private NDArray product(ParameterStore store, NDArray x, boolean training) {
        Shape shape = x.getShape();
        long batch = shape.get(0);
        long channels = shape.get(1);
        NDArray kernels = store.getValue(weight, x.getDevice(), training);
        try (NDArray voxels = x.reshape(batch, channels, -1);
                NDArray matrix = kernels.reshape(1, filters, channels);
                NDArray matrices = matrix.broadcast(batch, filters, channels)) {
            // The result belongs where its first factor does.
            matrices.attach(x.getManager());
            try (NDArray result = matrices.batchMatMul(voxels)) {
                if (bias != null) {
                    shift(result, store.getValue(bias, x.getDevice(), training));
                }
                return result.reshape(Layers.withChannels(shape, filters));
            }
        }
    }

    /** In place: the gradient of a product needs its factors only. */
    private void shift(NDArray result, NDArray by) {
        try (NDArray rows = by.reshape(1, filters, 1)) {
            result.addi(rows);
        }
    }

    /** {@inheritDoc} */
    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        if (reflected == 0) {
            return super.getOutputShapes(inputs);
        }
        long[] padded = inputs[0].getShape().clone();
        Shape both = axes.padding(2L * reflected);
        for (int axis = 2; axis < padded.length; axis++) {
            padded[axis] += both.get(axis - 2);
        }
        return super.getOutputShapes(new Shape[] {new Shape(padded)});
    }

    private NDArray reflect(NDArray x) {
        int[] dimensions = IntStream.range(0, 3).filter(axes::contain).map(i -> i + 2).toArray();
        NDArray padded = reflect(x, dimensions[0]);
        for (int i = 1; i < dimensions.length; i++) {
            try (NDArray narrower = padded) {
                padded = reflect(narrower, dimensions[i]);
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
