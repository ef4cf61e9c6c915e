/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.rfnet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.networks.Chain;
import io.github.gssloss.networks.ConvStyle;
import io.github.gssloss.networks.ForwardPass;
import io.github.gssloss.networks.Layer;
import io.github.gssloss.networks.Layers;

/**
 * The region-aware fusion module (RFM) of a level of C channels. In the region of class k, given by
 * its probability map P_k, the modalities' features x_m are weighed by how they look there:
 *
 * <p>descriptor d_k = [mean(x_m P_k) / (mean P_k + 1e-7) for all m and channels, mean P_k + 1e-7];
 * weights w_k = gate_k(d_k); region feature = sum over m of w_km x_m P_k.
 *
 * <p>The features of all regions are fused to C/2 channels, as are the x_m themselves in a
 * shortcut. Inputs: masked features (B, M C, D, H, W) and probability maps (B, classes, D, H, W),
 * through which no gradient flows; output (B, C, D, H, W), regions first.
 */
final class RegionFusion extends Layer {

    private static final double EPSILON = 1e-7;

    private final ModalityWeights modalityWeights;
    private final Chain regions;
    private final Chain shortcut;
    private final int channels;
    private final int classes;

    RegionFusion(int modalities, int channels, int classes, ConvStyle style) {
        this.channels = channels;
        this.classes = classes;
        modalityWeights = addChildBlock("modal_fusion", new ModalityWeights(modalities, classes));
        regions =
                addChildBlock(
                        "region_fusion", Chain.named("fusion_layer", narrowing(channels, style)));
        shortcut = addChildBlock("short_cut", narrowing(channels, style));
    }

    private static Chain narrowing(int channels, ConvStyle style) {
        return new Chain(
                style.size1(channels), style.size3(channels, 1), style.size1(channels / 2));
    }

    @Override
    protected NDList forward(ForwardPass pass, NDList inputs) {
        NDArray features = inputs.get(0);
        NDArray weighed;
        try (NDArray maps = inputs.get(1).stopGradient();
                NDArray descriptors = descriptors(features, maps);
                NDArray weights = pass.apply(modalityWeights, descriptors)) {
            weighed = weigh(features, maps, weights);
        }
        try (NDArray fused = pass.applyAndClose(regions, weighed);
                NDArray direct = pass.apply(shortcut, features)) {
            return new NDList(fused.concat(direct, 1));
        }
    }

    /** Returns (B, classes, M C + 1). A product over the voxels spares one copy of x per class. */
    private NDArray descriptors(NDArray features, NDArray maps) {
        long batch = features.getShape().get(0);
        long voxels = maps.getShape().size() / (batch * classes);
        try (NDArray x = features.reshape(batch, features.getShape().get(1), voxels);
                NDArray rows = x.transpose(0, 2, 1);
                NDArray p = maps.reshape(batch, classes, voxels);
                NDArray sums = p.matMul(rows);
                NDArray volume = p.sum(new int[] {2}, true);
                // sum(x p) / (sum p + V eps) is mean(x p) / (mean p + eps).
                NDArray divisor = volume.add(voxels * EPSILON);
                NDArray means = sums.div(divisor);
                NDArray share = p.mean(new int[] {2}, true);
                NDArray presence = share.add(EPSILON)) {
            return means.concat(presence, 2);
        }
    }

    /** Returns (B, classes * C, D, H, W): the modalities are summed before the map is applied. */
    private NDArray weigh(NDArray features, NDArray maps, NDArray weights) {
        Shape shape = features.getShape();
        long batch = shape.get(0);
        long voxels = maps.getShape().size() / (batch * classes);
        try (NDArray x = features.reshape(batch, shape.get(1) / channels, channels * voxels);
                NDArray sum = weights.matMul(x);
                NDArray perClass = sum.reshape(batch, classes, channels, voxels);
                NDArray p = maps.reshape(batch, classes, 1, voxels)) {
            // In place: nothing but this product needs the sum, and it is large.
            perClass.muli(p);
            return perClass.reshape(Layers.withChannels(shape, (long) classes * channels));
        }
    }

    @Override
    protected void initializeChildBlocks(
            NDManager manager, DataType dataType, Shape... inputShapes) {
        Shape features = inputShapes[0];
        modalityWeights.initialize(
                manager, dataType, new Shape(features.get(0), classes, features.get(1) + 1));
        regions.initialize(
                manager, dataType, Layers.withChannels(features, (long) classes * channels));
        shortcut.initialize(manager, dataType, features);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {Layers.withChannels(inputShapes[0], channels)};
    }
}
