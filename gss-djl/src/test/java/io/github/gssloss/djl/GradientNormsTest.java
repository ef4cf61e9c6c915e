/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.core.ClassGroups;
import io.github.gssloss.core.DistillationInput;
import io.github.gssloss.core.GroupDistillation;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.core.GssConfigBuilder;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GradientNormsTest {

    private static final int M = 2;
    private static final Shape SHAPE = new Shape(2, 3, 3, 4);
    private static final ClassGroups GROUPS =
            ClassGroups.parse(List.of("a", "b"), "background: a, b; first: a; second: b");
    private static final OutputLayout LAYOUT =
            OutputLayout.builder()
                    .setFused(0, OutputKind.PROBABILITIES)
                    .optBranchProbabilities(1, 2)
                    .setBranchLogits(3, 4)
                    .build();

    private final NDManager manager = NDManager.newBaseManager();
    private NDList labels;
    private NDList logits;

    @BeforeEach
    void draw() {
        manager.getEngine().setRandomSeed(3);
        logits = new NDList();
        for (int m = 0; m < M; m++) {
            logits.add(manager.randomNormal(0, 2, SHAPE, DataType.FLOAT64));
        }
        NDArray classes = manager.randomInteger(0, 3, new Shape(2, 3, 4), DataType.INT32);
        // The second sample lacks the first modality.
        labels = new NDList(classes, manager.create(new float[] {1, 1, 0, 1}, new Shape(2, M)));
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private static GssConfigBuilder config() {
        return GssConfig.builder().optGroups(GROUPS).optTemperature(3).optMaskRate(0.4);
    }

    private static GssLoss loss(OutputLayout layout, GssConfig config) {
        return GssLoss.builder().setLayout(layout).setConfig(config).optBranchWeight(1.5).build();
    }

    private static NDList outputs(OutputLayout layout, NDList of) {
        NDArray fused = of.get(0).onesLike().div(3);
        NDList outputs = new NDList(fused);
        if (layout == LAYOUT) {
            of.forEach(z -> outputs.add(z.softmax(1)));
        }
        return outputs.addAll(of);
    }

    @Test
    void theTaskNormsAreThoseOfFiniteDifferences() {
        for (OutputLayout layout : List.of(LAYOUT, OutputLayout.fusedThenBranches(M))) {
            GssLoss loss = loss(layout, config().optAlpha(0.6).optBeta(0).build());
            NDList predictions = outputs(layout, logits);
            loss.evaluate(labels, predictions);
            GradientNorms norms = GradientNorms.of(loss, labels, predictions);
            for (int m = 0; m < M; m++) {
                double squares = 0;
                for (long i = 0; i < SHAPE.size(); i++) {
                    double slope =
                            Gradients.difference(
                                    logits, m, i, in -> loss.evaluate(labels, outputs(layout, in)));
                    squares += slope * slope;
                }
                assertThat(norms.task().get(m)).isCloseTo(Math.sqrt(squares), within(1e-7));
                assertThat(norms.distillation().get(m)).isZero();
            }
        }
    }

    @Test
    void theDistillationNormsAreThoseOfItsGradients() {
        GssConfig config = config().optBeta(0.4).build();
        GssLoss loss = loss(LAYOUT, config);
        NDList predictions = outputs(LAYOUT, logits);
        loss.evaluate(labels, predictions);
        int before = manager.getManagedArrays().size();
        GradientNorms norms = GradientNorms.of(loss, labels, predictions);
        assertThat(manager.getManagedArrays()).hasSize(before);
        assertThat(logits).noneMatch(NDArray::hasGradient);
        DistillationInput input =
                DistillationInput.builder()
                        .setBranchLogits(logits)
                        .optPresent(labels.get(1))
                        .optMask(loss.last().settings().mask())
                        .build();
        NDList gradients = new GroupDistillation(config).evaluate(input).gradients();
        for (int m = 0; m < M; m++) {
            double squares = 0;
            for (double one : gradients.get(m).toDoubleArray()) {
                squares += 0.4 * 9 * one * 0.4 * 9 * one;
            }
            assertThat(norms.distillation().get(m))
                    .isPositive()
                    .isCloseTo(Math.sqrt(squares), within(1e-12));
            assertThat(norms.task().get(m)).isPositive();
        }
    }

    @Test
    void anotherBatchIsRefused() {
        GssLoss loss = loss(LAYOUT, config().build());
        NDList predictions = outputs(LAYOUT, logits);
        String refusal =
                "predictions: expected those of the training batch that GssLoss evaluated last,"
                        + " got others";
        assertThatThrownBy(() -> GradientNorms.of(loss, labels, predictions)).hasMessage(refusal);
        loss.evaluate(labels, predictions);
        NDList others = outputs(LAYOUT, logits);
        assertThatThrownBy(() -> GradientNorms.of(loss, labels, others)).hasMessage(refusal);
        loss.evaluate(labels, new NDList(predictions.get(0)));
        assertThatThrownBy(() -> GradientNorms.of(loss, labels, new NDList(predictions.get(0))))
                .hasMessage(refusal);
        assertThatThrownBy(() -> new GradientNorms(List.of(1.0), List.of()))
                .hasMessage("distillation: expected a norm for each of 1 branches, got 0");
    }
}
