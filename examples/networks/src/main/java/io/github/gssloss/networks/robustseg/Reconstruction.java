/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.robustseg;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import io.github.gssloss.networks.ForwardPass;
import io.github.gssloss.networks.Layers;
import io.github.gssloss.networks.PaddedConv3d;
import io.github.gssloss.networks.Pyramid;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The part of the network that restores every image from the fused features of level 4 and its own
 * style, in training only. It is no block itself, as the names of its blocks are the network's own.
 */
final class Reconstruction {

    /**
     * What is restored, and how.
     *
     * @param images (B, M, D, H, W)
     * @param styles the style codes (B, M, 8)
     * @param mu the gains of the styles (B, M, 8C)
     * @param sigma the shifts of the styles (B, M, 8C)
     */
    record Restored(NDArray images, NDArray styles, NDArray mu, NDArray sigma) {}

    /** The name of the last convolution that all modalities share. */
    static final String LAST = "g_logit";

    private final List<StyleEncoder> styles = new ArrayList<>();
    private final List<ImageDecoder> decoders = new ArrayList<>();

    /** One for all modalities, or one each. */
    private final List<PaddedConv3d> lasts = new ArrayList<>();

    private final boolean shared;

    /**
     * Creates the blocks.
     *
     * @param modalities M
     * @param pyramid the levels of the fused features
     * @param style how they build their convolutions
     * @param shared whether one last convolution serves all modalities
     */
    Reconstruction(int modalities, Pyramid pyramid, UnitStyle style, boolean shared) {
        this.shared = shared;
        for (int m = 0; m < modalities; m++) {
            styles.add(new StyleEncoder(pyramid.width(), style));
            decoders.add(new ImageDecoder(pyramid, style));
            if (m == 0 || !shared) {
                lasts.add(style.convolution(1, 7, 1));
            }
        }
    }

    /** Hands over the blocks under their published names, or those that take their place. */
    void addTo(BiConsumer<String, Block> add) {
        for (int m = 0; m < styles.size(); m++) {
            add.accept("style." + m, styles.get(m));
            add.accept("image_decoder." + m, decoders.get(m));
        }
        for (int i = 0; i < lasts.size(); i++) {
            add.accept(shared ? LAST : LAST + "." + i, lasts.get(i));
        }
    }

    /** The blocks whose weights decay. */
    List<Block> decaying() {
        List<Block> blocks = new ArrayList<>(styles);
        blocks.addAll(decoders);
        return blocks;
    }

    /**
     * Restores every image.
     *
     * @param pass the forward pass
     * @param x the images (B, M, D, H, W), left open
     * @param coarsest the fused features of level 4 (B, 8C, D/8, H/8, W/8), left open
     * @return what is restored
     */
    Restored apply(ForwardPass pass, NDArray x, NDArray coarsest) {
        try (NDList images = new NDList();
                NDList codes = new NDList();
                NDList mus = new NDList();
                NDList sigmas = new NDList()) {
            for (int m = 0; m < styles.size(); m++) {
                try (NDArray image = x.get(":,{}:{}", m, m + 1)) {
                    NDArray code = pass.apply(styles.get(m), image);
                    codes.add(code);
                    NDList outputs =
                            decoders.get(m)
                                    .forward(
                                            pass.store(),
                                            new NDList(coarsest, code),
                                            pass.training());
                    PaddedConv3d last = lasts.get(shared ? 0 : m);
                    images.add(pass.applyAndClose(last, outputs.get(0)));
                    mus.add(outputs.get(1));
                    sigmas.add(outputs.get(2));
                }
            }
            // Not a concatenation: DJL's drops the gradient of an array that is alone.
            try (NDArray stacked = NDArrays.stack(images, 1)) {
                return new Restored(
                        stacked.squeeze(2),
                        NDArrays.stack(codes, 1),
                        NDArrays.stack(mus, 1),
                        NDArrays.stack(sigmas, 1));
            }
        }
    }

    /**
     * Initialises the blocks.
     *
     * @param manager the manager of the parameters
     * @param dataType their type
     * @param finest the shape of the features of level 1 (B, C, D, H, W)
     * @param coarsest that of level 4 (B, 8C, D/8, H/8, W/8)
     */
    void initialize(NDManager manager, DataType dataType, Shape finest, Shape coarsest) {
        Shape image = Layers.withChannels(finest, 1);
        Shape code = new Shape(finest.get(0), StyleEncoder.CODE);
        styles.forEach(style -> style.initialize(manager, dataType, image));
        decoders.forEach(decoder -> decoder.initialize(manager, dataType, coarsest, code));
        lasts.forEach(last -> last.initialize(manager, dataType, finest));
    }
}
