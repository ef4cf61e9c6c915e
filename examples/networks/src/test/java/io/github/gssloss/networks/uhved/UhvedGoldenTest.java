/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.uhved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.loss.Loss;
import io.github.gssloss.networks.weights.BlockWeights;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The network against an independent implementation in double precision. */
class UhvedGoldenTest {

    private static final double FORWARD = 1e-4;
    private static final double LOSS = 1e-5;
    private static final double GRADIENT = 1e-3;

    private NDManager manager;
    private ParameterStore store;
    private UhvedGolden golden;
    private Uhved network;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
        store = new ParameterStore(manager, false);
        golden = UhvedGolden.read(manager, "uhved-b.npz");
        network = golden.network(manager);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void outputsInTrainingAreThoseOfTheFile() {
        NDList outputs = network.forward(store, golden.inputs(), true);

        assertThat(outputs)
                .extracting(NDArray::getName)
                .containsExactly(
                        "fused",
                        "branch_prob_0",
                        "branch_prob_1",
                        "branch_prob_2",
                        "recon",
                        "branch_logits_0",
                        "branch_logits_1",
                        "branch_logits_2",
                        "kl",
                        "mse",
                        "l2");
        for (String name : List.of("fused", "recon", "branch_logits_0", "branch_logits_2")) {
            close(outputs.get(name), "out/" + name);
        }
        for (int m = 0; m < 3; m++) {
            NDArray logits = golden.get("out/branch_logits_" + m);
            assertThat(distance(outputs.get("branch_prob_" + m), logits.softmax(1)))
                    .isLessThan(FORWARD);
        }
        for (String loss : List.of("kl", "mse", "l2")) {
            relative(outputs.get(loss), loss);
        }
    }

    @Test
    void outsideTrainingTheMeanIsDecoded() {
        NDList outputs = network.forward(store, golden.inputs(), false);

        NDArray logits = golden.get("out/fused_logits_mean");
        assertThat(distance(outputs.singletonOrThrow(), logits.softmax(1))).isLessThan(FORWARD);
    }

    @Test
    void latentsAreThoseOfTheFile() {
        NDList features = network.encode(store, golden.get("x"), false);
        NDArray subset = golden.get("present").toType(DataType.FLOAT32, false);
        for (int level = 1; level <= 4; level++) {
            NDArray blocks = features.get(level - 1);
            Gaussians gaussians = Gaussians.of(blocks);
            GaussianProduct product = gaussians.product(subset);
            close(product.mean(), "mid/mean_" + level);
            close(product.logVariance(), "mid/logvar_" + level);
            close(product.sample(golden.get("noise/" + level)), "mid/sample_" + level);
            for (int m = 0; m < 3; m++) {
                close(blocks.get(":,{}", m), "mid/encoder_" + m + "_" + level);
                close(gaussians.meansAlone().get(":,{}", m), "mid/alone_" + m + "_" + level);
            }
        }
    }

    @Test
    void divergencesOfTheLevelsAreThoseOfTheFile() {
        NDList features = network.encode(store, golden.get("x"), false);
        NDArray subset = golden.get("present").toType(DataType.FLOAT32, false);
        for (int level = 0; level < 4; level++) {
            SubsetDivergence divergence =
                    SubsetDivergence.of(
                            Gaussians.of(features.get(level)), subset, subset.onesLike());
            double between = golden.get("loss/kl_between").getDouble(level);
            double prior = golden.get("loss/kl_prior").getDouble(level);
            assertThat((double) divergence.between().getFloat())
                    .isCloseTo(between, within(LOSS * between));
            assertThat((double) divergence.prior().getFloat())
                    .isCloseTo(prior, within(LOSS * prior));
        }
    }

    @Test
    void taskLossesAreThoseOfTheFile() {
        NDList outputs = network.forward(store, golden.inputs(), true);
        List<Loss> losses = network.taskLosses();

        NDList fused = new NDList(outputs.get("fused"));
        relative(losses.get(0).evaluate(golden.labels(), fused), "ce_fused");
        relative(losses.get(1).evaluate(golden.labels(), fused), "dice_fused");
        NDArray branches = manager.zeros(new Shape());
        NDArray dice = manager.zeros(new Shape());
        for (int m = 0; m < 3; m++) {
            NDList branch = new NDList(outputs.get("branch_prob_" + m));
            branches = branches.add(losses.get(0).evaluate(golden.labels(), branch));
            dice = dice.add(losses.get(1).evaluate(golden.labels(), branch));
        }
        relative(branches, "ce_branch");
        relative(dice, "dice_branch");
    }

    @Test
    void gradientsWithBranchesAreThoseOfTheFile() {
        compareGradients("grad/", this::total, () -> {});
    }

    @Test
    void gradientsOfThePublishedLossAreThoseOfTheFile() {
        compareGradients(
                "grad_own/",
                outputs -> {
                    NDArray sum = own(outputs);
                    NDList fused = new NDList(outputs.get("fused"));
                    for (Loss loss : network.taskLosses()) {
                        sum = sum.add(loss.evaluate(golden.labels(), fused));
                    }
                    return sum;
                },
                () -> {});
    }

    @Test
    void garbageBetweenForwardAndBackwardChangesNoGradient() {
        compareGradients("grad/", this::total, UhvedGoldenTest::churn);
    }

    private NDArray total(NDList outputs) {
        NDArray sum = own(outputs);
        for (String name : List.of("fused", "branch_prob_0", "branch_prob_1", "branch_prob_2")) {
            NDList one = new NDList(outputs.get(name));
            sum = sum.add(network.taskLosses().get(0).evaluate(golden.labels(), one));
        }
        return sum;
    }

    private NDArray own(NDList outputs) {
        NDArray tenth = manager.full(new Shape(), 0.1f, DataType.FLOAT32);
        return outputs.get("kl").add(outputs.get("mse")).mul(tenth);
    }

    private void compareGradients(
            String prefix, Function<NDList, NDArray> loss, Runnable beforeBackward) {
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray value = loss.apply(network.forward(store, golden.inputs(), true));
            beforeBackward.run();
            collector.backward(value);
        }
        Map<String, Parameter> parameters = BlockWeights.parameters(network);
        int compared = 0;
        for (NDArray expected : golden.arrays()) {
            if (!expected.getName().startsWith(prefix)) {
                continue;
            }
            String name = expected.getName().substring(prefix.length());
            NDArray gradient = parameters.get(name).getArray().getGradient();
            double largest = expected.abs().max().getFloat();
            assertThat(distance(gradient, expected))
                    .as(expected.getName())
                    .isLessThan(GRADIENT * largest);
            compared++;
        }
        assertThat(compared).isPositive();
    }

    /** Collects what nobody holds any more, and writes over the memory that this gave back. */
    private static void churn() {
        for (int round = 0; round < 3; round++) {
            System.gc();
            for (int i = 0; i < 2000; i++) {
                ByteBuffer garbage = ByteBuffer.allocateDirect(4 + i % 64);
                while (garbage.hasRemaining()) {
                    garbage.put((byte) 0x7f);
                }
            }
        }
    }

    private void close(NDArray actual, String name) {
        assertThat(distance(actual, golden.get(name))).as(name).isLessThan(FORWARD);
    }

    private void relative(NDArray actual, String name) {
        double expected = golden.loss(name);
        assertThat((double) actual.getFloat())
                .as(name)
                .isCloseTo(expected, within(LOSS * Math.abs(expected)));
    }

    private static double distance(NDArray actual, NDArray expected) {
        assertThat(actual.getShape()).isEqualTo(expected.getShape());
        return actual.sub(expected).abs().max().getFloat();
    }
}
