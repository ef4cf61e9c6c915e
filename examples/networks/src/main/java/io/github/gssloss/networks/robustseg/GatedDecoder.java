/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.robustseg;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import io.github.gssloss.networks.BranchDecoder;
import io.github.gssloss.networks.ForwardPass;
import io.github.gssloss.networks.Layers;
import io.github.gssloss.networks.Pyramid;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The part of the network that fuses a subset at every level and segments from what is fused. It is
 * no block itself, as the names of its blocks are the network's own.
 */
final class GatedDecoder {

    private final List<GatedFusion> fusions = new ArrayList<>();
    private final BranchDecoder segmentation;

    GatedDecoder(int modalities, Pyramid pyramid, UnitStyle style, BranchDecoder segmentation) {
        for (int level = 1; level <= pyramid.levels(); level++) {
            fusions.add(GatedFusion.of(modalities, pyramid.channels(level), style));
        }
        this.segmentation = segmentation;
    }

    /** Hands over the blocks under their published names, or those that take their place. */
    void addTo(BiConsumer<String, Block> add) {
        for (int level = 1; level <= fusions.size(); level++) {
            add.accept("gate_" + level, fusions.get(level - 1).gate());
            add.accept("fusion_" + level, fusions.get(level - 1).unit());
        }
        add.accept("mask_decoder", segmentation);
    }

    /** The block whose weights decay. */
    Block decaying() {
        return segmentation;
    }

    /**
     * Fuses a subset.
     *
     * @param pass the forward pass
     * @param features the features of every level (B, M, C, D, H, W), left open
     * @param subset (B, M) as 0 and 1 of the features' type, left open
     * @return the fused features of every level (B, C, D, H, W)
     */
    NDList fuse(ForwardPass pass, NDList features, NDArray subset) {
        NDList fused = new NDList(fusions.size());
        for (int i = 0; i < fusions.size(); i++) {
            fused.add(fusions.get(i).apply(pass, features.get(i), subset));
        }
        return fused;
    }

    /**
     * Computes how much each modality counts.
     *
     * @param pass the forward pass
     * @param features the features of every level (B, M, C, D, H, W), left open
     * @param subset (B, M) as 0 and 1 of the features' type, left open
     * @return the gates of every level (B, M, D, H, W)
     */
    NDList gates(ForwardPass pass, NDList features, NDArray subset) {
        NDList gates = new NDList(fusions.size());
        for (int i = 0; i < fusions.size(); i++) {
            try (NDArray masked = Layers.masked(features.get(i), subset)) {
                gates.add(pass.apply(fusions.get(i).gate(), masked));
            }
        }
        return gates;
    }

    /**
     * Segments.
     *
     * @param pass the forward pass
     * @param fused the fused features of every level, left open
     * @return the logits (B, classes, D, H, W)
     */
    NDArray segment(ForwardPass pass, NDList fused) {
        NDList single = new NDList(fused.size());
        fused.forEach(level -> single.add(level.expandDims(1)));
        try (single;
                NDArray logits =
                        segmentation
                                .forward(pass.store(), single, pass.training())
                                .singletonOrThrow()) {
            return logits.squeeze(1);
        }
    }

    /**
     * Initialises the blocks.
     *
     * @param manager the manager of the parameters
     * @param dataType their type
     * @param features the shapes of the features of every level (B, M, C, D, H, W)
     */
    void initialize(NDManager manager, DataType dataType, Shape... features) {
        Shape[] single = new Shape[features.length];
        for (int i = 0; i < features.length; i++) {
            fusions.get(i).initialize(manager, dataType, features[i]);
            single[i] = new Shape(features[i].get(0), 1).addAll(features[i].slice(2));
        }
        segmentation.initialize(manager, dataType, single);
    }
}
