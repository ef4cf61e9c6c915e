/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.reference;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.github.gssloss.networks.uhved.GaussianProduct;
import io.github.gssloss.networks.uhved.Gaussians;
import io.github.gssloss.networks.uhved.SubsetDivergence;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Reference numbers of U-HVED's products and divergences of one level: {@code block} (M, B, 2C,
 * spatial...) as encoders give it, {@code present} (B, M), the subset of the fusion, and {@code
 * noise} (B, C, spatial...) go in; products, a sample, divergences and gradients by {@code block}
 * come out. {@code subset/DIGITS/...} are products of the modalities that the digits name.
 */
final class GaussianReference {

    private static final String SUBSET = "subset/";

    private final ReferenceArrays arrays;
    private final DataType type;

    /** (B, M, 2C, ...), a leaf. */
    private final NDArray block;

    private final NDArray subset;
    private final NDArray noise;

    private GaussianReference(ReferenceArrays arrays, DataType type) {
        this.arrays = arrays;
        this.type = type;
        NDArray given = arrays.get("block");
        Shape shape = given.getShape();
        if (shape.dimension() != 6 || shape.get(2) % 2 != 0 || shape.get(0) > 9) {
            throw arrays.wrong(
                    "block", "expected shape (at most 9 modalities, B, 2C, D, H, W), got " + shape);
        }
        Shape samples = new Shape(shape.get(1));
        NDArray present = arrays.get("present", samples.addAll(new Shape(shape.get(0))));
        Shape latent = samples.addAll(new Shape(shape.get(2) / 2)).addAll(shape.slice(3));
        noise = arrays.get("noise", latent).toType(type, true);
        subset = present.toType(type, true);
        block = given.toType(type, true).swapAxes(0, 1).duplicate();
        block.setRequiresGradient(true);
    }

    /** Recomputes a file in each of the types. */
    static List<Deviation> of(ReferenceArrays arrays, List<DataType> types) {
        List<Deviation> deviations = new ArrayList<>();
        types.forEach(type -> deviations.addAll(new GaussianReference(arrays, type).compare()));
        return deviations;
    }

    private List<Deviation> compare() {
        boolean precise = type == DataType.FLOAT64;
        double forward = precise ? 1e-9 : 1e-4;
        double loss = precise ? 1e-9 : 1e-5;
        double gradient = precise ? 1e-9 : 1e-3;
        Gaussians gaussians = Gaussians.of(block);
        ComputedArrays computed = new ComputedArrays(arrays);
        GaussianProduct product = gaussians.product(subset);
        computed.add("mean", product.mean(), Measure.ABSOLUTE, forward);
        computed.add("logvar", product.logVariance(), Measure.ABSOLUTE, forward);
        computed.add("sample", product.sample(noise), Measure.ABSOLUTE, forward);
        for (int s = 1; s < 1 << subset.getShape().get(1); s++) {
            GaussianProduct of = gaussians.product(mask(s));
            computed.add(name(s) + "/mean", of.mean(), Measure.ABSOLUTE, forward);
            computed.add(name(s) + "/logvar", of.logVariance(), Measure.ABSOLUTE, forward);
        }
        SubsetDivergence divergence = SubsetDivergence.of(gaussians, subset, subset.onesLike());
        computed.add("kl_between", divergence.between(), Measure.RELATIVE, loss);
        computed.add("kl_prior", divergence.prior(), Measure.RELATIVE, loss);
        NDArray ofSample = gradient(leaf -> leaf.product(subset).sample(noise).sum());
        computed.add("grad_sample", ofSample, Measure.RELATIVE, gradient);
        NDArray ofDivergence =
                gradient(leaf -> SubsetDivergence.of(leaf, subset, subset.onesLike()).sum(leaf));
        computed.add("grad_kl", ofDivergence, Measure.RELATIVE, gradient);
        return computed.compare(type, SUBSET, "grad_", "kl_");
    }

    /** The subset whose modalities are the bits of a number, for every sample. */
    private NDArray mask(int s) {
        NDArray mask = subset.zerosLike();
        members(s).forEach(m -> mask.get(":,{}", m).addi(1));
        return mask;
    }

    private static String name(int s) {
        StringBuilder digits = new StringBuilder(SUBSET);
        members(s).forEach(digits::append);
        return digits.toString();
    }

    private static IntStream members(int s) {
        return IntStream.range(0, Integer.SIZE).filter(m -> (s >> m & 1) == 1);
    }

    /** The gradient by the block in the order of the file. */
    private NDArray gradient(Function<Gaussians, NDArray> value) {
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            collector.zeroGradients();
            collector.backward(value.apply(Gaussians.of(block)));
        }
        return block.getGradient().duplicate().swapAxes(0, 1);
    }
}
