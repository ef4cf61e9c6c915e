/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.metric.Metrics;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.evaluator.Evaluator;
import ai.djl.training.listener.TrainingListener.BatchData;
import ai.djl.training.loss.Loss;
import io.github.gssloss.core.ClassGroups;
import io.github.gssloss.core.Decision;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.core.GssConfigBuilder;
import io.github.gssloss.core.TumorRegion;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values and names at the border of what is allowed. */
class EdgeValuesTest {

    private static final Shape SHAPE = new Shape(2, 4, 6, 6, 6);
    private static final Shape INDICES = new Shape(2, 6, 6, 6);
    private static final OutputLayout LAYOUT = OutputLayout.fusedThenBranches(4);

    private final NDManager manager = NDManager.newBaseManager();
    private NDList outputs;
    private NDArray classes;

    @BeforeEach
    void draw() {
        Engine.getInstance().setRandomSeed(8);
        outputs = new NDList(manager.randomNormal(SHAPE).softmax(1));
        for (int m = 0; m < 4; m++) {
            outputs.add(manager.randomNormal(0, 3, SHAPE, DataType.FLOAT32));
        }
        classes = manager.randomInteger(0, 4, INDICES, DataType.INT32);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private LossParts parts(GssConfigBuilder settings, NDList labels) {
        GssLoss loss = new GssLoss(LAYOUT, settings.optMaskRate(0).build());
        loss.evaluate(labels, outputs);
        return loss.lastParts();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-42, 1e-300})
    void aBetaNextToZeroLeavesTheDistillationAsItIs(double beta) {
        NDList labels = new NDList(classes);
        LossParts usual = parts(GssConfig.builder(), labels);
        LossParts tiny = parts(GssConfig.builder().optBeta(beta), labels);
        LossParts none = parts(GssConfig.builder().optBeta(0), labels);
        assertThat(tiny.distillation()).isEqualTo(usual.distillation()).isPositive();
        assertThat(tiny.total()).isEqualTo(none.total()).isLessThan(usual.total());
    }

    @Test
    void aTemperatureThatFloat32CannotHoldIsRefused() {
        assertThatThrownBy(() -> GssConfig.builder().optTemperature(1e-50))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("temperature: expected a number from 0.001 to 1000.0, got 1.0E-50");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NCR/NET", "a;b", "a,b", "a:b", "a: b; c", "a\\", " x"})
    void aNameSurvivesBeingPrintedAndParsed(String name) {
        List<String> modalities = List.of("t1", name);
        ClassGroups groups =
                ClassGroups.builder()
                        .setModalities(modalities)
                        .addClass("background", "t1", name)
                        .addClass(name, name)
                        .build();
        assertThat(ClassGroups.parse(modalities, groups.toString())).isEqualTo(groups);
    }

    @Test
    void labelsMayHaveAnAxisOfOneClass() {
        NDList flat = new NDList(classes);
        NDList withAxis = new NDList(classes.expandDims(1));
        List<Evaluator> evaluators =
                List.of(
                        new GssLoss(LAYOUT, GssConfig.builder().optMaskRate(0).build()),
                        new SoftDiceLoss(),
                        new WeightedCrossEntropyLoss(),
                        DiceScore.of(TumorRegion.WHOLE, 4));
        for (Evaluator evaluator : evaluators) {
            float expected = evaluator.evaluate(flat, outputs).getFloat();
            assertThat(evaluator.evaluate(withAxis, outputs).getFloat())
                    .as(evaluator.getName())
                    .isEqualTo(expected)
                    .isPositive();
        }
    }

    @Test
    void theReleasedEditionTakesAMatrixOfOnes() {
        NDList all = new NDList(classes, manager.ones(new Shape(2, 4)));
        LossParts without = parts(GssConfig.released().toBuilder(), new NDList(classes));
        LossParts with = parts(GssConfig.released().toBuilder(), all);
        assertThat(List.of(with.total(), with.branches()))
                .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-5 ? 0 : 1)
                .isEqualTo(List.of(without.total(), without.branches()));
        assertThat(with.distillation()).isEqualTo(without.distillation()).isPositive();
    }

    @Test
    void aMetricsNameHasClassAndDecision() {
        Metrics metrics = new Metrics();
        GssConfig settings = GssConfig.paper();
        try (Model model = Model.newInstance("net")) {
            model.setBlock(new TwoBranchNet());
            Loss loss = new GssLoss(LAYOUT, settings);
            try (Trainer trainer = model.newTrainer(new DefaultTrainingConfig(loss))) {
                trainer.setMetrics(metrics);
                new DecisionListener(LAYOUT, settings)
                        .onTrainingBatch(
                                trainer,
                                new BatchData(
                                        null,
                                        Map.of(Device.cpu(), new NDList(classes)),
                                        Map.of(Device.cpu(), outputs)));
            }
        }
        Set<List<String>> parts =
                metrics.getMetricNames().stream()
                        .filter(name -> name.startsWith("gss_decision/"))
                        .map(name -> List.of(name.split("/")))
                        .collect(Collectors.toSet());
        Set<List<String>> expected =
                settings.groups().classNames().stream()
                        .map(name -> name.replace('/', '-'))
                        .flatMap(
                                name ->
                                        Arrays.stream(Decision.values())
                                                .map(Decision::name)
                                                .map(one -> List.of("gss_decision", name, one)))
                        .collect(Collectors.toSet());
        assertThat(parts).isEqualTo(expected).hasSize(20);
        assertThat(settings.groups().classNames()).contains("NCR/NET");
    }

    @Test
    void aSampleOfOneClassCostsZeroAndNotMinusZero() {
        NDList background = new NDList(manager.zeros(INDICES));
        float value = new WeightedCrossEntropyLoss().evaluate(background, outputs).getFloat();
        assertThat(Float.floatToRawIntBits(value)).isZero();
    }

    @Test
    void ignoredVoxelsCostNothing() {
        NDList labels = new NDList(manager.create(new float[] {0, 1, 255, 255}).reshape(1, 2, 2));
        NDArray perfect = manager.create(new float[] {1, 0, 1, 0, 0, 1, 0, 1}).reshape(1, 2, 2, 2);
        SoftDiceLoss ignoring = SoftDiceLoss.builder().optIgnoreIndex(255).build();
        assertThat(ignoring.evaluate(labels, new NDList(perfect)).getFloat()).isZero();
        // Of each class one of two predicted voxels is labelled so: 1 - 2 / 3.
        assertThat(new SoftDiceLoss().evaluate(labels, new NDList(perfect)).getFloat())
                .isCloseTo(1f / 3, within(1e-6f));
    }
}
