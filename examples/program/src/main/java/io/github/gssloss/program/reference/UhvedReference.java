/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.reference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import io.github.gssloss.networks.uhved.GaussianProduct;
import io.github.gssloss.networks.uhved.Gaussians;
import io.github.gssloss.networks.uhved.SubsetDivergence;
import io.github.gssloss.networks.uhved.Uhved;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reference numbers of U-HVED: weights {@code w/...}, the images {@code x} (B, M, D, H, W), the
 * subset {@code present} (B, M) of the fusion, the classes {@code label} (B, D, H, W) and the
 * {@code noise/LEVEL} of the latents go in; outputs, latents, losses and gradients come out. All
 * sizes follow from the shapes of the weights. Always computed in float32, as the weights are.
 */
final class UhvedReference {

    /** What {@code meta/network} is. */
    static final int NUMBER = 2;

    private static final int LEVELS = 4;

    /** The norm behind them cancels their size. */
    private static final Pattern CANCELLED = Pattern.compile("encoder\\.\\d+\\.conv_0\\.weight");

    private final ReferenceArrays arrays;
    private final Uhved network;
    private final TrainedReference reference;

    private UhvedReference(ReferenceArrays arrays) {
        this.arrays = arrays;
        network =
                NetworkReference.network(
                        arrays,
                        weights -> Uhved.builder().sizedAs(weights).optNoise(this::noise).build());
        reference = new TrainedReference(arrays, network, List.of("kl", "mse"));
    }

    /** Recomputes a file. */
    static List<Deviation> of(ReferenceArrays arrays) {
        return new UhvedReference(arrays).compare();
    }

    private NDArray noise(int level, NDArray mean) {
        return arrays.get("noise/" + level, mean.getShape()).toType(DataType.FLOAT32, true);
    }

    private List<Deviation> compare() {
        latents();
        NDList outputs = reference.outputs();
        reference.task("ce", network.taskLosses().get(0), outputs);
        reference.task("dice", network.taskLosses().get(1), outputs);
        List.of("kl", "mse", "l2").forEach(name -> reference.loss(name, outputs.get(name)));
        return reference.compare(CANCELLED);
    }

    private void latents() {
        NDArray subset = reference.subset();
        NDList samples = new NDList();
        NDList means = new NDList();
        NDList between = new NDList();
        NDList prior = new NDList();
        NDList features = network.encode(reference.store(), reference.x(), false);
        for (int level = 1; level <= LEVELS; level++) {
            NDArray blocks = features.get(level - 1);
            Gaussians gaussians = Gaussians.of(blocks);
            GaussianProduct product = gaussians.product(subset);
            means.add(product.mean());
            samples.add(product.sample(noise(level, product.mean())));
            reference.forward("mid/mean_" + level, product.mean());
            reference.forward("mid/logvar_" + level, product.logVariance());
            reference.forward("mid/sample_" + level, samples.get(level - 1));
            for (int m = 0; m < network.modalities().size(); m++) {
                String of = "_" + m + "_" + level;
                reference.forward("mid/encoder" + of, blocks.get(":,{}", m));
                reference.forward("mid/alone" + of, gaussians.meansAlone().get(":,{}", m));
            }
            SubsetDivergence divergence = SubsetDivergence.of(gaussians, subset, subset.onesLike());
            between.add(divergence.between());
            prior.add(divergence.prior());
        }
        reference.forward("out/fused_logits", network.decode(reference.store(), samples).get(0));
        reference.forward("out/fused_logits_mean", network.decode(reference.store(), means).get(0));
        reference.forward("out/recon_mean", network.decode(reference.store(), means).get(1));
        reference.loss("kl_between", NDArrays.stack(between));
        reference.loss("kl_prior", NDArrays.stack(prior));
    }
}
