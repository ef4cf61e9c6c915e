/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.networks.mmformer.MmFormer;
import io.github.gssloss.networks.rfnet.RfNet;
import io.github.gssloss.networks.robustseg.RobustSeg;
import io.github.gssloss.networks.uhved.Noise;
import io.github.gssloss.networks.uhved.Uhved;
import io.github.gssloss.networks.weights.BlockWeights;
import java.util.List;
import java.util.stream.IntStream;

/** Small networks of every kind, flat along an axis or not, and what their tests need of them. */
final class FlatNetworks {

    /** The kinds of networks. */
    enum Kind {
        RFNET(16),
        MMFORMER(32),
        UHVED(16),
        ROBUSTSEG(16);

        /** The smallest side of the images. */
        final int side;

        Kind(int side) {
            this.side = side;
        }
    }

    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e");

    private FlatNetworks() {}

    /**
     * Builds a network without dropout.
     *
     * @param repeated the axis along which the noise of its latents, if it has any, repeats
     */
    static ModalityNetwork build(Kind kind, int modalities, int classes, Axes axes, int repeated) {
        List<String> names = NAMES.subList(0, modalities);
        return switch (kind) {
            case RFNET ->
                    RfNet.builder()
                            .optModalities(names)
                            .setClasses(classes)
                            .optWidth(4)
                            .optAxes(axes)
                            .build();
            case MMFORMER ->
                    MmFormer.builder()
                            .optModalities(names)
                            .setClasses(classes)
                            .optWidth(2)
                            .optPatch(2)
                            .optHeads(2)
                            .optTokenWidth(8)
                            .optHiddenWidth(16)
                            .optDropout(0)
                            .optAxes(axes)
                            .build();
            case UHVED ->
                    Uhved.builder()
                            .optModalities(modalities)
                            .setClasses(classes)
                            .optWidth(4)
                            .optNoise(noise(repeated))
                            .optAxes(axes)
                            .build();
            case ROBUSTSEG ->
                    RobustSeg.builder()
                            .optModalities(modalities)
                            .setClasses(classes)
                            .optWidth(2)
                            .optAxes(axes)
                            .build();
        };
    }

    /** The same noise whatever the axis is along which it repeats. */
    private static Noise noise(int repeated) {
        return (level, mean) -> {
            long[] sizes = mean.getShape().getShape().clone();
            sizes[repeated + 2] = 1;
            Shape once = new Shape(sizes);
            double[] waves =
                    IntStream.range(0, Math.toIntExact(once.size()))
                            .mapToDouble(i -> Math.sin(0.37 * i + level))
                            .toArray();
            NDArray noise = mean.getManager().create(waves, once);
            return noise.broadcast(mean.getShape()).toType(mean.getDataType(), true).duplicate();
        };
    }

    /** Builds a network flat along an axis and initialises it in double precision. */
    static ModalityNetwork flat(
            NDManager manager, Kind kind, int modalities, int classes, int axis) {
        ModalityNetwork network = build(kind, modalities, classes, Axes.flat(axis), axis);
        Shape x = new Shape(1, modalities).addAll(network.axes().cube(kind.side));
        network.initialize(manager, DataType.FLOAT64, x, new Shape(1, modalities));
        // Positions and shifts are zero at first: nothing would be seen of them.
        BlockWeights.parameters(network)
                .forEach(
                        (name, parameter) -> {
                            NDArray values = parameter.getArray().stopGradient();
                            values.addi(
                                    manager.randomNormal(
                                            0f, 0.05f, values.getShape(), DataType.FLOAT64));
                        });
        return network;
    }

    /** Images (samples, M, ...) of a network flat along an axis, taller than wide where allowed. */
    static NDArray images(
            NDManager manager, Kind kind, long samples, ModalityNetwork network, int axis) {
        long longer = kind == Kind.MMFORMER ? kind.side : kind.side + 8L;
        Shape plane = new Shape(samples, network.modalities().size(), longer, kind.side);
        return manager.randomNormal(plane, DataType.FLOAT64).expandDims(axis + 2);
    }

    /** Copies the weights of a flat network to one that is flat along another axis. */
    static void move(ModalityNetwork from, ModalityNetwork to) {
        NDList moved = new NDList();
        BlockWeights.parameters(from)
                .forEach(
                        (name, parameter) -> {
                            Shape shape =
                                    BlockWeights.parameters(to).get(name).getArray().getShape();
                            // An axis of one voxel moves without moving a number.
                            NDArray array = parameter.getArray().stopGradient().reshape(shape);
                            array.setName(name);
                            moved.add(array);
                        });
        BlockWeights.load(to, moved, "test");
    }

    /**
     * Gives a 3-D network the weights of a flat one: its kernels are zero but for the plane in the
     * middle, and positions repeat along the axis.
     */
    static void embed(ModalityNetwork from, ModalityNetwork to, int axis) {
        NDList embedded = new NDList();
        BlockWeights.parameters(from)
                .forEach(
                        (name, parameter) -> {
                            Shape shape =
                                    BlockWeights.parameters(to).get(name).getArray().getShape();
                            NDArray flat = parameter.getArray().stopGradient();
                            NDArray array = flat;
                            if (name.endsWith("_pos")) {
                                array = positions(flat, shape, axis);
                            } else if (!shape.equals(flat.getShape())) {
                                array = flat.getManager().zeros(shape, DataType.FLOAT64);
                                long middle = (shape.get(axis + 2) - 1) / 2;
                                String before = ":,".repeat(axis + 2);
                                array.set(new NDIndex(before + "{}:{}", middle, middle + 1), flat);
                            }
                            array.setName(name);
                            embedded.add(array);
                        });
        BlockWeights.load(to, embedded, "test");
    }

    private static NDArray positions(NDArray flat, Shape shape, int axis) {
        long side = Math.round(Math.cbrt((double) shape.get(1)));
        Shape places = new Shape(side, side, shape.get(2));
        NDArray square = flat.reshape(places).expandDims(axis);
        return square.broadcast(new Shape(side, side, side, shape.get(2))).reshape(shape);
    }

    /** Repeats images along an axis. */
    static NDArray repeated(NDArray flat, int axis, long times) {
        long[] sizes = flat.getShape().getShape().clone();
        sizes[axis + 2] = times;
        return flat.broadcast(new Shape(sizes)).duplicate();
    }

    /** The largest difference of two arrays of one shape, or of one number of elements. */
    static double distance(NDArray actual, NDArray expected) {
        return actual.reshape(expected.getShape()).sub(expected).abs().max().getDouble();
    }
}
