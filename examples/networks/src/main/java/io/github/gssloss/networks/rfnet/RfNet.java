/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.rfnet;

import ai.djl.ndarray.NDManager;
import io.github.gssloss.networks.Axes;
import io.github.gssloss.networks.Checkpoint;
import io.github.gssloss.networks.ConvBlock;
import io.github.gssloss.networks.ConvStyle;
import io.github.gssloss.networks.ModalityNetwork;
import io.github.gssloss.networks.PaddingMode;
import io.github.gssloss.networks.Pyramid;
import io.github.gssloss.networks.PyramidNetwork;
import io.github.gssloss.networks.TrainingOutputs;
import io.github.gssloss.networks.WeightShapes;
import io.github.gssloss.networks.weights.BlockWeights;
import java.nio.file.Path;
import java.util.List;

/**
 * RFNet (see the package for the paper). Its fusion weighs the modalities region by region.
 *
 * <p>Inputs: {@code x} (B, M, D, H, W) with D, H, W divisible by 8 and at least 16; {@code subset}
 * (B, M). Outputs in training, each (B, classes, D, H, W): the fused probabilities; the
 * probabilities of the M branches; the probability maps of level 1 to 4; the logits of the M
 * branches. See {@link ModalityNetwork} for the rest.
 */
public final class RfNet extends PyramidNetwork {

    /** Levels of resolution, each half of the one before. */
    static final int LEVELS = 4;

    private RfNet(TrainingOutputs outputs, int classes, Pyramid pyramid, ConvStyle style) {
        super(
                "RFNet",
                outputs,
                classes,
                pyramid,
                style,
                new RfNetDecoder(pyramid, outputs.modalities().size(), classes, style));
    }

    /**
     * Describes what a network of some modalities gives in training.
     *
     * @param modalities their names
     * @return the outputs
     */
    public static TrainingOutputs outputs(List<String> modalities) {
        return TrainingOutputs.withAuxiliary(modalities, "prm_", LEVELS);
    }

    /**
     * Creates a builder.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Makes the network that a file of weights belongs to, with these weights. Padding, which
     * weights do not tell, is zeros as published.
     *
     * @param weights an {@code .npz} file as {@link BlockWeights#save} writes it
     * @param manager the owner of the parameters
     * @return the network, initialised
     * @throws io.github.gssloss.files.UserInputException if the file cannot be read or does not
     *     hold the weights of an RFNet
     */
    public static RfNet load(Path weights, NDManager manager) {
        return Checkpoint.load(weights, manager, shapes -> builder().sizedAs(shapes).build());
    }

    /** Builds an {@link RfNet}. */
    public static final class Builder {

        private List<String> modalities = BRATS;
        private int classes;
        private int width = 16;
        private PaddingMode padding = PaddingMode.ZEROS;
        private Axes axes = Axes.ALL;

        private Builder() {}

        /**
         * Sets the number of classes, background included.
         *
         * @param classes at least 2
         * @return this builder
         */
        public Builder setClasses(int classes) {
            this.classes = classes;
            return this;
        }

        /**
         * Sets the names of the modalities in the order of the channels of {@code x}; those of
         * BraTS, flair, t1ce, t1, t2, are the default.
         *
         * @param modalities at least one name, each once, of letters, digits, {@code _} and {@code
         *     -}
         * @return this builder
         */
        public Builder optModalities(List<String> modalities) {
            this.modalities = List.copyOf(modalities);
            return this;
        }

        /**
         * Sets the channels of the finest level; the published network has 16, the default.
         *
         * @param width a positive multiple of 4
         * @return this builder
         */
        public Builder optWidth(int width) {
            this.width = width;
            return this;
        }

        /**
         * Sets the padding of the 3^3 convolutions; the published weights were trained with zeros,
         * the default.
         *
         * @param padding the padding
         * @return this builder
         */
        public Builder optPadding(PaddingMode padding) {
            this.padding = padding;
            return this;
        }

        /**
         * Sets the axes that the network works along, all three by default. Images have one voxel
         * along a flat one: the network is then two-dimensional, with weights of its own.
         *
         * @param axes the axes
         * @return this builder
         */
        public Builder optAxes(Axes axes) {
            this.axes = axes;
            return this;
        }

        /**
         * Sets modalities, classes, width and axes as the weights of a checkpoint have them. The
         * modalities come in the order of their encoders there.
         *
         * @param weights the shapes of the weights
         * @return this builder
         * @throws io.github.gssloss.files.UserInputException if the arrays that tell it are missing
         *     or of another kind
         */
        public Builder sizedAs(WeightShapes weights) {
            modalities = weights.before("_encoder.e1_c1.conv.weight");
            width = weights.size(modalities.get(0) + "_encoder.e1_c1.conv.weight", 5, 0);
            axes = weights.axes(modalities.get(0) + "_encoder.e1_c1.conv.weight");
            classes = weights.size("decoder_fuse.seg_layer.weight", 5, 0);
            return this;
        }

        /**
         * Builds the network.
         *
         * @return the network, not yet initialised
         * @throws IllegalArgumentException if modalities, the number of classes or the width do not
         *     fit
         */
        public RfNet build() {
            if (classes < 2) {
                throw new IllegalArgumentException("classes: expected at least 2, got " + classes);
            }
            if (width < 4 || width % 4 != 0) {
                throw new IllegalArgumentException(
                        "width: expected a positive multiple of 4, got " + width);
            }
            ConvStyle style = new ConvStyle(ConvBlock.Order.CONVOLUTION_FIRST, padding, axes);
            return new RfNet(outputs(modalities), classes, new Pyramid(LEVELS, width), style);
        }
    }
}
