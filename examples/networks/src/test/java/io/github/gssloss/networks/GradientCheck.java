/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.github.gssloss.networks.weights.BlockWeights;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Autograd's gradients of a block against central differences, in double precision.
 *
 * @param manager the manager that everything is on
 * @param block the block, initialised in double precision
 * @param inputs its inputs
 * @param training whether it is run as in training
 * @param outputs the indices of the outputs that the loss is made of
 * @param step how far a weight is moved: so little that no leaky ReLU of the seeded network bends
 */
public record GradientCheck(
        NDManager manager,
        Block block,
        NDList inputs,
        boolean training,
        List<Integer> outputs,
        double step) {

    private static final double TOLERANCE = 1e-6;

    /** Computes the gradients and compares those of two elements of each named parameter. */
    public void check(String... names) {
        backward();
        Map<String, Parameter> parameters = BlockWeights.parameters(block);
        for (String name : names) {
            compare(name, parameters.get(name).getArray());
        }
    }

    /** Two elements of an array whose gradient has been computed, moved to and fro. */
    public void compare(String name, NDArray array) {
        double[] gradient = array.getGradient().toDoubleArray();
        NDArray values = array.stopGradient().flatten();
        Random random = new Random(name.hashCode());
        for (int i = 0; i < 2; i++) {
            int element = random.nextInt(gradient.length);
            NDArray one = values.get("{}:{}", element, element + 1);
            one.addi(step);
            double above = loss();
            one.subi(2 * step);
            double below = loss();
            one.addi(step);
            assertThat(gradient[element])
                    .as("%s, element %d", name, element)
                    .isCloseTo((above - below) / (2 * step), within(TOLERANCE));
        }
    }

    /** Computes the gradients of the loss. */
    public void backward() {
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            collector.backward(value());
        }
    }

    /** The largest absolute value of a gradient that has been computed. */
    public static double largest(NDArray differentiated) {
        try (NDArray gradient = differentiated.getGradient()) {
            return gradient.abs().max().toType(DataType.FLOAT64, false).getDouble();
        }
    }

    private double loss() {
        try (NDManager scope = manager.newSubManager()) {
            inputs.stream().forEach(input -> input.tempAttach(scope));
            return value().getDouble();
        }
    }

    /**
     * The outputs' mean product with waves that differ from output to output and voxel to voxel.
     */
    private NDArray value() {
        NDList all = block.forward(new ParameterStore(manager, false), inputs, training);
        NDArray sum = null;
        for (int output : outputs) {
            NDArray array = all.get(output);
            double[] waves = new double[Math.toIntExact(array.size())];
            for (int i = 0; i < waves.length; i++) {
                waves[i] = 100 * Math.sin(i * 0.37 + output);
            }
            NDArray wave = array.getManager().create(waves, array.getShape()).duplicate();
            NDArray term = array.mul(wave).mean();
            sum = sum == null ? term : sum.add(term);
        }
        return sum;
    }
}
