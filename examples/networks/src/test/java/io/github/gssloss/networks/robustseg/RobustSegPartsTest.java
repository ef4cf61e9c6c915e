/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.robustseg;

import static io.github.gssloss.networks.robustseg.RobustSegGolden.PYRAMID;
import static io.github.gssloss.networks.robustseg.RobustSegGolden.WIDTH;
import static io.github.gssloss.networks.robustseg.RobustSegGolden.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.github.gssloss.networks.Axes;
import io.github.gssloss.networks.BranchDecoder;
import io.github.gssloss.networks.Encoder;
import io.github.gssloss.networks.ForwardPass;
import io.github.gssloss.networks.Layers;
import io.github.gssloss.networks.PaddedConv3d;
import io.github.gssloss.networks.Upsampler;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each part of the network on its own, fed with what the golden file has before it. */
class RobustSegPartsTest {

    private static final UnitStyle STYLE = new UnitStyle(Axes.ALL);

    private NDManager manager;
    private ForwardPass pass;
    private RobustSegGolden golden;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
        pass = new ForwardPass(new ParameterStore(manager, false), true);
        golden = RobustSegGolden.read(manager);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private NDArray image(int modality) {
        return golden.x().get(":,{}:{}", modality, modality + 1);
    }

    private Encoder contentEncoder(int modality) {
        Encoder encoder = new Encoder(PYRAMID, STYLE);
        encoder.initialize(manager, DataType.FLOAT32, image(modality).getShape());
        return golden.part("content." + modality, encoder);
    }

    @Test
    void contentEncoderGivesFourLevels() {
        NDList levels = contentEncoder(0).forward(pass.store(), new NDList(image(0)), true);

        for (int level = 1; level <= 4; level++) {
            String name = "content_0_" + level;
            assertClose(name, levels.get(level - 1), golden.middle(name));
        }
    }

    @Test
    void styleEncoderGivesTheCode() {
        for (int m = 0; m < golden.modalities(); m++) {
            StyleEncoder encoder = new StyleEncoder(WIDTH, STYLE);
            encoder.initialize(manager, DataType.FLOAT32, image(m).getShape());
            golden.part("style." + m, encoder);

            NDArray code = pass.apply(encoder, image(m));

            assertClose("style " + m, code, golden.middle("style").get(":,{}", m));
        }
    }

    @Test
    void gatesAndFusedFeaturesOfEveryLevel() {
        NDList stacked = contents();
        NDArray subset = golden.subset();

        for (int level = 1; level <= 4; level++) {
            NDArray features = stacked.get(level - 1);
            GatedFusion fusion =
                    GatedFusion.of(golden.modalities(), PYRAMID.channels(level), STYLE);
            fusion.initialize(manager, DataType.FLOAT32, features.getShape());
            golden.part("gate_" + level, fusion.gate());
            golden.part("fusion_" + level, fusion.unit());

            NDArray gates = pass.apply(fusion.gate(), Layers.masked(features, subset));
            NDArray fused = fusion.apply(pass, features, subset);

            assertClose("gate_" + level, gates, golden.middle("gate_" + level));
            assertClose("shared_" + level, fused, golden.middle("shared_" + level));
        }
    }

    /** The features of every level (B, M, C, D, H, W). */
    private NDList contents() {
        NDList stacked = new NDList();
        for (int m = 0; m < golden.modalities(); m++) {
            NDList levels = contentEncoder(m).forward(pass.store(), new NDList(image(m)), true);
            for (int i = 0; i < 4; i++) {
                NDArray one = levels.get(i).expandDims(1);
                if (m == 0) {
                    stacked.add(one);
                } else {
                    stacked.set(i, stacked.get(i).concat(one, 1));
                }
            }
        }
        return stacked;
    }

    private NDArray decoded(String name, NDList features) {
        BranchDecoder decoder =
                new BranchDecoder(
                        PYRAMID, golden.classes(), STYLE, Upsampler.Grid.NEAREST, "seg_logit");
        decoder.initialize(
                manager,
                DataType.FLOAT32,
                features.stream().map(NDArray::getShape).toArray(Shape[]::new));
        golden.part(name, decoder);
        return decoder.forward(pass.store(), features, true).singletonOrThrow();
    }

    @Test
    void segmentationDecoderGivesTheFusedLogits() {
        NDList fused = new NDList();
        for (int level = 1; level <= 4; level++) {
            fused.add(golden.middle("shared_" + level).expandDims(1));
        }

        NDArray logits = decoded("mask_decoder", fused);

        assertClose("fused", logits.squeeze(1), golden.output("fused_logits"));
    }

    @Test
    void branchDecoderSegmentsFromUnmaskedContent() {
        NDArray logits = decoded("branch_decoder", contents());

        for (int m = 0; m < golden.modalities(); m++) {
            String name = "branch_logits_" + m;
            assertClose(name, logits.get(":,{}", m), golden.output(name));
        }
    }

    @Test
    void imageDecoderRestoresTheImageInItsStyle() {
        NDArray fused = golden.middle("shared_4");
        for (int m = 0; m < golden.modalities(); m++) {
            NDArray code = golden.middle("style").get(":,{}", m);
            ImageDecoder decoder = new ImageDecoder(PYRAMID, STYLE);
            Shape[] shapes = {fused.getShape(), code.getShape()};
            decoder.initialize(manager, DataType.FLOAT32, shapes);
            golden.part("image_decoder." + m, decoder);

            NDList outputs = decoder.forward(pass.store(), new NDList(fused, code), true);

            assertThat(outputs)
                    .extracting(NDArray::getShape)
                    .containsExactly(decoder.getOutputShapes(shapes));
            PaddedConv3d last = STYLE.convolution(1, 7, 1);
            last.initialize(manager, DataType.FLOAT32, outputs.get(0).getShape());
            golden.part("g_logit", last);
            NDArray image = pass.apply(last, outputs.get(0));
            assertClose("mu " + m, outputs.get(1), golden.middle("mu").get(":,{}", m));
            assertClose("sigma " + m, outputs.get(2), golden.middle("sigma").get(":,{}", m));
            assertClose("recon " + m, image, golden.output("recon").get(":,{}:{}", m, m + 1));
        }
    }

    @Test
    void lossesOfImagesAndStyles() {
        NDArray all = manager.ones(golden.present().getShape());

        NDArray l1 = RobustSegLosses.l1(golden.x(), golden.output("recon"), all);
        NDArray kl = RobustSegLosses.kl(golden.middle("mu"), golden.middle("sigma"), all);

        for (int m = 0; m < golden.modalities(); m++) {
            assertThat((double) l1.getFloat(m))
                    .isCloseTo(golden.loss("l1")[m], withinPercentage(1e-3));
            assertThat((double) kl.getFloat(m))
                    .isCloseTo(golden.loss("kl")[m], withinPercentage(1e-3));
        }
    }

    @Test
    void lossesLeaveTheirOutputOnly() {
        Encoder encoder = contentEncoder(0);
        try (NDManager scope = manager.newSubManager()) {
            NDArray x = scope.randomNormal(new Shape(2, 3, 2, 2, 2));
            NDArray other = scope.randomNormal(x.getShape());
            NDArray style = scope.randomNormal(new Shape(2, 3, 4));
            NDArray present = scope.ones(new Shape(2, 3));
            int before = scope.getManagedArrays().size();
            // This counts the arrays of the scope too.
            int all = manager.getManagedArrays().size();

            RobustSegLosses.l1(x, other, present);
            RobustSegLosses.kl(style, style, present);
            RobustSegLosses.l2(pass, List.of(encoder), x);

            assertThat(scope.getManagedArrays()).hasSize(before + 3);
            assertThat(manager.getManagedArrays().size()).isEqualTo(all + 3);
        }
    }
}
