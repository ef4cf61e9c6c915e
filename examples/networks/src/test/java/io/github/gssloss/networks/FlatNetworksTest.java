/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.networks.FlatNetworks.Kind;
import io.github.gssloss.networks.weights.BlockWeights;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The two-dimensional networks as a whole. */
class FlatNetworksTest extends BlockTest {

    private static final double TOLERANCE = 1e-10;

    FlatNetworksTest() {
        super(37);
    }

    /**
     * A 3-D network whose kernels see nothing before and behind, on images that repeat, is a 2-D
     * one. mmFormer reads tokens of neighbouring voxels as one voxel, so that with more than one
     * modality the two see other neighbours: there the transformers' share is left out.
     */
    @ParameterizedTest
    @CsvSource({"RFNET,0,3", "RFNET,1,1", "RFNET,2,2", "MMFORMER,0,1", "MMFORMER,1,1"})
    @CsvSource({"MMFORMER,2,1", "MMFORMER,2,2", "UHVED,0,3", "UHVED,1,1", "UHVED,2,2"})
    @CsvSource({"ROBUSTSEG,0,3", "ROBUSTSEG,1,1", "ROBUSTSEG,2,2"})
    void isTheThreeDimensionalNetworkOnImagesThatRepeat(Kind kind, int axis, int modalities) {
        ModalityNetwork flat = FlatNetworks.flat(manager, kind, modalities, 3, axis);
        if (kind == Kind.MMFORMER && modalities > 1) {
            silence(flat, "multimodal_decode_conv.weight");
        }
        NDArray x = FlatNetworks.images(manager, kind, 1, flat, axis);
        NDArray volume = FlatNetworks.repeated(x, axis, kind.side);
        ModalityNetwork full = FlatNetworks.build(kind, modalities, 3, Axes.ALL, axis);
        NDArray subset = manager.ones(new Shape(1, modalities));
        if (modalities > 1) {
            subset.set(new NDIndex(0, 1), 0);
        }
        full.initialize(manager, DataType.FLOAT64, volume.getShape(), subset.getShape());
        FlatNetworks.embed(flat, full, axis);

        for (boolean training : new boolean[] {true, false}) {
            NDList expected = full.forward(store, new NDList(volume, subset), training);
            NDList actual = flat.forward(store, new NDList(x, subset), training);

            assertThat(actual).hasSameSizeAs(expected);
            for (int i = 0; i < actual.size(); i++) {
                boolean scalar = expected.get(i).getShape().isScalar();
                NDArray repeated =
                        scalar
                                ? actual.get(i)
                                : FlatNetworks.repeated(actual.get(i), axis, kind.side);
                assertThat(FlatNetworks.distance(repeated, expected.get(i)))
                        .as("%s, training %s", expected.get(i).getName(), training)
                        .isLessThan(TOLERANCE);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void theAxisDoesNotMatter(Kind kind) {
        ModalityNetwork first = FlatNetworks.flat(manager, kind, 3, 4, 0);
        NDArray x = FlatNetworks.images(manager, kind, 2, first, 0);
        NDArray plane = x.squeeze(2);
        NDArray subset = manager.create(new float[][] {{1, 0, 1}, {0, 1, 0}});
        NDList expected = first.forward(store, new NDList(x, subset), true);

        for (int axis = 1; axis < 3; axis++) {
            ModalityNetwork other = FlatNetworks.flat(manager, kind, 3, 4, axis);
            FlatNetworks.move(first, other);
            NDList inputs = new NDList(plane.expandDims(axis + 2), subset);
            NDList actual = other.forward(store, inputs, true);

            for (int i = 0; i < expected.size(); i++) {
                Shape shape = actual.get(i).getShape();
                if (!shape.isScalar()) {
                    assertThat(shape.get(axis + 2)).isEqualTo(1);
                }
                assertThat(FlatNetworks.distance(actual.get(i), expected.get(i)))
                        .as(expected.get(i).getName())
                        .isLessThan(TOLERANCE);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1,2,0", "2,3,1", "3,4,2", "5,5,0", "1,6,1", "2,7,2", "3,8,0"})
    void anyNumberOfModalitiesAndClasses(int modalities, int classes, int axis) {
        for (Kind kind : Kind.values()) {
            ModalityNetwork network = FlatNetworks.flat(manager, kind, modalities, classes, axis);
            NDArray x = FlatNetworks.images(manager, kind, 2, network, axis);
            NDArray subset = manager.ones(new Shape(2, modalities));
            NDList outputs = network.forward(store, new NDList(x, subset), true);

            assertThat(outputs).extracting(NDArray::getName).isEqualTo(network.outputNames());
            Shape voxels = Layers.withChannels(x.getShape(), classes);
            for (NDArray output : outputs) {
                Shape expected = output.getName().equals("recon") ? x.getShape() : voxels;
                if (!output.getShape().isScalar()) {
                    assertThat(output.getShape()).as(output.getName()).isEqualTo(expected);
                }
            }
            NDList alone = network.forward(store, new NDList(x, subset), false);
            assertThat(alone.singletonOrThrow().getShape()).isEqualTo(voxels);
            assertThat(network.getOutputShapes(new Shape[] {x.getShape()})).containsOnly(voxels);
        }
    }

    /** But for the losses and images that a network makes of all images. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void aMissingImageChangesNothingButItsOwnBranch(Kind kind) {
        ModalityNetwork network = FlatNetworks.flat(manager, kind, 3, 3, 1);
        NDArray x = FlatNetworks.images(manager, kind, 1, network, 1);
        NDArray subset = manager.create(new float[][] {{1, 0, 1}});
        NDArray other = x.duplicate();
        other.get(":,1").addi(FlatNetworks.images(manager, kind, 1, network, 1).get(":,1"));

        NDArray predicted = predict(network, x, subset);
        assertThat(predict(network, other, subset)).isEqualTo(predicted);
        NDList before = network.forward(store, new NDList(x, subset), true);
        NDList after = network.forward(store, new NDList(other, subset), true);

        String branch = "branch_(prob|logits)_(b|1)";
        String all = kind == Kind.ROBUSTSEG ? "recon|l1|kl" : "kl|mse";
        for (int i = 0; i < before.size(); i++) {
            String name = before.get(i).getName();
            assertThat(FlatNetworks.distance(before.get(i), after.get(i)) > 0)
                    .as(name)
                    .isEqualTo(name.matches(branch + "|" + all));
        }
    }

    private NDArray predict(ModalityNetwork network, NDArray x, NDArray subset) {
        return network.forward(store, new NDList(x, subset), false).singletonOrThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RFNET|0|(B, 2, 1, H, W) with H, W divisible by 8 and at least 16",
                "UHVED|1|(B, 2, D, 1, W) with D, W divisible by 8 and at least 16",
                "ROBUSTSEG|2|(B, 2, D, H, 1) with D, H divisible by 8 and at least 16",
                "MMFORMER|2|(B, 2, D, H, 1) with D, H of 32, 16 times the patch size 2"
            })
    void imagesOfMoreVoxelsAlongTheFlatAxisAreRefused(Kind kind, int axis, String expected) {
        ModalityNetwork network = FlatNetworks.flat(manager, kind, 2, 2, axis);
        NDArray subset = manager.ones(new Shape(1, 2));
        Shape planes = new Shape(1, 2).addAll(network.axes().enlarged(new Shape(2, 2, 2), 16));
        Shape narrow = new Shape(1, 2).addAll(network.axes().cube(8));
        Shape volume = new Shape(1, 2, kind.side, kind.side, kind.side);

        for (Shape shape : new Shape[] {planes, narrow, volume}) {
            NDArray x = manager.zeros(shape, DataType.FLOAT64);
            assertThatThrownBy(() -> predict(network, x, subset))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("x: expected shape " + expected + ", got " + shape);
        }
    }

    private static void silence(ModalityNetwork network, String weight) {
        NDArray array = BlockWeights.parameters(network).get(weight).getArray().stopGradient();
        array.subi(array.duplicate());
    }
}
