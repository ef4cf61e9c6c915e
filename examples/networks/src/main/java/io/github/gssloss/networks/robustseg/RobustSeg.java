/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.robustseg;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.training.loss.Loss;
import io.github.gssloss.djl.SoftDiceLoss;
import io.github.gssloss.djl.WeightedCrossEntropyLoss;
import io.github.gssloss.networks.Axes;
import io.github.gssloss.networks.BranchDecoder;
import io.github.gssloss.networks.Checkpoint;
import io.github.gssloss.networks.Encoder;
import io.github.gssloss.networks.ForwardPass;
import io.github.gssloss.networks.ModalityNetwork;
import io.github.gssloss.networks.Pyramid;
import io.github.gssloss.networks.TrainingInputs;
import io.github.gssloss.networks.TrainingOutputs;
import io.github.gssloss.networks.Upsampler;
import io.github.gssloss.networks.weights.BlockWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * RobustSeg (see the package for the paper). Gates fuse the contents of the modalities; in training
 * each image is restored from the fused content and its own style.
 *
 * <p>Inputs: {@code x} (B, M, D, H, W) with D, H, W divisible by 8 and at least 16; {@code subset}
 * (B, M); optionally {@code present} (B, M). Outputs in training: the fused probabilities and those
 * of the M branches, (B, classes, D, H, W) each; the reconstructions (B, M, D, H, W); the logits of
 * the M branches; the losses, a scalar each. Outside training the styles, the reconstructions and
 * the branches are not computed. See {@link ModalityNetwork} for the rest.
 *
 * <p>The losses, to which an image that does not exist adds nothing:
 *
 * <ul>
 *   <li>{@code l1}, weight 0.1: the sum over modalities of the mean absolute error of the
 *       reconstruction;
 *   <li>{@code kl}, weight 0.1: the sum over modalities of the divergence of the style's gains and
 *       shifts from the standard normal;
 *   <li>{@code l2}, weight 1: 1e-4 / 2 times the sum of the squared weights, biases left out, of
 *       content encoders, style encoders, segmentation decoder and image decoders.
 * </ul>
 *
 * <p>The initial weights are as published, which makes {@code kl} about 970 a modality at width 16:
 * it outweighs the rest of the loss by far in the first epochs.
 */
public final class RobustSeg extends ModalityNetwork {

    /** Levels of resolution, each half of the one before. */
    static final int LEVELS = 4;

    private final List<Encoder> contents = new ArrayList<>();
    private final GatedDecoder fusedDecoder;
    private final Reconstruction reconstruction;
    private final BranchDecoder branches;

    RobustSeg(int modalities, int classes, Pyramid pyramid, Axes axes, boolean sharedLast) {
        super("RobustSeg", outputs(modalities), classes, axes);
        UnitStyle style = new UnitStyle(axes);
        for (int m = 0; m < modalities; m++) {
            contents.add(addChildBlock("content." + m, new Encoder(pyramid, style)));
        }
        fusedDecoder =
                new GatedDecoder(modalities, pyramid, style, decoder(pyramid, classes, style));
        fusedDecoder.addTo(this::addChildBlock);
        reconstruction = new Reconstruction(modalities, pyramid, style, sharedLast);
        reconstruction.addTo(this::addChildBlock);
        branches = addChildBlock("branch_decoder", decoder(pyramid, classes, style));
    }

    /**
     * Describes what a network of so many modalities gives in training.
     *
     * @param modalities at least 1
     * @return the outputs, the losses with their published weights
     */
    public static TrainingOutputs outputs(int modalities) {
        return new TrainingOutputs(
                TrainingOutputs.numbered(modalities),
                List.of(),
                List.of("recon"),
                List.of(
                        new TrainingOutputs.Loss("l1", 0.1),
                        new TrainingOutputs.Loss("kl", 0.1),
                        new TrainingOutputs.Loss("l2", 1)));
    }

    private static BranchDecoder decoder(Pyramid pyramid, int classes, UnitStyle style) {
        return new BranchDecoder(pyramid, classes, style, Upsampler.Grid.NEAREST, "seg_logit");
    }

    /**
     * Creates a builder.
     *
     * @return the builder
     */
    public static RobustSegBuilder builder() {
        return new RobustSegBuilder();
    }

    /**
     * Makes the network that a file of weights belongs to, with these weights.
     *
     * @param weights an {@code .npz} file as {@link BlockWeights#save} writes it
     * @param manager the owner of the parameters
     * @return the network, initialised
     * @throws io.github.gssloss.files.UserInputException if the file cannot be read or does not
     *     hold the weights of a RobustSeg
     */
    public static RobustSeg load(Path weights, NDManager manager) {
        return Checkpoint.load(weights, manager, shapes -> builder().sizedAs(shapes).build());
    }

    /**
     * {@inheritDoc}
     *
     * @return weighted cross entropy and the soft Dice loss of squared probabilities
     */
    @Override
    public List<Loss> taskLosses() {
        SoftDiceLoss dice = SoftDiceLoss.builder().optSquared(true).optSmoothing(0, 1e-7).build();
        return List.of(new WeightedCrossEntropyLoss(), dice);
    }

    /** {@inheritDoc} */
    @Override
    protected Block encoder(int modality) {
        return contents.get(modality);
    }

    /** {@inheritDoc} */
    @Override
    protected NDArray predict(ForwardPass pass, NDList features, NDArray subset) {
        try (NDList fused = fusedDecoder.fuse(pass, features, subset)) {
            return probabilities(pass, fused);
        }
    }

    /** {@inheritDoc} */
    @Override
    protected NDList train(ForwardPass pass, NDList features, TrainingInputs given) {
        try (NDList fused = fusedDecoder.fuse(pass, features, given.subset())) {
            NDArray probabilities = probabilities(pass, fused);
            Reconstruction.Restored restored =
                    reconstruction.apply(pass, given.x(), fused.get(LEVELS - 1));
            NDList outputs = new NDList(probabilities, restored.images());
            return outputs.addAll(losses(pass, restored, given));
        }
    }

    private NDArray probabilities(ForwardPass pass, NDList fused) {
        try (NDArray logits = fusedDecoder.segment(pass, fused)) {
            return logits.softmax(1);
        }
    }

    /**
     * Computes what lies between images and outputs, outside training. All images count as
     * existing.
     *
     * @param parameterStore where the parameters are
     * @param x the images (B, M, D, H, W), left open
     * @param subset the modalities that the fusion may use (B, M), as 0 and 1 of the images' type,
     *     left open
     * @return by name, on the manager of {@code x}: for each level l from 1 to 4 {@code content_l}
     *     (B, M, C, D, H, W), {@code gate_l} (B, M, D, H, W) and {@code shared_l} (B, C, D, H, W);
     *     {@code fused_logits} (B, classes, D, H, W); {@code style} (B, M, 8); {@code mu} and
     *     {@code sigma} (B, M, 8C); the losses {@code l1} and {@code kl} of each modality (M)
     */
    public NDList inspect(ParameterStore parameterStore, NDArray x, NDArray subset) {
        ForwardPass pass = new ForwardPass(parameterStore, false);
        NDList contents = encode(parameterStore, x, false);
        NDList fused = fusedDecoder.fuse(pass, contents, subset);
        NDList all = named("content_", contents);
        all.addAll(named("gate_", fusedDecoder.gates(pass, contents, subset)));
        all.addAll(named("shared_", fused));
        Reconstruction.Restored restored = reconstruction.apply(pass, x, fused.get(LEVELS - 1));
        try (NDArray images = restored.images();
                NDArray present = subset.onesLike()) {
            add(all, "fused_logits", fusedDecoder.segment(pass, fused));
            add(all, "style", restored.styles());
            add(all, "mu", restored.mu());
            add(all, "sigma", restored.sigma());
            add(all, "l1", RobustSegLosses.l1(x, images, present));
            add(all, "kl", RobustSegLosses.kl(restored.mu(), restored.sigma(), present));
        }
        return all;
    }

    private static NDList named(String prefix, NDList levels) {
        NDList named = new NDList(levels.size());
        for (int i = 0; i < levels.size(); i++) {
            add(named, prefix + (i + 1), levels.get(i));
        }
        return named;
    }

    private static void add(NDList all, String name, NDArray array) {
        array.setName(name);
        all.add(array);
    }

    private NDList losses(
            ForwardPass pass, Reconstruction.Restored restored, TrainingInputs given) {
        List<Block> decaying = new ArrayList<>(contents);
        decaying.add(fusedDecoder.decaying());
        decaying.addAll(reconstruction.decaying());
        try (NDList styles = new NDList(restored.styles(), restored.mu(), restored.sigma());
                NDArray l1 = RobustSegLosses.l1(given.x(), restored.images(), given.present());
                NDArray kl = RobustSegLosses.kl(styles.get(1), styles.get(2), given.present())) {
            return new NDList(l1.sum(), kl.sum(), RobustSegLosses.l2(pass, decaying, given.x()));
        }
    }

    /** {@inheritDoc} */
    @Override
    protected NDArray segmentAlone(ForwardPass pass, NDList features) {
        return branches.forward(pass.store(), features, pass.training()).singletonOrThrow();
    }

    /** {@inheritDoc} */
    @Override
    protected void initializeDecoders(NDManager manager, DataType dataType, Shape... features) {
        fusedDecoder.initialize(manager, dataType, features);
        branches.initialize(manager, dataType, features);
        reconstruction.initialize(
                manager, dataType, ofOne(features[0]), ofOne(features[LEVELS - 1]));
    }

    /** Fused features are of the shape of one modality's. */
    private static Shape ofOne(Shape features) {
        return new Shape(features.get(0)).addAll(features.slice(2));
    }
}
