/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.uhved;

import io.github.gssloss.networks.Axes;
import io.github.gssloss.networks.WeightShapes;
import java.util.stream.IntStream;

/** Builds a {@link Uhved}; every default is the published network's. */
public final class UhvedBuilder {

    private int modalities = 4;
    private int classes;
    private int width = 8;
    private Axes axes = Axes.ALL;
    private Noise noise = Noise.standardNormal();

    UhvedBuilder() {}

    /**
     * Sets the number of modalities, 4 by default.
     *
     * @param modalities at least 1
     * @return this builder
     */
    public UhvedBuilder optModalities(int modalities) {
        this.modalities = modalities;
        return this;
    }

    /**
     * Sets the number of classes, background included.
     *
     * @param classes at least 2
     * @return this builder
     */
    public UhvedBuilder setClasses(int classes) {
        this.classes = classes;
        return this;
    }

    /**
     * Sets the channels of the encoders' finest level; the published network has 8, the default.
     *
     * @param width a positive even number
     * @return this builder
     */
    public UhvedBuilder optWidth(int width) {
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
    public UhvedBuilder optAxes(Axes axes) {
        this.axes = axes;
        return this;
    }

    /**
     * Sets what the latents are drawn with in training, by default the engine's generator.
     *
     * @param noise the noise
     * @return this builder
     */
    public UhvedBuilder optNoise(Noise noise) {
        this.noise = noise;
        return this;
    }

    /**
     * Sets modalities, classes, width and axes as the weights of a checkpoint have them.
     *
     * @param weights the shapes of the weights
     * @return this builder
     * @throws io.github.gssloss.files.UserInputException if the arrays that tell it are missing or
     *     of another kind
     */
    public UhvedBuilder sizedAs(WeightShapes weights) {
        width = weights.size("encoder.0.conv_0.weight", 5, 0);
        axes = weights.axes("encoder.0.block_1.conv_0.weight");
        classes = weights.size("seg.final.weight", 5, 0);
        modalities =
                Math.toIntExact(
                        IntStream.iterate(0, m -> m + 1)
                                .takeWhile(m -> weights.has("encoder." + m + ".conv_0.weight"))
                                .count());
        return this;
    }

    /**
     * Builds the network.
     *
     * @return the network, not yet initialised
     * @throws IllegalArgumentException if the number of modalities, of classes or the width does
     *     not fit
     */
    public Uhved build() {
        require(modalities >= 1, "modalities: expected at least 1, got " + modalities);
        require(classes >= 2, "classes: expected at least 2, got " + classes);
        require(
                width >= 2 && width % 2 == 0,
                "width: expected a positive even number, got " + width);
        return new Uhved(modalities, classes, width, axes, noise);
    }

    private static void require(boolean fits, String message) {
        if (!fits) {
            throw new IllegalArgumentException(message);
        }
    }
}
