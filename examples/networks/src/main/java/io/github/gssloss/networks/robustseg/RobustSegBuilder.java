/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.robustseg;

import io.github.gssloss.networks.Axes;
import io.github.gssloss.networks.Pyramid;
import io.github.gssloss.networks.WeightShapes;

/** Builds a {@link RobustSeg}; every default is the published network's. */
public final class RobustSegBuilder {

    private int classes;
    private int modalities = 4;
    private int width = 16;
    private Axes axes = Axes.ALL;
    private boolean sharedLastConvolution = true;

    RobustSegBuilder() {}

    /**
     * Sets the number of classes, background included.
     *
     * @param classes at least 2
     * @return this builder
     */
    public RobustSegBuilder setClasses(int classes) {
        this.classes = classes;
        return this;
    }

    /**
     * Sets the number of modalities, 4 by default.
     *
     * @param modalities at least 1
     * @return this builder
     */
    public RobustSegBuilder optModalities(int modalities) {
        this.modalities = modalities;
        return this;
    }

    /**
     * Sets the channels of the finest level, 16 by default. A style code has 8 numbers at any
     * width.
     *
     * @param width at least 1
     * @return this builder
     */
    public RobustSegBuilder optWidth(int width) {
        this.width = width;
        return this;
    }

    /**
     * Sets the axes that the network works along, all three by default. Images have one voxel along
     * a flat one: the network is then two-dimensional, with weights of its own.
     *
     * @param axes the axes
     * @return this builder
     */
    public RobustSegBuilder optAxes(Axes axes) {
        this.axes = axes;
        return this;
    }

    /**
     * Sets whether the image decoders share their last convolution, as in the published code, or
     * have one each, which seems to have been meant. They share it by default.
     *
     * @param shared whether they share it
     * @return this builder
     */
    public RobustSegBuilder optSharedLastConvolution(boolean shared) {
        this.sharedLastConvolution = shared;
        return this;
    }

    /**
     * Sets modalities, classes, width, axes and whether the last convolution is shared as the
     * weights of a checkpoint have them.
     *
     * @param weights the shapes of the weights
     * @return this builder
     * @throws io.github.gssloss.files.UserInputException if the arrays that tell it are missing or
     *     of another kind
     */
    public RobustSegBuilder sizedAs(WeightShapes weights) {
        width = weights.size("content.0.e1_c1.conv.weight", 5, 0);
        axes = weights.axes("content.0.e1_c1.conv.weight");
        modalities = weights.size("gate_1.conv.weight", 5, 0);
        classes = weights.size("mask_decoder.seg_logit.weight", 5, 0);
        sharedLastConvolution = weights.has(Reconstruction.LAST + ".weight");
        return this;
    }

    /**
     * Builds the network.
     *
     * @return the network, not yet initialised
     * @throws IllegalArgumentException if a value is outside its range; the message names it
     */
    public RobustSeg build() {
        check("classes", classes, 2);
        check("modalities", modalities, 1);
        check("width", width, 1);
        Pyramid pyramid = new Pyramid(RobustSeg.LEVELS, width);
        return new RobustSeg(modalities, classes, pyramid, axes, sharedLastConvolution);
    }

    private static void check(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    name + ": expected at least " + least + ", got " + value);
        }
    }
}
