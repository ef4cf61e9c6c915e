/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.networks.FlatNetworks.Kind;
import io.github.gssloss.networks.mmformer.MmFormer;
import io.github.gssloss.networks.rfnet.RfNet;
import io.github.gssloss.networks.robustseg.RobustSeg;
import io.github.gssloss.networks.uhved.Uhved;
import io.github.gssloss.networks.weights.BlockWeights;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The weights of two-dimensional networks: their number, their gradients, their files. */
class FlatWeightsTest extends BlockTest {

    FlatWeightsTest() {
        super(43);
    }

    /** Of the published widths, for four modalities and classes; mmFormer for images of 128^2. */
    @ParameterizedTest
    @CsvSource({"RFNET,3494240", "MMFORMER,30371472", "UHVED,418808", "ROBUSTSEG,11252953"})
    void numberOfWeights(Kind kind, long expected) {
        ModalityNetwork network =
                switch (kind) {
                    case RFNET -> RfNet.builder().setClasses(4).optAxes(Axes.FLAT_W).build();
                    case MMFORMER -> MmFormer.builder().setClasses(4).optAxes(Axes.FLAT_W).build();
                    case UHVED -> Uhved.builder().setClasses(4).optAxes(Axes.FLAT_W).build();
                    case ROBUSTSEG ->
                            RobustSeg.builder().setClasses(4).optAxes(Axes.FLAT_W).build();
                };
        Shape x = new Shape(1, 4).addAll(Axes.FLAT_W.cube(128));
        network.initialize(manager, DataType.FLOAT32, x, new Shape(1, 4));

        assertThat(
                        BlockWeights.parameters(network).values().stream()
                                .mapToLong(parameter -> parameter.getArray().size())
                                .sum())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void gradientsReachEveryWeight(Kind kind) {
        ModalityNetwork network = FlatNetworks.flat(manager, kind, 2, 3, 2);
        NDArray x = FlatNetworks.images(manager, kind, 1, network, 2);
        NDArray subset = manager.ones(new Shape(1, 2));

        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray sum = manager.zeros(new Shape(), DataType.FLOAT64);
            for (NDArray output : network.forward(store, new NDList(x, subset), true)) {
                NDArray wave = manager.randomNormal(output.getShape(), DataType.FLOAT64);
                sum = sum.add(output.mul(wave).sum());
            }
            collector.backward(sum);
        }
        BlockWeights.parameters(network)
                .forEach(
                        (name, weight) ->
                                assertThat(GradientCheck.largest(weight.getArray()))
                                        .as(name)
                                        .isFinite()
                                        .isGreaterThanOrEqualTo(name.endsWith("bias") ? 0 : 1e-30));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void gradientsAreThoseOfDifferences(Kind kind) {
        ModalityNetwork network = FlatNetworks.flat(manager, kind, 2, 2, 0);
        NDArray x = FlatNetworks.images(manager, kind, 1, network, 0);
        NDList inputs = new NDList(x, manager.ones(new Shape(1, 2)));
        // RFNet stops the gradient at the maps of the fusion: the branches' logits are left.
        List<Integer> outputs =
                kind == Kind.RFNET
                        ? List.of(7, 8)
                        : IntStream.range(0, network.outputNames().size()).boxed().toList();
        String[] names =
                switch (kind) {
                    case RFNET ->
                            new String[] {
                                "a_encoder.e1_c1.conv.weight",
                                "b_encoder.e3_c1.conv.weight",
                                "decoder_sep.d2_c1.conv.weight"
                            };
                    case MMFORMER ->
                            new String[] {
                                "a_encoder.e2_c1.conv.weight",
                                "a_pos",
                                "multimodal_decode_conv.weight",
                                "decoder_fuse.d3_c2.conv.weight"
                            };
                    case UHVED ->
                            new String[] {
                                "encoder.0.block_2.conv_0.weight",
                                "recon.1.block_1.conv_0.weight",
                                "seg.block_3.conv_1.weight"
                            };
                    case ROBUSTSEG ->
                            new String[] {
                                "content.1.e2_c1.conv.weight",
                                "style.0.c_1.weight",
                                "gate_2.conv.weight",
                                "image_decoder.0.conv_0.weight",
                                "mask_decoder.d1_c2.conv.weight"
                            };
                };

        // RobustSeg's divergence is large: smaller steps would drown in its rounding.
        double step = kind == Kind.ROBUSTSEG ? 1e-6 : 1e-7;
        new GradientCheck(manager, network, inputs, true, outputs, step).check(names);
    }

    @ParameterizedTest
    @EnumSource(Axes.class)
    void aFileOfWeightsTellsTheAxes(Axes axes, @TempDir Path folder) {
        for (Kind kind : Kind.values()) {
            ModalityNetwork network = FlatNetworks.build(kind, 2, 3, axes, 0);
            Shape x = new Shape(1, 2).addAll(axes.cube(kind.side));
            network.initialize(manager, DataType.FLOAT32, x, new Shape(1, 2));
            Path file = folder.resolve(kind + ".npz");
            BlockWeights.save(network, file);

            ModalityNetwork loaded =
                    switch (kind) {
                        case RFNET -> RfNet.load(file, manager);
                        case UHVED -> Uhved.load(file, manager);
                        case ROBUSTSEG -> RobustSeg.load(file, manager);
                        case MMFORMER ->
                                MmFormer.builder()
                                        .sizedAs(new WeightShapes("m.npz", shapes(network)))
                                        .optHeads(2)
                                        .optDropout(0)
                                        .build();
                    };
            if (kind == Kind.MMFORMER) {
                loaded.initialize(manager, DataType.FLOAT32, x, new Shape(1, 2));
            }

            assertThat(loaded.axes()).isEqualTo(axes);
            assertThat(shapes(loaded)).isEqualTo(shapes(network));
            if (kind != Kind.MMFORMER) {
                NDArray images = manager.randomNormal(x);
                NDList inputs = new NDList(images, manager.ones(new Shape(1, 2)));
                assertThat(loaded.forward(store, inputs, false).singletonOrThrow())
                        .isEqualTo(network.forward(store, inputs, false).singletonOrThrow());
            }
        }
    }

    private static Map<String, Shape> shapes(ModalityNetwork network) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        BlockWeights.parameters(network)
                .forEach((name, parameter) -> shapes.put(name, parameter.getArray().getShape()));
        return shapes;
    }

    @Test
    void kernelsOfNoNetworkAndPlacesOfNoSquareAreRefused() {
        for (Shape kernel :
                List.of(
                        new Shape(4, 1, 1, 1, 3),
                        new Shape(4, 1, 1, 1, 1),
                        new Shape(4, 1, 2, 3, 3))) {
            WeightShapes shapes = new WeightShapes("f.npz", Map.of("k", kernel));
            assertThatThrownBy(() -> shapes.axes("k"))
                    .isInstanceOf(UserInputException.class)
                    .hasMessage(
                            "f.npz, array k: expected a kernel as long along each axis, or 1 along"
                                    + " one of them, got shape "
                                    + kernel);
        }
        WeightShapes places = new WeightShapes("f.npz", Map.of("p", new Shape(1, 8, 5)));
        assertThat(places.side("p", 3, 1, Axes.ALL)).isEqualTo(2);
        assertThatThrownBy(() -> places.side("p", 3, 1, Axes.FLAT_H))
                .isInstanceOf(UserInputException.class)
                .hasMessage("f.npz, array p: expected a square of positions, got 8");
    }
}
