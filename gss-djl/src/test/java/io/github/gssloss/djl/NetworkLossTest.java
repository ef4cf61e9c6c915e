/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.evaluator.Evaluator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Outputs that are losses themselves: their sums, times their weights, join the auxiliary part. */
class NetworkLossTest {

    private static final Shape SHAPE = new Shape(2, 3, 4, 5);
    private static final double ALPHA = 0.6;
    private static final double AUXILIARY = 0.5;

    private final NDManager manager = NDManager.newBaseManager();
    private NDList outputs;
    private NDList labels;

    @BeforeEach
    void draw() {
        Engine.getInstance().setRandomSeed(5);
        outputs = new NDList();
        for (int i = 0; i < 3; i++) {
            outputs.add(manager.randomNormal(0, 2, SHAPE, DataType.FLOAT64));
        }
        outputs.add(manager.create(3.5));
        outputs.add(manager.create(new double[] {0.25, 1}));
        labels = new NDList(manager.randomInteger(0, 3, new Shape(2, 4, 5), DataType.INT64));
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private static OutputLayout.Builder layout() {
        return OutputLayout.builder().setFused(0, OutputKind.LOGITS).setBranchLogits(1, 2);
    }

    private static GssLoss loss(OutputLayout.Builder layout) {
        return GssLoss.builder()
                .setLayout(layout.build())
                .setConfig(Training.settings().toBuilder().optMaskRate(0).optAlpha(ALPHA).build())
                .optAuxiliaryWeight(AUXILIARY)
                .optName("loss")
                .build();
    }

    private static GssLoss withOwn() {
        return loss(layout().optNetworkLoss("kl", 3, 0.1).optNetworkLoss("mse", 4, 20));
    }

    @Test
    void theirWeightedSumsAreAdded() {
        double without = loss(layout()).evaluate(labels, outputs).getDouble();
        GssLoss loss = withOwn();
        double total = loss.evaluate(labels, outputs).getDouble();
        assertThat(total)
                .isCloseTo(without + ALPHA * AUXILIARY * (0.1 * 3.5 + 20 * 1.25), within(1e-12));
        LossParts parts = loss.lastParts();
        assertThat(parts.auxiliary()).isEqualTo((float) (AUXILIARY * 25.35));
        assertThat(parts.network()).containsExactly(entry("kl", 3.5f), entry("mse", 1.25f));
    }

    private static Map.Entry<String, Float> entry(String name, float value) {
        return Map.entry(name, value);
    }

    @Test
    void theirGradientIsTheirWeight() {
        GssLoss loss = withOwn();
        NDList gradients = Gradients.autograd(outputs, in -> loss.evaluate(labels, in));
        assertThat(gradients.get(3).getDouble()).isCloseTo(0.03, within(1e-15));
        assertThat(gradients.get(4).toDoubleArray()).containsExactly(6, 6);
    }

    @Test
    void theyAreReportedByName() {
        GssLoss loss = withOwn();
        List<Evaluator> parts = loss.parts();
        assertThat(parts)
                .extracting(Evaluator::getName)
                .containsExactly(
                        "loss_fused",
                        "loss_branches",
                        "loss_auxiliary",
                        "loss_distillation",
                        "loss_kl",
                        "loss_mse");
        loss.evaluate(labels, outputs);
        assertThat(accumulated(parts.get(4), outputs)).isEqualTo(3.5f);
        assertThat(accumulated(parts.get(5), outputs)).isEqualTo(1.25f);
    }

    private float accumulated(Evaluator part, NDList predictions) {
        part.addAccumulator("batch");
        part.updateAccumulators(new String[] {"batch"}, labels, predictions);
        return part.getAccumulator("batch");
    }

    @Test
    void theGuidesLayoutHasOne() {
        // [reconstruction
        OutputLayout layout =
                OutputLayout.builder()
                        .setFused(0, OutputKind.PROBABILITIES)
                        .setBranchLogits(1, 2, 3, 4)
                        .optNetworkLoss("reconstruction", 5, 0.1)
                        .build();
        // reconstruction]
        assertThat(layout.numOutputs()).isEqualTo(6);
        assertThat(layout.networkLossNames()).containsExactly("reconstruction");
    }

    @Test
    void inValidationTheyNeedNotBeThere() {
        GssLoss loss = withOwn();
        NDList fused = new NDList(outputs.get(0));
        NDArray value = loss.forValidation().evaluate(labels, fused);
        assertThat(value.getDouble())
                .isEqualTo(loss(layout()).forValidation().evaluate(labels, fused).getDouble());
        assertThat(accumulated(loss.parts().get(4), fused)).isZero();
    }

    @Test
    void oneThatIsNotANumberIsSeen() {
        NDList broken = new NDList(outputs.subList(0, 4));
        broken.add(manager.create(Double.NaN));
        GssLoss loss = withOwn();
        assertThat(loss.evaluate(labels, broken).getDouble()).isNaN();
        assertThat(loss.lastParts().network()).containsEntry("mse", Float.NaN);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        OutputLayout.Builder twice = layout().optNetworkLoss("kl", 3, 1).optNetworkLoss("kl", 4, 1);
        assertThatThrownBy(twice::build)
                .hasMessage("layout: expected distinct names of network losses, got [kl, kl]");
        OutputLayout.Builder used = layout().optNetworkLoss("kl", 2, 1);
        assertThatThrownBy(used::build)
                .hasMessage("layout: expected distinct output indices from 0, got [0, 1, 2, 2]");
        OutputLayout.Builder builder = layout();
        for (String name : List.of("fused", "total", "", "Kl", "k l")) {
            assertThatThrownBy(() -> builder.optNetworkLoss(name, 3, 1))
                    .hasMessage(
                            "name: expected lower-case letters and digits, and none of total,"
                                    + " fused, branches, auxiliary and distillation, got '"
                                    + name
                                    + "'");
        }
        assertThatThrownBy(() -> builder.optNetworkLoss("kl", 3, -1))
                .hasMessageContaining("kl: expected")
                .hasMessageContaining("got -1");
        NDList tooFew = new NDList(outputs.subList(0, 4));
        GssLoss loss = withOwn();
        assertThatThrownBy(() -> loss.evaluate(labels, tooFew))
                .hasMessageContaining("expected 5 outputs")
                .hasMessageContaining("got 4");
    }
}
