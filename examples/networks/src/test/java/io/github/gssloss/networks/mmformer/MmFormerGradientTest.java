/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.mmformer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Parameter;
import io.github.gssloss.networks.GradientCheck;
import io.github.gssloss.networks.PaddingMode;
import io.github.gssloss.networks.weights.BlockWeights;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Autograd's gradients against central differences, in double precision. */
class MmFormerGradientTest {

    /** Small enough that no leaky ReLU of the seeded network bends within it. */
    private static final double STEP = 1e-7;

    /** The fused and the auxiliary probabilities, which go through the transformers. */
    private static final List<Integer> FUSED = List.of(0, 5, 6, 7, 8);

    private static final List<Integer> BRANCHES = List.of(1, 2, 3, 4, 9, 10, 11, 12);

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
    void fusedOutputsReachEveryKindOfWeight() {
        String intra = "flair_transformer.cross_attention_list.0.fn.";
        String inter = "multimodal_transformer.cross_ffn_list.0.fn.";
        MmFormer network = network(PaddingMode.REFLECT);
        // Outside training the fused output comes alone, and much sooner; nothing is dropped here.
        new GradientCheck(manager, network, inputs(), false, List.of(0), STEP)
                .check(
                        "flair_encoder.e1_c1.weight",
                        "t1_encoder.e3_c1.conv.weight",
                        "t2_encoder.e5_c3.conv.bias",
                        "flair_encode_conv.weight",
                        "flair_pos",
                        // Outside the subset, yet its position is added all the same.
                        "t1ce_pos",
                        intra + "norm.weight",
                        intra + "norm.bias",
                        intra + "fn.qkv.weight",
                        intra + "fn.proj.weight",
                        intra + "fn.proj.bias",
                        inter + "norm.weight",
                        inter + "fn.net.0.weight",
                        inter + "fn.net.0.bias",
                        inter + "fn.net.3.weight",
                        inter + "fn.net.3.bias",
                        "multimodal_decode_conv.weight",
                        "decoder_fuse.RFM5.fusion_layer.0.conv.weight",
                        "decoder_fuse.RFM2.fusion_layer.1.conv.weight",
                        "decoder_fuse.d4_c1.conv.weight",
                        "decoder_fuse.d1_c2.conv.weight",
                        "decoder_fuse.seg_layer.bias");
    }

    @Test
    void auxiliaryOutputsReachTheirHeadsAndWhatIsBelow() {
        new GradientCheck(manager, network(PaddingMode.REFLECT), inputs(), true, FUSED, STEP)
                .check(
                        "decoder_fuse.seg_d4.weight",
                        "decoder_fuse.seg_d1.bias",
                        "multimodal_decode_conv.weight");
    }

    @Test
    void branchesReachEveryKindOfTheirWeights() {
        new GradientCheck(manager, network(PaddingMode.ZEROS), inputs(), true, BRANCHES, STEP)
                .check(
                        "t1ce_encoder.e1_c1.bias",
                        "t1_encoder.e2_c2.conv.weight",
                        "t2_encoder.e5_c2.conv.weight",
                        "decoder_sep.d4_c1.conv.weight",
                        "decoder_sep.d1_out.conv.weight",
                        "decoder_sep.seg_layer.weight");
    }

    @Test
    void branchesTrainNoTransformer() {
        MmFormer network = network(PaddingMode.REFLECT);
        new GradientCheck(manager, network, inputs(), true, BRANCHES, STEP).backward();

        BlockWeights.parameters(network)
                .forEach(
                        (name, parameter) -> {
                            boolean trained =
                                    name.contains("_encoder.") || name.startsWith("decoder_sep.");
                            expect(name, parameter, trained);
                        });
    }

    @Test
    void fusedOutputsTrainNoModalityOutsideTheSubsetButItsPosition() {
        MmFormer network = network(PaddingMode.REFLECT);
        new GradientCheck(manager, network, inputs(), true, FUSED, STEP).backward();

        BlockWeights.parameters(network)
                .forEach(
                        (name, parameter) -> {
                            boolean untouched =
                                    name.startsWith("decoder_sep.")
                                            || (name.startsWith("t1ce_")
                                                    && !"t1ce_pos".equals(name));
                            expect(name, parameter, !untouched);
                        });
    }

    private static void expect(String name, Parameter parameter, boolean trained) {
        double largest = GradientCheck.largest(parameter.getArray());
        if (!trained) {
            assertThat(largest).as(name).isZero();
        } else if (!name.endsWith(".bias")) {
            assertThat(largest).as(name).isPositive();
        }
    }

    private MmFormer network(PaddingMode padding) {
        MmFormer network =
                MmFormerGolden.builder()
                        .optTokenWidth(8)
                        .optHiddenWidth(12)
                        .optDropout(0)
                        .optPadding(padding)
                        .build();
        network.initialize(manager, DataType.FLOAT64, MmFormerGolden.IMAGES, MmFormerGolden.SUBSET);
        return network;
    }

    private NDList inputs() {
        NDArray images = manager.randomNormal(0f, 1f, MmFormerGolden.IMAGES, DataType.FLOAT64);
        return new NDList(
                images.duplicate(), manager.create(new boolean[][] {{true, false, true, true}}));
    }
}
