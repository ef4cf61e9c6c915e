/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.loss.Loss;
import io.github.gssloss.djl.SoftDiceLoss;
import io.github.gssloss.djl.WeightedCrossEntropyLoss;
import java.util.ArrayList;
import java.util.List;

/**
 * What RFNet and mmFormer have in common: encoders of a {@link Pyramid}, named {@code
 * <modality>_encoder}, a decoder that fuses a subset, {@code decoder_fuse}, and the {@link
 * BranchDecoder}, {@code decoder_sep}. Neither has losses of its own, so {@code present} changes
 * nothing.
 */
public abstract class PyramidNetwork extends ModalityNetwork {

    /** The modalities of BraTS in the order of the published checkpoints. */
    public static final List<String> BRATS = List.of("flair", "t1ce", "t1", "t2");

    private final List<Encoder> encoders = new ArrayList<>();
    private final Block fusedDecoder;
    private final BranchDecoder branchDecoder;

    /**
     * Creates the network's encoders and decoders.
     *
     * @param name the network's name, for messages
     * @param outputs its modalities and outputs
     * @param classes the number of classes
     * @param pyramid the levels of its features
     * @param style how its encoders and the branches' decoder build their convolutions
     * @param fusedDecoder the decoder that fuses a subset
     */
    protected PyramidNetwork(
            String name,
            TrainingOutputs outputs,
            int classes,
            Pyramid pyramid,
            ConvStyle style,
            Block fusedDecoder) {
        super(name, outputs, classes, style.axes());
        for (String modality : modalities()) {
            encoders.add(addChildBlock(modality + "_encoder", new Encoder(pyramid, style)));
        }
        this.fusedDecoder = addChildBlock("decoder_fuse", fusedDecoder);
        branchDecoder = addChildBlock("decoder_sep", new BranchDecoder(pyramid, classes, style));
    }

    /**
     * {@inheritDoc}
     *
     * @return weighted cross entropy and soft Dice loss
     */
    @Override
    public List<Loss> taskLosses() {
        return List.of(new WeightedCrossEntropyLoss(), new SoftDiceLoss());
    }

    /** {@inheritDoc} */
    @Override
    protected final Block encoder(int modality) {
        return encoders.get(modality);
    }

    /**
     * Fuses a subset. This one hands the features of every level and the subset to the decoder.
     *
     * @param pass the forward pass
     * @param features what {@link #encode} returned, left open
     * @param subset (B, M) as 0 and 1 of the features' type, left open
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
    protected final NDArray predict(ForwardPass pass, NDList features, NDArray subset) {
        return fuseMasked(pass, features, subset).singletonOrThrow();
    }

    /** {@inheritDoc} */
    @Override
    protected final NDList train(ForwardPass pass, NDList features, TrainingInputs given) {
        return fuseMasked(pass, features, given.subset());
    }

    /** {@inheritDoc} */
    @Override
    protected final NDArray segmentAlone(ForwardPass pass, NDList features) {
        return branchDecoder.forward(pass.store(), features, pass.training()).singletonOrThrow();
    }

    /** {@inheritDoc} */
    @Override
    protected void initializeDecoders(NDManager manager, DataType dataType, Shape... features) {
        fusedDecoder.initialize(manager, dataType, features);
        branchDecoder.initialize(manager, dataType, features);
    }
}
