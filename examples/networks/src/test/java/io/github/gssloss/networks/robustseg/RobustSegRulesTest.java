/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.robustseg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import io.github.gssloss.networks.Axes;
import io.github.gssloss.networks.ForwardPass;
import io.github.gssloss.networks.InstanceNorm;
import io.github.gssloss.networks.weights.BlockWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Single rules of the network against plain loops and in cases where the answer is known. */
class RobustSegRulesTest {

    private static final UnitStyle STYLE = new UnitStyle(Axes.ALL);

    private NDManager manager;
    private ForwardPass pass;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
        pass = new ForwardPass(new ParameterStore(manager, false), true);
        Engine.getInstance().setRandomSeed(23);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private NDArray random(long... shape) {
        return manager.randomNormal(0f, 1f, new Shape(shape), DataType.FLOAT32);
    }

    private static void set(Block block, String name, float value) {
        NDArray array = BlockWeights.parameters(block).get(name).getArray().stopGradient();
        array.subi(array.duplicate()).addi(value);
    }

    @Test
    void adaptiveNormOfGainOneAndShiftZeroIsInstanceNorm() {
        NDArray x = random(2, 3, 4, 2, 3);
        Shape style = new Shape(2, 3);

        NDArray y =
                AdaptiveInstanceNorm.apply(
                        x.duplicate(), manager.ones(style), manager.zeros(style));

        assertThat(y.toFloatArray()).isEqualTo(InstanceNorm.apply(x).toFloatArray());
    }

    @Test
    void adaptiveNormStylesEverySampleAndChannelOnItsOwn() {
        NDArray x = random(2, 3, 4, 2, 3);
        NDArray mu = random(2, 3);
        NDArray sigma = random(2, 3);
        float[] plain = InstanceNorm.apply(x).toFloatArray();

        float[] y = AdaptiveInstanceNorm.apply(x.duplicate(), mu, sigma).toFloatArray();

        for (int i = 0; i < y.length; i++) {
            int row = i / 24;
            float expected = mu.toFloatArray()[row] * plain[i] + sigma.toFloatArray()[row];
            assertThat(y[i]).isCloseTo(expected, within(1e-5f));
        }
    }

    @Test
    void volumeNormTakesChannelsAndVoxelsOfASampleTogether() {
        NDArray x = random(2, 3, 4, 2, 3);
        VolumeNorm norm = new VolumeNorm(3);
        norm.initialize(manager, DataType.FLOAT32, x.getShape());
        float[] gains = {2, -0.5f, 3};
        float[] shifts = {0.25f, 4, -1};
        Map<String, Parameter> parameters = BlockWeights.parameters(norm);
        parameters.get("gamma").getArray().stopGradient().muli(manager.create(gains));
        parameters.get("beta").getArray().stopGradient().addi(manager.create(shifts));

        float[] y = pass.apply(norm, x).toFloatArray();

        float[] values = x.toFloatArray();
        for (int sample = 0; sample < 2; sample++) {
            double mean = 0;
            double square = 0;
            for (int i = 0; i < 72; i++) {
                double value = values[72 * sample + i];
                mean += value / 72;
                square += value * value / 72;
            }
            double deviation = Math.sqrt(square - mean * mean + 1e-12);
            for (int i = 0; i < 72; i++) {
                int channel = i / 24;
                double normal = (values[72 * sample + i] - mean) / deviation;
                assertThat((double) y[72 * sample + i])
                        .isCloseTo(gains[channel] * normal + shifts[channel], within(1e-4));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {1, -1})
    void stylesOfTheStandardNormalDivergeByNothing(float deviation) {
        NDArray mu = manager.zeros(new Shape(2, 3, 16));
        NDArray sigma = manager.full(new Shape(2, 3, 16), deviation);

        NDArray kl = RobustSegLosses.kl(mu, sigma, manager.ones(new Shape(2, 3)));

        assertThat(kl.toFloatArray()).hasSize(3).containsExactly(new float[3], offset(1e-6f));
    }

    @Test
    void aStyleThatShiftsNothingDivergesFinitely() {
        NDArray zero = manager.zeros(new Shape(1, 1, 16));

        NDArray kl = RobustSegLosses.kl(zero, zero, manager.ones(new Shape(1, 1)));

        assertThat((double) kl.getFloat(0)).isCloseTo(8 * (-1 - Math.log(1e-8)), within(1e-3));
    }

    @Test
    void anImageThatDoesNotExistIsLeftOutOfTheMean() {
        NDArray present = manager.create(new float[][] {{1, 0, 0}, {1, 1, 0}});
        NDArray x = random(2, 3, 2, 3, 4);
        NDArray made = random(2, 3, 2, 3, 4);
        NDArray mu = random(2, 3, 16);
        NDArray sigma = random(2, 3, 16);
        NDArray alone = manager.ones(new Shape(1, 3));

        float[] l1 = RobustSegLosses.l1(x, made, present).toFloatArray();
        float[] kl = RobustSegLosses.kl(mu, sigma, present).toFloatArray();

        List<float[]> l1s = new ArrayList<>();
        List<float[]> kls = new ArrayList<>();
        for (int b = 0; b < 2; b++) {
            String one = b + ":" + (b + 1);
            l1s.add(RobustSegLosses.l1(x.get(one), made.get(one), alone).toFloatArray());
            kls.add(RobustSegLosses.kl(mu.get(one), sigma.get(one), alone).toFloatArray());
        }
        for (List<float[]> perSample : List.of(l1s, kls)) {
            float[] mean = perSample == l1s ? l1 : kl;
            float both = (perSample.get(0)[0] + perSample.get(1)[0]) / 2;
            assertThat(mean[0]).isCloseTo(both, within(1e-4f));
            assertThat(mean[1]).isCloseTo(perSample.get(1)[1], within(1e-4f));
            assertThat(mean[2]).isZero();
        }
    }

    @Test
    void openGatesLeaveTheUnitOfTheFusionAlone() {
        NDArray features = random(1, 1, 4, 3, 2, 2);
        GatedFusion fusion = GatedFusion.of(1, 4, STYLE);
        fusion.initialize(manager, DataType.FLOAT32, features.getShape());
        set(fusion.gate(), "norm.gamma", 0);
        set(fusion.gate(), "norm.beta", 50);

        NDArray fused = fusion.apply(pass, features, manager.ones(new Shape(1, 1)));

        NDArray expected = pass.apply(fusion.unit(), features.squeeze(1));
        assertThat(fused.toFloatArray()).isEqualTo(expected.toFloatArray());
    }

    @Test
    void closedGatesLeaveNothing() {
        NDArray features = random(1, 2, 4, 3, 2, 2);
        GatedFusion fusion = GatedFusion.of(2, 4, STYLE);
        fusion.initialize(manager, DataType.FLOAT32, features.getShape());
        set(fusion.gate(), "norm.gamma", 0);
        set(fusion.gate(), "norm.beta", -200);

        NDArray fused = fusion.apply(pass, features, manager.ones(new Shape(1, 2)));

        assertThat(fused.toFloatArray()).containsOnly(0f);
    }

    @ParameterizedTest
    @CsvSource({"80,5", "24,1", "16,1", "40,2"})
    void styleEncoderHalvesFourTimes(long side, long coarsest) {
        StyleEncoder encoder = new StyleEncoder(1, STYLE);
        encoder.initialize(manager, DataType.FLOAT32, new Shape(1, 1, side, side, side));

        Shape[] shapes = {new Shape(1, 1, side, side, side)};
        List<Long> sides = new ArrayList<>();
        for (Block conv : encoder.getChildren().values()) {
            shapes = conv.getOutputShapes(shapes);
            sides.add(shapes[0].get(2));
        }

        assertThat(sides.get(0)).isEqualTo(side);
        assertThat(sides.get(1)).isEqualTo(side / 2);
        assertThat(sides.get(4)).isEqualTo(coarsest);
        NDArray image = random(1, 1, side, 16, 16);
        assertThat(pass.apply(encoder, image).getShape())
                .isEqualTo(new Shape(1, StyleEncoder.CODE));
    }

    @Test
    void convolutionsBeginAsPublished() {
        NDList weights = new NDList();
        for (Block block : List.of(STYLE.convolution(8, 5, 1), STYLE.size3(24, 1))) {
            block.initialize(manager, DataType.FLOAT32, new Shape(1, 16, 8, 8, 8));
            BlockWeights.parameters(block)
                    .forEach(
                            (name, parameter) -> {
                                NDArray array = parameter.getArray();
                                if (name.endsWith("weight")) {
                                    weights.add(array);
                                } else {
                                    assertThat(array.toFloatArray())
                                            .containsOnly(name.endsWith("gamma") ? 1f : 0f);
                                }
                            });
        }

        assertThat(weights).hasSize(2);
        for (NDArray weight : weights) {
            // A normal distribution cut off at two deviations has 0.88 of its deviation.
            double deviation = Math.sqrt(weight.square().mean().getFloat());
            assertThat(deviation).isCloseTo(0.0088, within(0.0002));
            assertThat((double) weight.abs().max().getFloat()).isBetween(0.0195, 0.02001);
        }
    }
}
