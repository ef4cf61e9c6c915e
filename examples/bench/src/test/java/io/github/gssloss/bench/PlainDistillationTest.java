/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.github.gssloss.core.DistillationInput;
import io.github.gssloss.core.DistillationResult;
import io.github.gssloss.core.GroupDistillation;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.djl.DistillationLoss;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the loss is measured against computes the same. */
class PlainDistillationTest {

    @BeforeEach
    void seed() {
        Engine.getInstance().setRandomSeed(3);
    }

    @ParameterizedTest
    @CsvSource({"4, 4", "4, 5", "3, 2", "2, 3", "6, 8"})
    void lossAndGradientsAreThoseOfTheMethod(int modalities, int classes) {
        LossCase size = new LossCase(2, 5, modalities, classes);
        GssConfig config = size.config();
        PlainDistillation plain = new PlainDistillation(config);
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList logits = new NDList();
            size.logits(size.truth(manager))
                    .forEach(z -> logits.add(z.toType(DataType.FLOAT64, false)));
            NDArray mask = plain.mask(manager, size.shape()).toType(DataType.FLOAT64, false);
            assertThat(mask.mean().getDouble()).isBetween(0.6, 0.95);

            DistillationResult expected =
                    new GroupDistillation(config)
                            .evaluate(
                                    DistillationInput.builder()
                                            .setBranchLogits(logits)
                                            .optMask(mask)
                                            .build());
            double weight = config.beta() * config.temperature() * config.temperature();
            logits.forEach(z -> z.setRequiresGradient(true));
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray loss = plain.evaluate(logits, mask);
                collector.backward(loss);
                double expectedLoss = weight * expected.loss().getDouble();
                assertThat(loss.getDouble()).isCloseTo(expectedLoss, within(1e-9 * expectedLoss));
            }
            for (int m = 0; m < modalities; m++) {
                NDArray gradient = expected.gradients().get(m).mul(weight);
                NDArray difference = logits.get(m).getGradient().sub(gradient).abs();
                double largest = gradient.abs().max().getDouble();
                assertThat(largest).isPositive();
                assertThat(difference.max().getDouble()).isLessThan(1e-9 * largest);
            }
        }
    }

    @Test
    void withoutAMaskItIsTheLossOfATrainer() {
        LossCase size = new LossCase(2, 6, 4, 4);
        GssConfig config = size.config().toBuilder().optMaskRate(0).build();
        DistillationLoss loss = new DistillationLoss(size.layout(), config);
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList logits = size.logits(size.truth(manager));
            NDList predictions = new NDList(logits.get(0)).addAll(logits);
            NDArray mask = manager.ones(size.shape()).get(":, 0:1");

            float plain = new PlainDistillation(config).evaluate(logits, mask).getFloat();

            NDList labels = new NDList(manager.zeros(new Shape(2, 6, 6, 6)));
            assertThat(loss.evaluate(labels, predictions).getFloat())
                    .isCloseTo(plain, within(1e-5f * plain));
        }
    }
}
