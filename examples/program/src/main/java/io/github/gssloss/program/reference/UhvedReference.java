/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.reference;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.github.gssloss.networks.uhved.GaussianProduct;
import io.github.gssloss.networks.uhved.Gaussians;
import io.github.gssloss.networks.uhved.SubsetDivergence;
import io.github.gssloss.networks.uhved.Uhved;
import io.github.gssloss.networks.weights.BlockWeights;
import java.util.List;
import java.util.function.Function;

/**
 * Reference numbers of U-HVED: weights {@code w/...}, the images {@code x} (B, M, D, H, W), the
 * subset {@code present} (B, M) of the fusion, the classes {@code label} (B, D, H, W) and the
 * {@code noise/LEVEL} of the latents go in; outputs, latents, losses and gradients come out. All
 * sizes follow from the shapes of the weights. Always computed in float32, as the weights are.
 */
final class UhvedReference {

    /** What {@code meta/network} is. */
    static final int NUMBER = 2;

    private static final double FORWARD = 1e-4;
    private static final double LOSS = 1e-5;
    private static final double GRADIENT = 1e-3;
    private static final int LEVELS = 4;
    private static final float OWN_WEIGHT = 0.1f;

    private final ReferenceArrays arrays;
    private final Uhved network;
    private final ParameterStore store;
    private final NDArray x;
    private final NDArray subset;
    private final NDArray label;
    private final ComputedArrays computed;

    private UhvedReference(ReferenceArrays arrays) {
        this.arrays = arrays;
        x = arrays.get("x").toType(DataType.FLOAT32, false);
        subset = arrays.get("present").neq(0).toType(DataType.FLOAT32, false);
        network =
                NetworkReference.network(
                        arrays,
                        weights -> Uhved.builder().sizedAs(weights).optNoise(this::noise).build());
        NetworkReference.initialize(network, arrays, x, subset);
        Shape shape = x.getShape();
        label = arrays.get("label", new Shape(shape.get(0)).addAll(shape.slice(2)));
        arrays.get("out/fused", network.getOutputShapes(new Shape[] {shape})[0]);
        store = new ParameterStore(x.getManager(), false);
        computed = new ComputedArrays(arrays);
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
        outputs();
        gradients("grad/", this::total);
        gradients("grad_own/", this::own);
        return computed.compare(DataType.FLOAT32, "out/", "mid/", "loss/", "grad/", "grad_own/");
    }

    private void latents() {
        NDList samples = new NDList();
        NDList means = new NDList();
        NDList between = new NDList();
        NDList prior = new NDList();
        NDList features = network.encode(store, x, false);
        for (int level = 1; level <= LEVELS; level++) {
            NDArray blocks = features.get(level - 1);
            Gaussians gaussians = Gaussians.of(blocks);
            GaussianProduct product = gaussians.product(subset);
            means.add(product.mean());
            samples.add(product.sample(noise(level, product.mean())));
            forward("mid/mean_" + level, product.mean());
            forward("mid/logvar_" + level, product.logVariance());
            forward("mid/sample_" + level, samples.get(level - 1));
            for (int m = 0; m < network.modalities().size(); m++) {
                String of = "_" + m + "_" + level;
                forward("mid/encoder" + of, blocks.get(":,{}", m));
                forward("mid/alone" + of, gaussians.meansAlone().get(":,{}", m));
            }
            SubsetDivergence divergence = SubsetDivergence.of(gaussians, subset, subset.onesLike());
            between.add(divergence.between());
            prior.add(divergence.prior());
        }
        forward("out/fused_logits", network.decode(store, samples).get(0));
        forward("out/fused_logits_mean", network.decode(store, means).get(0));
        forward("out/recon_mean", network.decode(store, means).get(1));
        loss("kl_between", NDArrays.stack(between));
        loss("kl_prior", NDArrays.stack(prior));
    }

    private void outputs() {
        NDList outputs = network.forward(store, new NDList(x, subset), true);
        List.of("fused", "recon").forEach(name -> forward("out/" + name, outputs.get(name)));
        for (String modality : network.modalities()) {
            String name = "branch_logits_" + modality;
            forward("out/" + name, outputs.get(name));
        }
        loss("ce_fused", task(0, outputs, "fused"));
        loss("dice_fused", task(1, outputs, "fused"));
        loss("ce_branch", branches(0, outputs));
        loss("dice_branch", branches(1, outputs));
        List.of("kl", "mse", "l2").forEach(name -> loss(name, outputs.get(name)));
        loss("total", total(outputs));
        loss("own", own(outputs));
    }

    private void forward(String name, NDArray array) {
        computed.add(name, array, Measure.ABSOLUTE, FORWARD);
    }

    private void loss(String name, NDArray value) {
        computed.add("loss/" + name, value, Measure.RELATIVE, LOSS);
    }

    /** A task loss: 0 is the cross entropy, 1 the Dice loss. */
    private NDArray task(int loss, NDList outputs, String name) {
        NDList predictions = new NDList(outputs.get(name));
        return network.taskLosses().get(loss).evaluate(new NDList(label), predictions);
    }

    private NDArray branches(int loss, NDList outputs) {
        NDList values = new NDList();
        for (String modality : network.modalities()) {
            values.add(task(loss, outputs, "branch_prob_" + modality));
        }
        return NDArrays.stack(values);
    }

    /** Cross entropies of all outputs and the network's losses but the decay. */
    private NDArray total(NDList outputs) {
        NDArray tasks = task(0, outputs, "fused").add(branches(0, outputs).sum());
        return tasks.add(ofNetwork(outputs));
    }

    /** The published loss without the decay. */
    private NDArray own(NDList outputs) {
        NDArray tasks = task(0, outputs, "fused").add(task(1, outputs, "fused"));
        return tasks.add(ofNetwork(outputs));
    }

    private static NDArray ofNetwork(NDList outputs) {
        NDArray sum = outputs.get("kl").add(outputs.get("mse"));
        // A constant of the engine's own: autograd keeps no Java buffer alive.
        return sum.mul(sum.getManager().full(new Shape(), OWN_WEIGHT, DataType.FLOAT32));
    }

    private void gradients(String prefix, Function<NDList, NDArray> loss) {
        if (arrays.arrays().stream().noneMatch(array -> array.getName().startsWith(prefix))) {
            return;
        }
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            collector.zeroGradients();
            collector.backward(loss.apply(network.forward(store, new NDList(x, subset), true)));
        }
        double largest = largest(prefix);
        BlockWeights.parameters(network)
                .forEach(
                        (name, parameter) -> {
                            NDArray gradient = parameter.getArray().getGradient().duplicate();
                            // The norm behind them cancels their size: what is left is rounding.
                            if (name.matches("encoder\\.\\d+\\.conv_0\\.weight")) {
                                double limit = GRADIENT * largest;
                                computed.add(prefix + name, gradient, Measure.ABSOLUTE, limit);
                            } else {
                                computed.add(prefix + name, gradient, Measure.RELATIVE, GRADIENT);
                            }
                        });
    }

    /** The largest value of all gradients of the file. */
    private double largest(String prefix) {
        return arrays.arrays().stream()
                .filter(array -> array.getName().startsWith(prefix))
                .mapToDouble(array -> array.toType(DataType.FLOAT64, false).abs().max().getDouble())
                .max()
                .orElse(0);
    }
}
