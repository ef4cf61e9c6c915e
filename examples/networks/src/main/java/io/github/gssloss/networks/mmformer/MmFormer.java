/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.mmformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import io.github.gssloss.networks.AllowedSides;
import io.github.gssloss.networks.ConvStyle;
import io.github.gssloss.networks.ForwardPass;
import io.github.gssloss.networks.Layers;
import io.github.gssloss.networks.ModalityNetwork;
import io.github.gssloss.networks.PaddedConv3d;
import io.github.gssloss.networks.Pyramid;
import io.github.gssloss.networks.PyramidNetwork;
import io.github.gssloss.networks.TrainingOutputs;
import java.util.ArrayList;
import java.util.List;

/**
 * mmFormer (see the package for the paper). A transformer within each modality and one across the
 * modalities of the subset join the coarsest of five levels of features.
 *
 * <p>Inputs: {@code x} (B, M, D, H, W) with D = H = W = 16 times the patch size, since every voxel
 * of the coarsest level has a learned position; {@code subset} (B, M). Outputs in training, each
 * (B, classes, D, H, W): the fused probabilities; the probabilities of the M branches; the
 * auxiliary probabilities of level 2 to 5; the logits of the M branches. See {@link
 * ModalityNetwork} for the rest. Below, patch^3 is patch^2 where an axis is flat.
 *
 * <p>Kept as published: the tokens that come out of the transformer across modalities, M patch^3 of
 * T channels, modality by modality, are read as patch^3 voxels of M T channels. So a voxel does not
 * get its own token of each modality but M neighbouring tokens, of the published four all of one
 * modality. Also as published, the branches' decoder reads the coarsest feature from before the
 * transformers, which the branches' losses therefore never train.
 *
 * <p>Not as published: any number of modalities and classes works, and the {@code *_decode_conv},
 * which the published network has and never uses, are left out ({@link #neverUses}).
 */
public final class MmFormer extends PyramidNetwork {

    /** Levels of resolution, each half of the one before. */
    static final int LEVELS = 5;

    /** How many voxels of the images lie along one of the coarsest level. */
    static final int VOXELS_PER_PATCH = 1 << (LEVELS - 1);

    private final int patch;
    private final Shape places;
    private final List<IntraModal> intra = new ArrayList<>();
    private final Transformer inter;
    private final PaddedConv3d interConvolution;

    MmFormer(MmFormerBuilder builder, Pyramid pyramid, ConvStyle style) {
        super(
                "mmFormer",
                builder.outputs(),
                builder.classes(),
                pyramid,
                style,
                new MmFormerDecoder(pyramid, builder.classes(), style, builder.fusionPadding()));
        patch = builder.patch();
        places = axes().cube(patch);
        Transformer.Size size = builder.transformer();
        Shape positions = new Shape(1, places.size(), size.channels());
        for (String modality : modalities()) {
            Parameter position =
                    Parameter.builder()
                            .setName(modality + "_pos")
                            .setType(Parameter.Type.OTHER)
                            .optInitializer(Initializer.ZEROS)
                            .optShape(positions)
                            .build();
            PaddedConv3d convolution = PaddedConv3d.ofSize1(size.channels());
            intra.add(
                    new IntraModal(
                            addChildBlock(modality + "_encode_conv", convolution),
                            addParameter(position),
                            addChildBlock(modality + "_transformer", new Transformer(size))));
        }
        inter = addChildBlock("multimodal_transformer", new Transformer(size));
        interConvolution =
                addChildBlock(
                        "multimodal_decode_conv",
                        PaddedConv3d.ofSize1(modalities().size() * pyramid.channels(LEVELS)));
    }

    /**
     * Describes what a network of some modalities gives in training.
     *
     * @param modalities their names
     * @return the outputs
     */
    public static TrainingOutputs outputs(List<String> modalities) {
        return TrainingOutputs.withAuxiliary(modalities, "aux_", LEVELS - 1);
    }

    /**
     * Creates a builder.
     *
     * @return the builder
     */
    public static MmFormerBuilder builder() {
        return new MmFormerBuilder();
    }

    /** {@inheritDoc} */
    @Override
    public boolean neverUses(String parameter) {
        int end = parameter.indexOf("_decode_conv.");
        return end >= 0
                && modalities().contains(parameter.substring(0, end))
                && parameter.substring(end).matches("_decode_conv\\.(weight|bias)");
    }

    /** {@inheritDoc} */
    @Override
    protected AllowedSides sides() {
        int only = VOXELS_PER_PATCH * patch;
        return new AllowedSides(
                side -> side == only,
                "of " + only + ", " + VOXELS_PER_PATCH + " times the patch size " + patch);
    }

    /** Adds the tokens within the modalities, (B, M, patch^3, T). */
    @Override
    protected void addEncoded(ForwardPass pass, NDList features) {
        try (NDList tokens = new NDList(intra.size())) {
            for (int m = 0; m < intra.size(); m++) {
                try (NDArray coarsest = features.get(LEVELS - 1).get(":,{}", m)) {
                    tokens.add(intra.get(m).tokens(pass, coarsest));
                }
            }
            features.add(NDArrays.stack(tokens, 1));
        }
    }

    /** {@inheritDoc} */
    @Override
    protected NDList fuseMasked(ForwardPass pass, NDList features, NDArray subset) {
        try (NDArray joined = join(pass, features.get(LEVELS), subset)) {
            NDList inputs = new NDList(features.subList(0, LEVELS - 1));
            inputs.add(joined);
            inputs.add(subset);
            return decode(pass, inputs);
        }
    }

    /** Joins the tokens of the subset to the coarsest fused feature (B, M C, patch...). */
    private NDArray join(ForwardPass pass, NDArray tokens, NDArray subset) {
        long batch = tokens.getShape().get(0);
        long modalities = tokens.getShape().get(1);
        long count = modalities * tokens.getShape().get(2);
        long channels = tokens.getShape().get(3);
        Shape rows = new Shape(batch).addAll(places).add(modalities * channels);
        NDArray joined;
        try (NDArray mask = subset.reshape(batch, modalities, 1, 1);
                NDArray masked = tokens.mul(mask);
                NDArray row = masked.reshape(batch, count, channels);
                NDArray positions = positions(pass, tokens)) {
            joined = pass.apply(inter, row, positions);
        }
        try (joined;
                NDArray voxels = joined.reshape(rows);
                NDArray feature = voxels.transpose(0, 4, 1, 2, 3)) {
            return pass.apply(interConvolution, feature);
        }
    }

    /** The positions of all modalities (1, M patch^3, T). */
    private NDArray positions(ForwardPass pass, NDArray like) {
        // The parameters' own manager would keep what is made of them: the result goes elsewhere.
        NDList all = new NDList(intra.size());
        for (IntraModal modality : intra) {
            all.add(pass.value(modality.position(), like.getDevice()));
        }
        // Not concatenated: a concatenation of one array would have no gradient.
        try (NDArray stacked = NDArrays.stack(all, 1)) {
            NDArray positions = stacked.reshape(1, -1, like.getShape().get(3));
            positions.attach(like.getManager());
            return positions;
        }
    }

    /** {@inheritDoc} */
    @Override
    protected void initializeDecoders(NDManager manager, DataType dataType, Shape... features) {
        super.initializeDecoders(manager, dataType, features);
        Shape coarsest = features[LEVELS - 1];
        Shape one = new Shape(coarsest.get(0)).addAll(coarsest.slice(2));
        Shape tokens =
                new Shape(coarsest.get(0)).addAll(intra.get(0).position().getShape().slice(1));
        for (IntraModal modality : intra) {
            modality.convolution().initialize(manager, dataType, one);
            modality.transformer().initialize(manager, dataType, tokens);
        }
        inter.initialize(manager, dataType, tokens);
        interConvolution.initialize(
                manager, dataType, Layers.withChannels(one, intra.size() * tokens.get(2)));
    }
}
