/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.uhved;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.loss.Loss;
import io.github.gssloss.djl.CrossEntropyLoss;
import io.github.gssloss.djl.SoftDiceLoss;
import io.github.gssloss.networks.Axes;
import io.github.gssloss.networks.Checkpoint;
import io.github.gssloss.networks.ForwardPass;
import io.github.gssloss.networks.ModalityNetwork;
import io.github.gssloss.networks.Pyramid;
import io.github.gssloss.networks.TrainingInputs;
import io.github.gssloss.networks.TrainingOutputs;
import io.github.gssloss.networks.weights.BlockWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * U-HVED (see the package for the paper). The latents of a subset of modalities are, at each of
 * four levels, voxel and channel, a product of their {@link Gaussians} with a standard normal; an
 * empty subset is the prior alone.
 *
 * <p>Inputs: {@code x} (B, M, D, H, W) with D, H, W divisible by 8 and at least 16; {@code subset}
 * (B, M); optionally {@code present} (B, M). Outputs in training: the fused probabilities and the
 * probabilities of the M branches, (B, classes, D, H, W) each; the rebuilt images {@code recon} (B,
 * M, D, H, W); the logits of the M branches; the losses {@code kl} ({@link SubsetDivergence}, the
 * mean over levels), {@code mse} (rebuilt images against true ones, also those outside the subset)
 * and {@code l2} (of the kernels). Images that do not exist have no part in the losses. See {@link
 * ModalityNetwork} for the rest.
 *
 * <p>In training fused probabilities and images come from a sample of the latents, drawn once a
 * level for all decoders. Outside training they come from the mean; the authors' code still samples
 * for the segmentation there.
 *
 * <p>Not as published: the branches. The branch of a modality is the decoder of the segmentation on
 * the mean latents of the prior and this modality, so that it has no weights of its own and is what
 * the network answers outside training if this modality alone is given.
 */
public final class Uhved extends ModalityNetwork {

    /** Levels of resolution, each half of the one before. */
    static final int LEVELS = 4;

    private static final double SMOOTHING = 1e-5;

    private final List<UhvedEncoder> encoders = new ArrayList<>();
    private final List<UhvedDecoder> imageDecoders = new ArrayList<>();
    private final UhvedDecoder segmentation;
    private final Pyramid latents;
    private final Noise noise;

    Uhved(int modalities, int classes, int width, Axes axes, Noise noise) {
        super("U-HVED", outputs(modalities), classes, axes);
        this.noise = noise;
        Pyramid blocks = new Pyramid(LEVELS, width);
        latents = new Pyramid(LEVELS, width / 2);
        for (String modality : modalities()) {
            encoders.add(addChildBlock("encoder." + modality, new UhvedEncoder(blocks, axes)));
        }
        for (String modality : modalities()) {
            imageDecoders.add(
                    addChildBlock("recon." + modality, new UhvedDecoder(latents, 1, axes)));
        }
        segmentation = addChildBlock("seg", new UhvedDecoder(latents, classes, axes));
    }

    /**
     * Creates a builder.
     *
     * @return the builder
     */
    public static UhvedBuilder builder() {
        return new UhvedBuilder();
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
                        new TrainingOutputs.Loss("kl", 0.1),
                        new TrainingOutputs.Loss("mse", 0.1),
                        new TrainingOutputs.Loss("l2", 1)));
    }

    /**
     * Makes the network that a file of weights belongs to, with these weights.
     *
     * @param weights an {@code .npz} file as {@link BlockWeights#save} writes it
     * @param manager the owner of the parameters
     * @return the network, initialised
     * @throws io.github.gssloss.files.UserInputException if the file cannot be read or does not
     *     hold the weights of a U-HVED
     */
    public static Uhved load(Path weights, NDManager manager) {
        return Checkpoint.load(weights, manager, shapes -> builder().sizedAs(shapes).build());
    }

    /**
     * {@inheritDoc}
     *
     * @return cross entropy and, of each sample, the soft Dice loss with squares in the denominator
     */
    @Override
    public List<Loss> taskLosses() {
        return List.of(
                new CrossEntropyLoss(),
                SoftDiceLoss.builder()
                        .optSquared(true)
                        .optPerSample(true)
                        .optSmoothing(SMOOTHING, SMOOTHING)
                        .build());
    }

    /** {@inheritDoc} */
    @Override
    protected Block encoder(int modality) {
        return encoders.get(modality);
    }

    /** Adds the precisions and the weighted means of every level. */
    @Override
    protected void addEncoded(ForwardPass pass, NDList features) {
        for (int level = 0; level < LEVELS; level++) {
            features.addAll(Gaussians.of(features.get(level)).asList());
        }
    }

    private static List<Gaussians> gaussians(NDList features) {
        return IntStream.range(0, LEVELS)
                .map(level -> LEVELS + 2 * level)
                .mapToObj(i -> new Gaussians(features.get(i), features.get(i + 1)))
                .toList();
    }

    /** {@inheritDoc} */
    @Override
    protected NDArray predict(ForwardPass pass, NDList features, NDArray subset) {
        try (NDList means = new NDList(LEVELS)) {
            for (Gaussians level : gaussians(features)) {
                GaussianProduct product = level.product(subset);
                product.variance().close();
                means.add(product.mean());
            }
            return probabilities(pass, means);
        }
    }

    private NDArray probabilities(ForwardPass pass, NDList latent) {
        try (NDArray logits = logits(pass, latent)) {
            return logits.softmax(1);
        }
    }

    private NDArray logits(ForwardPass pass, NDList latent) {
        return segmentation.forward(pass.store(), latent, pass.training()).singletonOrThrow();
    }

    /**
     * Decodes latents, outside training.
     *
     * @param parameterStore where the parameters are
     * @param latent the latents of level 1 to 4, as a {@link GaussianProduct} gives them, left open
     * @return the logits (B, classes, D, H, W) and the images (B, M, D, H, W), on the manager of
     *     the latents
     */
    public NDList decode(ParameterStore parameterStore, NDList latent) {
        ForwardPass pass = new ForwardPass(parameterStore, false);
        return new NDList(logits(pass, latent), images(pass, latent));
    }

    /** {@inheritDoc} */
    @Override
    protected NDList train(ForwardPass pass, NDList features, TrainingInputs given) {
        List<Gaussians> levels = gaussians(features);
        try (NDList samples = samples(levels, given.subset())) {
            NDArray images = images(pass, samples);
            return new NDList(
                    probabilities(pass, samples),
                    images,
                    OwnLosses.divergence(levels, given),
                    OwnLosses.reconstruction(images, given),
                    OwnLosses.decay(pass, kernels(), images));
        }
    }

    private NDList samples(List<Gaussians> levels, NDArray subset) {
        NDList samples = new NDList(LEVELS);
        for (Gaussians level : levels) {
            try (GaussianProduct product = level.product(subset);
                    NDArray drawn = noise.draw(samples.size() + 1, product.mean())) {
                samples.add(product.sample(drawn));
            }
        }
        return samples;
    }

    private NDArray images(ForwardPass pass, NDList latent) {
        try (NDList images = new NDList()) {
            for (UhvedDecoder decoder : imageDecoders) {
                images.addAll(decoder.forward(pass.store(), latent, pass.training()));
            }
            // A concatenation of one array would have no gradient.
            try (NDArray stacked = NDArrays.stack(images, 1)) {
                return stacked.squeeze(2);
            }
        }
    }

    private List<Parameter> kernels() {
        return BlockWeights.parameters(this).values().stream()
                .filter(parameter -> parameter.getType() == Parameter.Type.WEIGHT)
                .toList();
    }

    /** {@inheritDoc} */
    @Override
    protected NDArray segmentAlone(ForwardPass pass, NDList features) {
        try (NDList means = new NDList(LEVELS)) {
            for (Gaussians level : gaussians(features)) {
                try (NDArray alone = level.meansAlone()) {
                    means.add(alone.flatten(0, 1));
                }
            }
            try (NDArray logits = logits(pass, means)) {
                Shape batched = logits.getShape();
                long modalities = modalities().size();
                Shape perModality = new Shape(batched.get(0) / modalities, modalities);
                return logits.reshape(perModality.addAll(batched.slice(1)));
            }
        }
    }

    /** {@inheritDoc} */
    @Override
    protected void initializeDecoders(NDManager manager, DataType dataType, Shape... features) {
        Shape[] inputs = new Shape[LEVELS];
        for (int i = 0; i < LEVELS; i++) {
            inputs[i] =
                    new Shape(features[i].get(0), latents.channels(i + 1))
                            .addAll(features[i].slice(3));
        }
        imageDecoders.forEach(decoder -> decoder.initialize(manager, dataType, inputs));
        segmentation.initialize(manager, dataType, inputs);
    }
}
