/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.uhved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Products and divergences alone, in double precision. */
class GaussiansTest {

    private static final double EXACT = 1e-9;

    private NDManager manager;
    private UhvedGolden golden;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
        golden = UhvedGolden.read(manager, "uhved-gaussians.npz");
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void productsAreThoseOfTheFile() {
        Gaussians gaussians = Gaussians.of(block());

        GaussianProduct product = gaussians.product(subset());
        close(product.mean(), "mean");
        close(product.logVariance(), "logvar");
        close(product.sample(golden.get("noise").toType(DataType.FLOAT64, false)), "sample");
        for (int s = 1; s < 16; s++) {
            float[][] rows = new float[3][4];
            StringBuilder digits = new StringBuilder();
            for (int m = 0; m < 4; m++) {
                if ((s >> m & 1) == 1) {
                    digits.append(m);
                    for (float[] row : rows) {
                        row[m] = 1;
                    }
                }
            }
            NDArray mask = manager.create(rows).toType(DataType.FLOAT64, false);
            GaussianProduct of = gaussians.product(mask);
            close(of.mean(), "subset/" + digits + "/mean");
            close(of.logVariance(), "subset/" + digits + "/logvar");
        }
    }

    @Test
    void divergencesAreThoseOfTheFile() {
        SubsetDivergence divergence =
                SubsetDivergence.of(Gaussians.of(block()), subset(), subset().onesLike());

        double between = golden.get("kl_between").getDouble();
        double prior = golden.get("kl_prior").getDouble();
        assertThat(divergence.between().getDouble()).isCloseTo(between, within(EXACT * between));
        assertThat(divergence.prior().getDouble()).isCloseTo(prior, within(EXACT * prior));
    }

    @Test
    void gradientsAreThoseOfTheFile() {
        NDArray noise = golden.get("noise").toType(DataType.FLOAT64, false);
        NDArray ofSample = block();
        differentiate(() -> Gaussians.of(ofSample).product(subset()).sample(noise).sum());
        closeGradient(ofSample, "grad_sample");

        NDArray ofDivergence = block();
        differentiate(() -> sum(ofDivergence, subset(), subset().onesLike()));
        closeGradient(ofDivergence, "grad_kl");
    }

    @Test
    void thePriorAloneAndOneStandardNormal() {
        NDArray block = manager.full(new Shape(1, 1, 2, 1, 1, 1), 3f, DataType.FLOAT64);
        block.get(":,:,1").subi(3);
        Gaussians gaussians = Gaussians.of(block);

        GaussianProduct prior = gaussians.product(manager.zeros(one(), DataType.FLOAT64));
        GaussianProduct product = gaussians.product(manager.ones(one(), DataType.FLOAT64));

        assertThat(prior.mean().toDoubleArray()).containsExactly(0);
        assertThat(prior.logVariance().toDoubleArray()[0]).isCloseTo(0, within(1e-6));
        assertThat(product.mean().toDoubleArray()[0]).isCloseTo(1.5, within(1e-6));
        assertThat(product.variance().toDoubleArray()[0]).isCloseTo(0.5, within(1e-6));
        assertThat(gaussians.meansAlone().toDoubleArray())
                .containsExactly(product.mean().toDoubleArray());
    }

    private static Shape one() {
        return new Shape(1, 1);
    }

    @Test
    void equalProductsHaveNoDivergenceAndOthersAPositiveOne() {
        NDArray block = manager.zeros(new Shape(2, 3, 2, 2, 2, 2), DataType.FLOAT64);
        // So wide that every product is the prior.
        block.get(":,:,1").addi(50);
        NDArray all = manager.ones(new Shape(2, 3), DataType.FLOAT64);
        SubsetDivergence none = SubsetDivergence.of(Gaussians.of(block), all, all);
        SubsetDivergence some = SubsetDivergence.of(Gaussians.of(random(2, 3, 2)), all, all);

        assertThat(none.between().getDouble()).isCloseTo(0, within(1e-6));
        assertThat(none.prior().getDouble()).isCloseTo(0, within(1e-6));
        assertThat(some.between().getDouble()).isPositive();
        assertThat(some.prior().getDouble()).isPositive();
    }

    @Test
    void oneModalityIsComparedWithThePriorAlone() {
        NDArray all = manager.ones(new Shape(2, 1), DataType.FLOAT64);

        SubsetDivergence divergence =
                SubsetDivergence.of(Gaussians.of(random(2, 1, 4)), all.zerosLike(), all);

        assertThat(divergence.between().getDouble()).isZero();
        assertThat(divergence.prior().getDouble()).isPositive();
    }

    @Test
    void divergencesAreThoseOfAPlainLoopWhereImagesAreMissing() {
        double[][] present = {{1, 0, 1, 1}, {1, 1, 1, 1}, {0, 0, 1, 0}, {0, 0, 0, 0}};
        double[][] subset = {{0, 0, 1, 1}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 0}};
        NDArray block = random(4, 4, 4);

        SubsetDivergence divergence =
                SubsetDivergence.of(
                        Gaussians.of(block), manager.create(subset), manager.create(present));

        double[] expected = new PlainDivergence(block, subset, present).betweenAndPrior();
        assertThat(divergence.between().getDouble()).isCloseTo(expected[0], within(EXACT));
        assertThat(divergence.prior().getDouble()).isCloseTo(expected[1], within(EXACT));
    }

    @Test
    void gradientWhereImagesAreMissingIsThatOfDifferences() {
        NDArray present = manager.create(new double[][] {{1, 0, 1}, {1, 1, 1}});
        NDArray subset = manager.create(new double[][] {{1, 0, 0}, {0, 1, 1}});
        NDArray block = random(2, 3, 4);
        differentiate(() -> sum(block, subset, present));
        double[] gradient = block.getGradient().toDoubleArray();
        NDArray values = block.stopGradient().flatten();
        Random random = new Random(5);
        for (int i = 0; i < 40; i++) {
            int element = random.nextInt(gradient.length);
            NDArray one = values.get("{}:{}", element, element + 1);
            one.addi(1e-5);
            double above = sum(block, subset, present).getDouble();
            one.subi(2e-5);
            double below = sum(block, subset, present).getDouble();
            one.addi(1e-5);
            assertThat(gradient[element]).isCloseTo((above - below) / 2e-5, within(1e-8));
        }
        assertThat(block.getGradient().get(0).get(1).abs().max().getDouble()).isZero();
    }

    private static NDArray sum(NDArray block, NDArray subset, NDArray present) {
        Gaussians gaussians = Gaussians.of(block);
        return SubsetDivergence.of(gaussians, subset, present).sum(gaussians);
    }

    private NDArray random(long samples, long modalities, long channels) {
        Engine.getInstance().setRandomSeed(8);
        Shape shape = new Shape(samples, modalities, channels, 2, 3, 2);
        NDArray block = manager.randomNormal(shape, DataType.FLOAT64);
        block.setRequiresGradient(true);
        return block;
    }

    /** (B, M, 2C, ...), ready to be differentiated. */
    private NDArray block() {
        NDArray block = golden.get("block").toType(DataType.FLOAT64, false).swapAxes(0, 1);
        NDArray leaf = block.duplicate();
        leaf.setRequiresGradient(true);
        return leaf;
    }

    private NDArray subset() {
        return golden.get("present").toType(DataType.FLOAT64, false);
    }

    private static void differentiate(Supplier<NDArray> value) {
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            collector.backward(value.get());
        }
    }

    private void closeGradient(NDArray leaf, String name) {
        NDArray expected = golden.get(name).swapAxes(0, 1);
        NDArray difference = leaf.getGradient().sub(expected).abs();
        double largest = expected.abs().max().getDouble();
        assertThat(difference.max().getDouble()).as(name).isLessThan(EXACT * largest);
    }

    private void close(NDArray actual, String name) {
        NDArray difference = actual.sub(golden.get(name)).abs();
        assertThat(difference.max().getDouble()).as(name).isLessThan(EXACT);
    }
}
