/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.github.gssloss.djl.OutputLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A segmentation network of four MRI modalities of which any subset may be given: one encoder per
 * modality, a decoder that fuses a subset, and one decoder that segments from each modality alone
 * and exists for training only.
 *
 * <p>Inputs: {@code x} (B, 4, D, H, W) in the order flair, t1ce, t1, t2; {@code subset} (B, 4),
 * boolean or float32 0 and 1, the modalities that the fusion may use. The encoders always see all
 * four; the features of the others are zeroed before the fusion.
 *
 * <p>Outputs in training, each (B, classes, D, H, W) and named as in {@link #outputNames()}: the
 * fused probabilities; the probabilities of the four branches; the auxiliary probabilities; the
 * logits of the four branches. Outside training: the fused probabilities alone.
 *
 * <p>Every parameter's place in the tree of blocks is its name in the published checkpoints.
 * Instances keep nothing of a forward pass.
 */
public abstract class ModalityNetwork extends Layer {

    /** Modalities, and so encoders and branches. */
    public static final int MODALITIES = 4;

    /** The modalities' names in the order of the channels of {@code x}. */
    protected static final List<String> NAMES = List.of("flair", "t1ce", "t1", "t2");

    private final String name;
    private final Pyramid pyramid;
    private final int classes;
    private final List<Encoder> encoders = new ArrayList<>();
    private final Block fusedDecoder;
    private final BranchDecoder branchDecoder;

    /**
     * Creates the network's encoders and decoders.
     *
     * @param name the network's name, for messages
     * @param pyramid the levels of its features
     * @param classes the number of classes
     * @param style how its encoders and the branches' decoder build their convolutions
     * @param fusedDecoder the decoder that fuses a subset
     */
    protected ModalityNetwork(
            String name, Pyramid pyramid, int classes, ConvStyle style, Block fusedDecoder) {
        this.name = name;
        this.pyramid = pyramid;
        this.classes = classes;
        for (String modality : NAMES) {
            encoders.add(addChildBlock(modality + "_encoder", new Encoder(pyramid, style)));
        }
        this.fusedDecoder = addChildBlock("decoder_fuse", fusedDecoder);
        branchDecoder = addChildBlock("decoder_sep", new BranchDecoder(pyramid, classes, style));
        inputNames = List.of("x", "subset");
    }

    /**
     * Returns the names of the outputs in training.
     *
     * @return the names in their order
     */
    public abstract List<String> outputNames();

    /**
     * Returns what the outputs in training are, as the loss has to know it.
     *
     * @return the layout of the outputs
     */
    public abstract OutputLayout layout();

    /**
     * Tells whether an array of the published checkpoints belongs to a part that the published
     * network has but never uses, and that this one leaves out.
     *
     * @param parameter the array's name
     * @return whether it is left out
     */
    public boolean neverUses(String parameter) {
        return false;
    }

    /**
     * Tells whether the images may have so many voxels along an axis.
     *
     * @param side the voxels
     * @return whether they may
     */
    protected abstract boolean fits(long side);

    /**
     * Says which sides {@link #fits} allows.
     *
     * @return what may follow "with D, H, W"
     */
    protected abstract String allowedSides();

    /**
     * Adds what depends on the images alone, not on the subset, beyond the encoders' features.
     *
     * @param pass the forward pass
     * @param features the features of every level, (B, 4, C, D, H, W) each; more may be added
     */
    protected void addEncoded(ForwardPass pass, NDList features) {}

    /**
     * Fuses a subset. This one hands the features of every level and the subset to the decoder.
     *
     * @param pass the forward pass
     * @param features what {@link #encode} returned, left open
     * @param subset (B, 4) as 0 and 1 of the features' type, left open
     * @return the fused probabilities and, in training, the auxiliary ones
     */
    protected NDList fuseMasked(ForwardPass pass, NDList features, NDArray subset) {
        return decode(pass, new NDList(features).addAll(new NDList(subset)));
    }

    /**
     * Runs the fused decoder.
     *
     * @param pass the forward pass
     * @param inputs its inputs, left open
     * @return the fused probabilities and, in training, the auxiliary ones
     */
    protected final NDList decode(ForwardPass pass, NDList inputs) {
        return fusedDecoder.forward(pass.store(), inputs, pass.training());
    }

    /** {@inheritDoc} */
    @Override
    protected NDList forward(ForwardPass pass, NDList inputs) {
        NetworkInputs.checkCount(name, inputs.size());
        NDArray x = inputs.get(0);
        NDArray subset = inputs.get(1);
        checkImages(x.getShape());
        NetworkInputs.checkSubset(x.getShape().get(0), subset.getShape());
        NetworkInputs.checkSubsetType(subset);
        try (NDList features = encode(pass.store(), x, pass.training())) {
            NDList fused = fuseAll(pass, features, subset);
            if (!pass.training()) {
                return fused;
            }
            NDList outputs = new NDList(fused.head());
            try (NDArray logits = branchDecoder.forward(pass.store(), features, true).head();
                    NDArray probabilities = logits.softmax(2)) {
                outputs.addAll(Layers.perModality(probabilities));
                outputs.addAll(fused.subList(1, fused.size()));
                outputs.addAll(Layers.perModality(logits));
            }
            List<String> names = outputNames();
            IntStream.range(0, names.size()).forEach(i -> outputs.get(i).setName(names.get(i)));
            return outputs;
        }
    }

    /**
     * Runs the part of the network that does not depend on the subset.
     *
     * @param parameterStore where the parameters are
     * @param x the images (B, 4, D, H, W)
     * @param training whether this is a training forward pass
     * @return the features of every level, each (B, 4, C, D, H, W) with C and the resolution of the
     *     level, and whatever else the network derives from the images alone, on the manager of
     *     {@code x}; the caller closes them
     * @throws IllegalArgumentException if the shape or the data type does not fit
     */
    public final NDList encode(ParameterStore parameterStore, NDArray x, boolean training) {
        checkImages(x.getShape());
        NetworkInputs.checkType(x, getParameters().get(0).getValue().getArray().getDataType());
        List<NDList> perLevel = Stream.generate(NDList::new).limit(pyramid.levels()).toList();
        for (int m = 0; m < MODALITIES; m++) {
            try (NDArray image = x.get(":,{}:{}", m, m + 1)) {
                NDList features =
                        encoders.get(m).forward(parameterStore, new NDList(image), training);
                IntStream.range(0, features.size())
                        .forEach(i -> perLevel.get(i).add(features.get(i)));
            }
        }
        NDList stacked = new NDList(pyramid.levels());
        for (NDList level : perLevel) {
            try (level) {
                stacked.add(NDArrays.stack(level, 1));
            }
        }
        addEncoded(new ForwardPass(parameterStore, training), stacked);
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
    public final NDArray fuse(ParameterStore parameterStore, NDList features, NDArray subset) {
        NetworkInputs.checkSubset(features.get(0).getShape().get(0), subset.getShape());
        NetworkInputs.checkSubsetType(subset);
        return fuseAll(new ForwardPass(parameterStore, false), features, subset).head();
    }

    /**
     * Segments from each modality alone, outside training. The branches are otherwise given in
     * training only, where dropout is at work.
     *
     * @param parameterStore where the parameters are
     * @param features what {@link #encode} returned, left open
     * @return the logits of the four branches, (B, classes, D, H, W) each, on the manager of the
     *     features
     */
    public final NDList branchLogits(ParameterStore parameterStore, NDList features) {
        try (NDArray logits = branchDecoder.forward(parameterStore, features, false).head()) {
            return Layers.perModality(logits);
        }
    }

    private NDList fuseAll(ForwardPass pass, NDList features, NDArray subset) {
        // A copy of the engine's own: autograd would not keep an array over a Java buffer alive.
        try (NDArray typed = subset.toType(features.head().getDataType(), true);
                NDArray mask = typed.duplicate()) {
            return fuseMasked(pass, features, mask);
        }
    }

    private void checkImages(Shape x) {
        boolean fits = IntStream.range(2, x.dimension()).allMatch(axis -> fits(x.get(axis)));
        NetworkInputs.checkImages(x, fits, allowedSides());
    }

    /** {@inheritDoc} */
    @Override
    protected void beforeInitialize(Shape... inputShapes) {
        NetworkInputs.checkCount(name, inputShapes.length);
        checkImages(inputShapes[0]);
        NetworkInputs.checkSubset(inputShapes[0].get(0), inputShapes[1]);
        super.beforeInitialize(inputShapes);
    }

    /** {@inheritDoc} */
    @Override
    protected void initializeChildBlocks(
            NDManager manager, DataType dataType, Shape... inputShapes) {
        Shape image = Layers.withChannels(inputShapes[0], 1);
        encoders.forEach(encoder -> encoder.initialize(manager, dataType, image));
        Shape[] features = featureShapes(inputShapes[0]);
        fusedDecoder.initialize(manager, dataType, features);
        branchDecoder.initialize(manager, dataType, features);
    }

    /**
     * Returns the shapes of the encoders' features.
     *
     * @param x the shape of the images (B, 4, D, H, W)
     * @return for every level (B, 4, C, D', H', W')
     */
    protected final Shape[] featureShapes(Shape x) {
        return Stream.of(encoders.get(0).getOutputShapes(new Shape[] {Layers.withChannels(x, 1)}))
                .map(level -> new Shape(level.get(0), MODALITIES).addAll(level.slice(1)))
                .toArray(Shape[]::new);
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
}
