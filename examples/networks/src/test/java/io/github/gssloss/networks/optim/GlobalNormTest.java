/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GlobalNormTest {

    private NDManager manager;
    private Block block;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
        block = Linear.builder().setUnits(3).build();
        block.initialize(manager, DataType.FLOAT32, new Shape(2, 4));
    }

    @AfterEach
    void close() {
        block.clear();
        manager.close();
    }

    @Test
    void isTheNormOfAllNumbersAsOneVector() {
        Random random = new Random(2);
        float[] first = floats(random, 7);
        float[] second = floats(random, 12);
        NDList arrays = new NDList(manager.create(first), manager.create(second, new Shape(3, 4)));
        double sum = 0;
        for (float[] array : List.of(first, second)) {
            for (float number : array) {
                sum += (double) number * number;
            }
        }

        assertThat((double) GlobalNorm.of(arrays)).isCloseTo(Math.sqrt(sum), within(1e-6));
        assertThat(manager.getManagedArrays()).hasSize(2 + block.getParameters().size());
    }

    @Test
    void allGradientsAreMadeShorterByTheSameNumber() {
        List<float[]> before = gradients(3);
        double norm = norm(before);
        float returned = GlobalNorm.clip(block.getParameters().values(), norm / 4);

        assertThat((double) returned).isCloseTo(norm, within(1e-5));
        List<float[]> after = now();
        for (int array = 0; array < before.size(); array++) {
            for (int i = 0; i < before.get(array).length; i++) {
                assertThat((double) after.get(array)[i])
                        .isCloseTo(before.get(array)[i] / 4, within(1e-6));
            }
        }
        assertThat(norm(after)).isCloseTo(norm / 4, within(1e-5));
    }

    @Test
    void gradientsThatAreShortEnoughStayAsTheyAre() {
        List<float[]> before = gradients(3);
        GlobalNorm.clip(block.getParameters().values(), norm(before) * 1.001);

        assertThat(now()).usingRecursiveComparison().isEqualTo(before);
    }

    @Test
    void whatIsNoNumberIsReturned() {
        gradients(Float.NaN);
        assertThat(GlobalNorm.clip(block.getParameters().values(), 1)).isNaN();
    }

    @Test
    void gradientsWhoseNormIsBeyondAllNumbersStayAsTheyAre() {
        List<float[]> before = gradients(1e12f);
        assertThat(before.get(0)[0]).isFinite().isNotZero();
        assertThat(GlobalNorm.clip(block.getParameters().values(), 1)).isInfinite();
        assertThat(now()).usingRecursiveComparison().isEqualTo(before);
    }

    /** Gives the parameters gradients. */
    private List<float[]> gradients(float scale) {
        NDArray input = manager.create(floats(new Random(8), 8), new Shape(2, 4));
        NDArray factor = manager.full(new Shape(2, 3), scale);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            ParameterStore store = new ParameterStore(manager, false);
            NDArray output = block.forward(store, new NDList(input), true).head();
            collector.backward(output.mul(factor).square().sum());
        }
        return now();
    }

    private List<float[]> now() {
        List<float[]> gradients = new ArrayList<>();
        for (Parameter parameter : block.getParameters().values()) {
            gradients.add(parameter.getArray().getGradient().toFloatArray());
        }
        return gradients;
    }

    private static double norm(List<float[]> arrays) {
        double sum = 0;
        for (float[] array : arrays) {
            for (float number : array) {
                sum += (double) number * number;
            }
        }
        return Math.sqrt(sum);
    }

    private static float[] floats(Random random, int count) {
        float[] floats = new float[count];
        for (int i = 0; i < count; i++) {
            floats[i] = random.nextFloat() - 0.5f;
        }
        return floats;
    }
}
