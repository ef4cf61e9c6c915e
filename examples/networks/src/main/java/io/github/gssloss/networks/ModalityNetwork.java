/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.training.loss.Loss;
import io.github.gssloss.djl.OutputLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A segmentation network of M modalities of which any subset may be given: one encoder per
 * modality, a decoder that fuses a subset, and one that segments from each modality alone and is
 * needed for training only.
 *
 * <p>Inputs: {@code x} (B, M, D, H, W); {@code subset} (B, M), boolean or float32 0 and 1, the
 * modalities that the fusion may use; optionally {@code present} (B, M), the images that exist at
 * all, of which a network's own losses need to know. An image that does not exist is given as
 * zeros. Without {@code present} all exist. The encoders always see all images. A network that
 * leaves one axis alone ({@link Axes}) takes images of one voxel along it.
 *
 * <p>Outputs in training: see {@link TrainingOutputs}. Outside training: the fused probabilities
 * (B, classes, D, H, W) alone, and nothing is computed that they do not need.
 *
 * <p>Every parameter's place in the tree of blocks is its name in the published checkpoints.
 * Instances keep nothing of a forward pass.
 */
public abstract class ModalityNetwork extends Layer {

    /** Three halvings between four levels; the coarsest needs two voxels to be padded. */
    private static final AllowedSides FOUR_LEVELS = AllowedSides.multiplesOf(8, 16);

    private final NetworkInputs inputs;
    private final TrainingOutputs outputs;
    private final int classes;
    private final Axes axes;

    /**
     * Creates a network without blocks.
     *
     * @param name the network's name, for messages
     * @param outputs its modalities and outputs
     * @param classes the number of classes
     * @param axes the axes that it works along
     */
    protected ModalityNetwork(String name, TrainingOutputs outputs, int classes, Axes axes) {
        this.inputs = new NetworkInputs(name, outputs.modalities().size(), axes);
        this.axes = axes;
        this.outputs = outputs;
        this.classes = classes;
        inputNames = inputs.names(2);
    }

    /**
     * Returns the axes that the network works along.
     *
     * @return the axes; along a flat one images have one voxel
     */
    public final Axes axes() {
        return axes;
    }

    /**
     * Returns the names of the modalities.
     *
     * @return M names in the order of the channels of {@code x}
     */
    public final List<String> modalities() {
        return outputs.modalities();
    }

    /**
     * Returns the names of the outputs in training.
     *
     * @return the names in their order
     */
    public final List<String> outputNames() {
        return outputs.names();
    }

    /**
     * Returns what the outputs in training are, as the loss has to know it.
     *
     * @return the layout of the outputs
     */
    public final OutputLayout layout() {
        return outputs.layout();
    }

    /**
     * Returns the task losses that the network was published with.
     *
     * @return the losses, of probabilities, which are added up
     */
    public abstract List<Loss> taskLosses();

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
     * Returns how many voxels the images may have along an axis that is not flat: by default as
     * four levels of resolution need it, each half of the one before.
     *
     * @return the sides
     */
    protected AllowedSides sides() {
        return FOUR_LEVELS;
    }

    /**
     * Returns the encoder of a modality.
     *
     * @param modality its number, from 0
     * @return a block whose input is (B, 1, D, H, W) and whose outputs are the features of every
     *     level, the finest first
     */
    protected abstract Block encoder(int modality);

    /**
     * Adds what depends on the images alone, not on the subset, beyond the encoders' features.
     *
     * @param pass the forward pass
     * @param features the features of every level, (B, M, C, D, H, W) each; more may be added
     */
    protected void addEncoded(ForwardPass pass, NDList features) {}

    /**
     * Fuses a subset, outside training.
     *
     * @param pass the forward pass
     * @param features what {@link #encode} returned, left open
     * @param subset (B, M) as 0 and 1 of the features' type, left open
     * @return the fused probabilities (B, classes, D, H, W)
     */
    protected abstract NDArray predict(ForwardPass pass, NDList features, NDArray subset);

    /**
     * Computes the outputs in training, those of the branches excepted.
     *
     * @param pass the forward pass
     * @param features what {@link #encode} returned, left open
     * @param given the inputs, left open
     * @return in the order of {@link TrainingOutputs}: the fused probabilities, the auxiliary ones,
     *     the images, the losses
     */
    protected abstract NDList train(ForwardPass pass, NDList features, TrainingInputs given);

    /**
     * Segments from each modality alone.
     *
     * @param pass the forward pass
     * @param features what {@link #encode} returned, left open
     * @return the logits (B, M, classes, D, H, W)
     */
    protected abstract NDArray segmentAlone(ForwardPass pass, NDList features);

    /**
     * Initialises all blocks but the encoders.
     *
     * @param manager the owner of the parameters
     * @param dataType their type
     * @param features the shapes of the encoders' features, (B, M, C, D, H, W) each
     */
    protected abstract void initializeDecoders(
            NDManager manager, DataType dataType, Shape... features);

    /** {@inheritDoc} */
    @Override
    protected NDList forward(ForwardPass pass, NDList given) {
        check(given.stream().map(NDArray::getShape).toArray(Shape[]::new));
        NDArray x = given.get(0);
        try (NDList features = encode(pass.store(), x, pass.training());
                NDArray subset = inputs.mask("subset", given.get(1), features.head())) {
            if (!pass.training()) {
                return new NDList(predict(pass, features, subset));
            }
            try (NDArray present =
                    given.size() > 2
                            ? inputs.mask("present", given.get(2), features.head())
                            : subset.onesLike()) {
                TrainingInputs all = new TrainingInputs(x, subset, present);
                return outputs.inOrder(train(pass, features, all), segmentAlone(pass, features));
            }
        }
    }

    /**
     * Runs the part of the network that does not depend on the subset.
     *
     * @param parameterStore where the parameters are
     * @param x the images (B, M, D, H, W)
     * @param training whether this is a training forward pass
     * @return the features of every level, each (B, M, C, D, H, W) with C and the resolution of the
     *     level, and whatever else the network derives from the images alone, on the manager of
     *     {@code x}; the caller closes them
     * @throws IllegalArgumentException if the shape or the data type does not fit
     */
    public final NDList encode(ParameterStore parameterStore, NDArray x, boolean training) {
        inputs.checkImages(x.getShape(), sides());
        inputs.checkType(x, getParameters().get(0).getValue().getArray().getDataType());
        List<NDList> perModality = new ArrayList<>();
        for (int m = 0; m < modalities().size(); m++) {
            try (NDArray image = x.get(":,{}:{}", m, m + 1)) {
                NDList one = new NDList(image);
                perModality.add(encoder(m).forward(parameterStore, one, training));
            }
        }
        NDList stacked = Layers.perLevel(perModality);
        addEncoded(new ForwardPass(parameterStore, training), stacked);
        return stacked;
    }

    /**
     * Fuses the features of a subset of the modalities and segments, outside training. The same
     * features serve any number of subsets.
     *
     * @param parameterStore where the parameters are
     * @param features what {@link #encode} returned, left open
     * @param subset the modalities to use (B, M), boolean or float32 0 and 1
     * @return the fused probabilities (B, classes, D, H, W), on the manager of the features
     * @throws IllegalArgumentException if the shape or the data type of the subset does not fit
     */
    public final NDArray fuse(ParameterStore parameterStore, NDList features, NDArray subset) {
        try (NDArray mask = inputs.mask("subset", subset, features.head())) {
            return predict(new ForwardPass(parameterStore, false), features, mask);
        }
    }

    /**
     * Segments from each modality alone, outside training. The branches are otherwise given in
     * training only, where dropout is at work.
     *
     * @param parameterStore where the parameters are
     * @param features what {@link #encode} returned, left open
     * @return the logits of the M branches, (B, classes, D, H, W) each, on the manager of the
     *     features
     */
    public final NDList branchLogits(ParameterStore parameterStore, NDList features) {
        try (NDArray logits = segmentAlone(new ForwardPass(parameterStore, false), features)) {
            return Layers.perModality(logits);
        }
    }

    private void check(Shape... given) {
        List<String> names = inputs.names(given.length);
        inputs.checkImages(given[0], sides());
        for (int i = 1; i < given.length; i++) {
            inputs.checkMask(names.get(i), given[0].get(0), given[i]);
        }
    }

    /** {@inheritDoc} */
    @Override
    protected void beforeInitialize(Shape... inputShapes) {
        check(inputShapes);
        inputNames = inputs.names(inputShapes.length);
        super.beforeInitialize(inputShapes);
    }

    /** {@inheritDoc} */
    @Override
    protected void initializeChildBlocks(
            NDManager manager, DataType dataType, Shape... inputShapes) {
        Shape image = Layers.withChannels(inputShapes[0], 1);
        int count = modalities().size();
        IntStream.range(0, count).forEach(m -> encoder(m).initialize(manager, dataType, image));
        Shape[] features =
                Stream.of(encoder(0).getOutputShapes(new Shape[] {image}))
                        .map(level -> new Shape(level.get(0), count).addAll(level.slice(1)))
                        .toArray(Shape[]::new);
        initializeDecoders(manager, dataType, features);
    }

    /**
     * Returns the shape of the fused probabilities, the only output outside training.
     *
     * @param inputShapes the shapes of the inputs
     * @return (B, classes, D, H, W)
     */
    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {Layers.withChannels(inputShapes[0], classes)};
    }
}
