/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.networks.rfnet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.github.gssloss.examples.networks.Layers;
import io.github.gssloss.examples.networks.PaddingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * RFNet, a segmentation network of four MRI modalities of which any subset may be given (see the
 * package for the paper): one encoder per modality, a decoder that fuses a subset, and one decoder
 * that segments from each modality alone and exists for training only.
 *
 * <p>Inputs: {@code x} (B, 4, D, H, W) in the order flair, t1ce, t1, t2, with D, H, W divisible by
 * 8 and at least 16; {@code subset} (B, 4), boolean or float32 0 and 1, the modalities that the
 * fusion may use. The encoders always see all four; the features of the others are zeroed before
 * the fusion.
 *
 * <p>Outputs in training, each (B, classes, D, H, W) and named as in {@link #OUTPUT_NAMES}: the
 * fused probabilities; the probabilities of the four branches; the probability maps of level 1 to
 * 4; the logits of the four branches. Outside training: the fused probabilities alone.
 *
 * <p>Every parameter's place in the tree of blocks is its name in the published checkpoints.
 * Instances keep nothing of a forward pass.
 */
public final class RfNet extends AbstractBlock {

    /** Modalities, and so encoders and branches. */
    public static final int MODALITIES = 4;

    /** Names of the outputs in training, in their order. */
    public static final List<String> OUTPUT_NAMES = outputNames();

    /** Levels of resolution, each half of the one before. */
    static final int LEVELS = 4;

    private final int classes;
    private final List<Encoder> encoders = new ArrayList<>();
    private final FusedDecoder fusedDecoder;
    private final BranchDecoder branchDecoder;

    private RfNet(Builder builder) {
        classes = builder.classes;
        for (String modality : modalities()) {
            Encoder encoder = new Encoder(builder.width, builder.padding);
            encoders.add(addChildBlock(modality + "_encoder", encoder));
        }
        fusedDecoder =
                addChildBlock(
                        "decoder_fuse", new FusedDecoder(builder.width, classes, builder.padding));
        branchDecoder =
                addChildBlock(
                        "decoder_sep", new BranchDecoder(builder.width, classes, builder.padding));
        inputNames = List.of("x", "subset");
    }

    /**
     * Creates a builder.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** {@inheritDoc} */
    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        RfNetInputs.checkCount(inputs.size());
        NDArray x = inputs.get(0);
        NDArray subset = inputs.get(1);
        RfNetInputs.checkShapes(x.getShape(), subset.getShape());
        RfNetInputs.checkSubsetType(subset);
        try (NDList features = encode(parameterStore, x, training)) {
            NDList fused = fuseAll(parameterStore, features, subset, training);
            if (!training) {
                return fused;
            }
            NDList outputs = new NDList(fused.head());
            try (NDArray logits = branchDecoder.forward(parameterStore, features, true).head();
                    NDArray probabilities = logits.softmax(2)) {
                addBranches(outputs, probabilities);
                outputs.addAll(fused.subList(1, fused.size()));
                addBranches(outputs, logits);
            }
            for (int i = 0; i < outputs.size(); i++) {
                outputs.get(i).setName(OUTPUT_NAMES.get(i));
            }
            return outputs;
        }
    }

    /**
     * Runs the encoders: the part of the network that does not depend on the subset.
     *
     * @param parameterStore where the parameters are
     * @param x the images (B, 4, D, H, W)
     * @param training whether this is a training forward pass
     * @return the features of level 1 to 4, each (B, 4, C, D, H, W) with C and the resolution of
     *     the level, on the manager of {@code x}; the caller closes them
     * @throws IllegalArgumentException if the shape or the data type does not fit
     */
    public NDList encode(ParameterStore parameterStore, NDArray x, boolean training) {
        RfNetInputs.checkShape(x.getShape());
        RfNetInputs.checkType(x, getParameters().get(0).getValue().getArray().getDataType());
        List<NDList> perLevel = Stream.generate(NDList::new).limit(LEVELS).toList();
        for (int m = 0; m < MODALITIES; m++) {
            try (NDArray image = x.get(":,{}:{}", m, m + 1)) {
                NDList features =
                        encoders.get(m).forward(parameterStore, new NDList(image), training);
                IntStream.range(0, LEVELS).forEach(i -> perLevel.get(i).add(features.get(i)));
            }
        }
        NDList stacked = new NDList(LEVELS);
        for (NDList level : perLevel) {
            try (level) {
                stacked.add(NDArrays.stack(level, 1));
            }
        }
        return stacked;
    }

    /**
     * Fuses the features of a subset of the modalities and segments, outside training. The same
     * features serve any number of subsets.
     *
     * @param parameterStore where the parameters are
     * @param features what {@link #encode} returned, left open
     * @param subset the modalities to use (B, 4), boolean or float32 0 and 1
     * @return the fused probabilities (B, classes, D, H, W), on the manager of the features
     * @throws IllegalArgumentException if the shape or the data type of the subset does not fit
     */
    public NDArray fuse(ParameterStore parameterStore, NDList features, NDArray subset) {
        RfNetInputs.checkSubset(features.get(0).getShape().get(0), subset.getShape());
        RfNetInputs.checkSubsetType(subset);
        return fuseAll(parameterStore, features, subset, false).head();
    }

    private NDList fuseAll(
            ParameterStore parameterStore, NDList features, NDArray subset, boolean training) {
        // A copy of the engine's own: autograd would not keep an array over a Java buffer alive.
        try (NDArray typed = subset.toType(features.head().getDataType(), true);
                NDArray mask = typed.duplicate()) {
            NDList inputs = new NDList(features);
            inputs.add(mask);
            return fusedDecoder.forward(parameterStore, inputs, training);
        }
    }

    private static void addBranches(NDList outputs, NDArray all) {
        try (NDList branches = all.split(MODALITIES, 1)) {
            branches.forEach(branch -> outputs.add(branch.squeeze(1)));
        }
    }

    /** {@inheritDoc} */
    @Override
    protected void beforeInitialize(Shape... inputShapes) {
        RfNetInputs.checkCount(inputShapes.length);
        RfNetInputs.checkShapes(inputShapes[0], inputShapes[1]);
        super.beforeInitialize(inputShapes);
    }

    /** {@inheritDoc} */
    @Override
    protected void initializeChildBlocks(
            NDManager manager, DataType dataType, Shape... inputShapes) {
        Shape x = inputShapes[0];
        Shape image = Layers.withChannels(x, 1);
        encoders.forEach(encoder -> encoder.initialize(manager, dataType, image));
        Shape[] levels = encoders.get(0).getOutputShapes(new Shape[] {image});
        Shape[] stacked = new Shape[LEVELS + 1];
        for (int i = 0; i < LEVELS; i++) {
            long[] s = levels[i].getShape();
            stacked[i] = new Shape(s[0], MODALITIES, s[1], s[2], s[3], s[4]);
        }
        stacked[LEVELS] = inputShapes[1];
        fusedDecoder.initialize(manager, dataType, stacked);
        branchDecoder.initialize(manager, dataType, Arrays.copyOf(stacked, LEVELS));
    }

    /**
     * Returns the shape of the fused probabilities, the only output outside training; the outputs
     * of training all have it too.
     *
     * @param inputShapes the shapes of x and subset
     * @return (B, classes, D, H, W)
     */
    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {Layers.withChannels(inputShapes[0], classes)};
    }

    /** Returns the channels of a level, 1 to 4. */
    static int channels(int width, int level) {
        return width << (level - 1);
    }

    private static List<String> modalities() {
        return List.of("flair", "t1ce", "t1", "t2");
    }

    private static List<String> outputNames() {
        List<String> names = new ArrayList<>(List.of("fused"));
        modalities().forEach(modality -> names.add("branch_prob_" + modality));
        IntStream.rangeClosed(1, LEVELS).forEach(level -> names.add("prm_" + level));
        modalities().forEach(modality -> names.add("branch_logits_" + modality));
        return List.copyOf(names);
    }

    /** Builds an {@link RfNet}. */
    public static final class Builder {

        private int classes;
        private int width = 16;
        private PaddingMode padding = PaddingMode.ZEROS;

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
         * Builds the network.
         *
         * @return the network, not yet initialised
         * @throws IllegalArgumentException if the number of classes or the width does not fit
         */
        public RfNet build() {
            if (classes < 2) {
                throw new IllegalArgumentException("classes: expected at least 2, got " + classes);
            }
            if (width < 4 || width % 4 != 0) {
                throw new IllegalArgumentException(
                        "width: expected a positive multiple of 4, got " + width);
            }
            return new RfNet(this);
        }
    }
}
