/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.rfnet;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import io.github.gssloss.networks.Axes;
import io.github.gssloss.networks.ConvBlock;
import io.github.gssloss.networks.ConvStyle;
import io.github.gssloss.networks.GradientCheck;
import io.github.gssloss.networks.PaddingMode;
import io.github.gssloss.networks.weights.BlockWeights;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Autograd's gradients against central differences, in double precision. A difference does not see
 * that the fusion stops the gradient at the probability maps. So the network is differentiated
 * where no map comes between a weight and the loss, and the fusion alone, its maps held fixed.
 */
class RfNetGradientTest {

    /** Small enough that no leaky ReLU of the seeded network bends within it. */
    private static final double STEP = 1e-7;

    /** The branches' probabilities and logits, and the map of level 4, which only features feed. */
    private static final List<Integer> WITHOUT_FUSION = List.of(1, 2, 3, 4, 8, 9, 10, 11, 12);

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
        Engine.getInstance().setRandomSeed(11);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void branchesAndCoarsestMapReachEveryKindOfWeight() {
        check(
                network(PaddingMode.ZEROS),
                inputs(),
                WITHOUT_FUSION,
                "flair_encoder.e1_c1.conv.weight",
                "t1ce_encoder.e2_c1.conv.weight",
                "t1_encoder.e3_c2.conv.weight",
                "t2_encoder.e4_c3.conv.weight",
                "t2_encoder.e4_c3.conv.bias",
                "decoder_sep.d3_c1.conv.weight",
                "decoder_sep.d1_out.conv.weight",
                "decoder_sep.seg_layer.weight",
                "decoder_sep.seg_layer.bias",
                "decoder_fuse.prm_generator4.embedding_layer.1.conv.weight",
                "decoder_fuse.prm_generator4.prm_layer.1.bias");
    }

    @Test
    void reflectionPassesTheGradient() {
        check(
                network(PaddingMode.REFLECT),
                inputs(),
                WITHOUT_FUSION,
                "flair_encoder.e1_c1.conv.weight",
                "t2_encoder.e4_c2.conv.weight",
                "decoder_sep.d2_c2.conv.weight");
    }

    @Test
    void fusedOutputReachesWhatFollowsTheLastMap() {
        check(
                network(PaddingMode.ZEROS),
                inputs(),
                List.of(0),
                "decoder_fuse.RFM1.modal_fusion.0.weight_layer.0.weight",
                "decoder_fuse.RFM1.modal_fusion.3.weight_layer.2.bias",
                "decoder_fuse.RFM1.region_fusion.fusion_layer.1.conv.weight",
                "decoder_fuse.RFM1.short_cut.0.conv.weight",
                "decoder_fuse.d1_c2.conv.weight",
                "decoder_fuse.d1_out.conv.weight",
                "decoder_fuse.seg_layer.weight",
                "decoder_fuse.seg_layer.bias");
    }

    @Test
    void fusionPassesTheGradientToTheFeaturesAndStopsItAtTheMaps() {
        RegionFusion fusion =
                new RegionFusion(
                        4,
                        4,
                        3,
                        new ConvStyle(
                                ConvBlock.Order.CONVOLUTION_FIRST, PaddingMode.ZEROS, Axes.ALL));
        fusion.initialize(
                manager, DataType.FLOAT64, new Shape(2, 16, 4, 4, 4), new Shape(2, 3, 4, 4, 4));
        NDArray features = random(2, 16, 4, 4, 4);
        NDArray maps = random(2, 3, 4, 4, 4).softmax(1);
        NDList inputs = new NDList(features, maps);
        features.setRequiresGradient(true);
        maps.setRequiresGradient(true);
        GradientCheck check = new GradientCheck(manager, fusion, inputs, true, List.of(0), STEP);
        check.check(
                "modal_fusion.1.weight_layer.0.weight",
                "modal_fusion.2.weight_layer.2.weight",
                "region_fusion.fusion_layer.0.conv.weight",
                "region_fusion.fusion_layer.2.conv.weight",
                "short_cut.1.conv.weight");
        check.compare("features", features);
        assertThat(GradientCheck.largest(maps)).isZero();
    }

    @Test
    void fusedOutputTrainsNoMapAndNoModalityOutsideTheSubset() {
        RfNet network = network(PaddingMode.ZEROS);
        new GradientCheck(manager, network, inputs(), true, List.of(0), STEP).backward();

        BlockWeights.parameters(network)
                .forEach(
                        (name, parameter) -> {
                            boolean untouched =
                                    name.startsWith("decoder_fuse.prm_generator")
                                            || name.startsWith("decoder_sep.")
                                            || name.startsWith("t1ce_encoder.");
                            double largest = GradientCheck.largest(parameter.getArray());
                            if (untouched) {
                                assertThat(largest).as(name).isZero();
                            } else if (name.endsWith(".weight")) {
                                assertThat(largest).as(name).isPositive();
                            }
                        });
    }

    private void check(Block block, NDList inputs, List<Integer> outputs, String... names) {
        new GradientCheck(manager, block, inputs, true, outputs, STEP).check(names);
    }

    private RfNet network(PaddingMode padding) {
        RfNet network = RfNet.builder().setClasses(4).optWidth(4).optPadding(padding).build();
        network.initialize(manager, DataType.FLOAT64, new Shape(1, 4, 16, 16, 16), new Shape(1, 4));
        return network;
    }

    private NDList inputs() {
        return new NDList(
                random(1, 4, 16, 16, 16),
                manager.create(new boolean[][] {{true, false, true, true}}));
    }

    private NDArray random(long... shape) {
        return manager.randomNormal(0f, 1f, new Shape(shape), DataType.FLOAT64).duplicate();
    }
}
