/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * The decoder that segments from one modality alone, the same for all of them: they pass it as one
 * batch. Inputs: the features of every level, the finest first, each (B, M, C, D, H, W) for M
 * modalities; output: the logits (B, M, classes, D, H, W).
 */
public final class BranchDecoder extends Layer {

    /** The coarsest but one first. */
    private final List<Stage> stages = new ArrayList<>();

    private final PaddedConv3d head;
    private final Upsampler.Grid grid;
    private final Axes axes;
    private final int levels;
    private final int classes;

    /**
     * Creates the decoder of RFNet and mmFormer: trilinear upsampling, and the last convolution is
     * named {@code seg_layer}.
     *
     * @param pyramid the levels of the features
     * @param classes the number of classes
     * @param style how it builds its blocks
     */
    public BranchDecoder(Pyramid pyramid, int classes, BlockStyle style) {
        this(pyramid, classes, style, Upsampler.Grid.BOTH_ENDS, "seg_layer");
    }

    /**
     * Creates the decoder.
     *
     * @param pyramid the levels of the features
     * @param classes the number of classes
     * @param style how it builds its blocks
     * @param grid where it reads the voxels of the next finer level
     * @param headName the name of the last convolution, 1^3 to the classes
     */
    public BranchDecoder(
            Pyramid pyramid, int classes, BlockStyle style, Upsampler.Grid grid, String headName) {
        this.grid = grid;
        this.axes = style.axes();
        this.levels = pyramid.levels();
        this.classes = classes;
        for (int level = levels - 1; level >= 1; level--) {
            Stage stage = Stage.of(pyramid.channels(level), style);
            stage.addTo(level, this::addChildBlock);
            stages.add(stage);
        }
        head = addChildBlock(headName, PaddedConv3d.ofSize1(classes));
    }

    /** {@inheritDoc} */
    @Override
    protected NDList forward(ForwardPass pass, NDList inputs) {
        NDArray coarsest = inputs.get(levels - 1);
        try (Upsampler upsampler = new Upsampler(coarsest, grid, axes)) {
            NDArray x = coarsest.flatten(0, 1);
            for (int i = 0; i < stages.size(); i++) {
                Stage stage = stages.get(i);
                NDArray decoded = stage.enter(pass, x, upsampler);
                NDArray skip = inputs.get(levels - 2 - i).flatten(0, 1);
                x = stage.merge(pass, decoded, skip);
            }
            try (NDArray logits = pass.applyAndClose(head, x)) {
                long[] s = logits.getShape().getShape();
                long modalities = coarsest.getShape().get(1);
                return new NDList(
                        logits.reshape(s[0] / modalities, modalities, s[1], s[2], s[3], s[4]));
            }
        }
    }

    /** {@inheritDoc} */
    @Override
    protected void initializeChildBlocks(
            NDManager manager, DataType dataType, Shape... inputShapes) {
        for (int i = 0; i < stages.size(); i++) {
            stages.get(i).initialize(manager, dataType, batched(inputShapes[levels - 2 - i]));
        }
        head.initialize(manager, dataType, batched(inputShapes[0]));
    }

    /** {@inheritDoc} */
    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        long[] s = inputShapes[0].getShape();
        return new Shape[] {new Shape(s[0], s[1], classes, s[3], s[4], s[5])};
    }

    private static Shape batched(Shape grouped) {
        long[] s = grouped.getShape();
        return new Shape(s[0] * s[1], s[2], s[3], s[4], s[5]);
    }
}
