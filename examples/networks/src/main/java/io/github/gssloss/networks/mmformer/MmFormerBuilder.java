/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.mmformer;

import io.github.gssloss.networks.Axes;
import io.github.gssloss.networks.ConvBlock;
import io.github.gssloss.networks.ConvStyle;
import io.github.gssloss.networks.PaddingMode;
import io.github.gssloss.networks.Pyramid;
import io.github.gssloss.networks.PyramidNetwork;
import io.github.gssloss.networks.TrainingOutputs;
import io.github.gssloss.networks.WeightShapes;
import java.util.List;

/** Builds an {@link MmFormer}; every default is the published network's. */
public final class MmFormerBuilder {

    private List<String> modalities = PyramidNetwork.BRATS;
    private int classes;
    private int width = 8;
    private int patch = 8;
    private int heads = 8;
    private int tokenWidth = 512;
    private int hiddenWidth = 4096;
    private double dropout = 0.1;
    private Axes axes = Axes.ALL;
    private PaddingMode padding = PaddingMode.REFLECT;
    private PaddingMode fusionPadding = PaddingMode.ZEROS;

    MmFormerBuilder() {}

    /**
     * Sets the number of classes, background included.
     *
     * @param classes at least 2
     * @return this builder
     */
    public MmFormerBuilder setClasses(int classes) {
        this.classes = classes;
        return this;
    }

    /**
     * Sets the names of the modalities in the order of the channels of {@code x}; those of BraTS,
     * flair, t1ce, t1, t2, are the default.
     *
     * @param modalities at least one name, each once, of letters, digits, {@code _} and {@code -}
     * @return this builder
     */
    public MmFormerBuilder optModalities(List<String> modalities) {
        this.modalities = List.copyOf(modalities);
        return this;
    }

    /**
     * Sets the channels of the finest level, 8 by default.
     *
     * @param width at least 1
     * @return this builder
     */
    public MmFormerBuilder optWidth(int width) {
        this.width = width;
        return this;
    }

    /**
     * Sets the patch size: the voxels of the coarsest level along each axis, of 16 voxels of the
     * images each. 8 by default, for images of 128^3.
     *
     * @param patch at least 2, so that the coarsest level can be normed and padded
     * @return this builder
     */
    public MmFormerBuilder optPatch(int patch) {
        this.patch = patch;
        return this;
    }

    /**
     * Sets the heads of every attention, 8 by default.
     *
     * @param heads at least 1
     * @return this builder
     */
    public MmFormerBuilder optHeads(int heads) {
        this.heads = heads;
        return this;
    }

    /**
     * Sets the channels of a token, T, 512 by default.
     *
     * @param tokenWidth a positive multiple of the heads
     * @return this builder
     */
    public MmFormerBuilder optTokenWidth(int tokenWidth) {
        this.tokenWidth = tokenWidth;
        return this;
    }

    /**
     * Sets the channels within the transformers' feed-forward steps, 4096 by default.
     *
     * @param hiddenWidth at least 1
     * @return this builder
     */
    public MmFormerBuilder optHiddenWidth(int hiddenWidth) {
        this.hiddenWidth = hiddenWidth;
        return this;
    }

    /**
     * Sets the rate of every dropout in the transformers, 0.1 by default.
     *
     * @param dropout from 0 to below 1
     * @return this builder
     */
    public MmFormerBuilder optDropout(double dropout) {
        this.dropout = dropout;
        return this;
    }

    /**
     * Sets the axes that the network works along, all three by default. Images have one voxel along
     * a flat one: the network is then two-dimensional, with weights of its own.
     *
     * @param axes the axes
     * @return this builder
     */
    public MmFormerBuilder optAxes(Axes axes) {
        this.axes = axes;
        return this;
    }

    /**
     * Sets the padding of the 3^3 convolutions outside the fusion, by reflection by default.
     *
     * @param padding the padding
     * @return this builder
     */
    public MmFormerBuilder optPadding(PaddingMode padding) {
        this.padding = padding;
        return this;
    }

    /**
     * Sets the padding of the fusion's 3^3 convolutions. The published network leaves them at
     * zeros, the default, while it reflects everywhere else.
     *
     * @param fusionPadding the padding
     * @return this builder
     */
    public MmFormerBuilder optFusionPadding(PaddingMode fusionPadding) {
        this.fusionPadding = fusionPadding;
        return this;
    }

    /**
     * Sets modalities, classes, width, axes, patch size and the transformers' widths as the weights
     * of a checkpoint have them. The modalities come in the order of their encoders there. The
     * number of heads cannot be seen in the weights.
     *
     * @param weights the shapes of the weights
     * @return this builder
     * @throws io.github.gssloss.files.UserInputException if the arrays that tell it are missing or
     *     of another kind
     */
    public MmFormerBuilder sizedAs(WeightShapes weights) {
        modalities = weights.before("_encoder.e1_c1.weight");
        String first = modalities.get(0);
        width = weights.size(first + "_encoder.e1_c1.weight", 5, 0);
        classes = weights.size("decoder_fuse.seg_layer.weight", 5, 0);
        tokenWidth = weights.size(first + "_encode_conv.weight", 5, 0);
        hiddenWidth =
                weights.size(first + "_transformer.cross_ffn_list.0.fn.fn.net.0.weight", 2, 0);
        axes = weights.axes(first + "_encoder.e1_c1.weight");
        patch = weights.side(first + "_pos", 3, 1, axes);
        return this;
    }

    /**
     * Builds the network.
     *
     * @return the network, not yet initialised
     * @throws IllegalArgumentException if a value is outside its range; the message names it
     */
    public MmFormer build() {
        check("classes", classes, 2);
        check("width", width, 1);
        check("patch", patch, 2);
        check("heads", heads, 1);
        check("hiddenWidth", hiddenWidth, 1);
        if (tokenWidth < 1 || tokenWidth % heads != 0) {
            throw new IllegalArgumentException(
                    "tokenWidth: expected a positive multiple of the "
                            + heads
                            + " heads, got "
                            + tokenWidth);
        }
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("dropout: expected 0 to below 1, got " + dropout);
        }
        return new MmFormer(
                this,
                new Pyramid(MmFormer.LEVELS, width),
                new ConvStyle(ConvBlock.Order.NORM_FIRST, padding, axes));
    }

    private static void check(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    name + ": expected at least " + least + ", got " + value);
        }
    }

    TrainingOutputs outputs() {
        return MmFormer.outputs(modalities);
    }

    int classes() {
        return classes;
    }

    int patch() {
        return patch;
    }

    PaddingMode fusionPadding() {
        return fusionPadding;
    }

    Transformer.Size transformer() {
        return new Transformer.Size(tokenWidth, heads, hiddenWidth, (float) dropout);
    }
}
