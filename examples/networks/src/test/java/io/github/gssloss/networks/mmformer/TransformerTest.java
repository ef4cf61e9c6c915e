/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.mmformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.github.gssloss.networks.weights.BlockWeights;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A transformer's layer against plain loops, in double precision. */
class TransformerTest {

    private static final int TOKENS = 3;
    private static final int CHANNELS = 4;
    private static final int HEADS = 2;
    private static final int HIDDEN = 5;
    private static final String ATTENTION = "cross_attention_list.0.fn.";
    private static final String FEED_FORWARD = "cross_ffn_list.0.fn.";

    private NDManager manager;
    private Block transformer;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
        Engine.getInstance().setRandomSeed(9);
        transformer = new Transformer(new Transformer.Size(CHANNELS, HEADS, HIDDEN, 0f));
        transformer.initialize(manager, DataType.FLOAT64, new Shape(1, TOKENS, CHANNELS));
        BlockWeights.parameters(transformer)
                .values()
                .forEach(
                        parameter -> {
                            NDArray values = parameter.getArray().stopGradient();
                            values.addi(random(values.getShape()));
                        });
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void oneLayerIsWhatTheLoopsSay() {
        NDArray tokens = random(new Shape(2, TOKENS, CHANNELS));
        NDArray positions = random(new Shape(1, TOKENS, CHANNELS));

        NDArray actual =
                transformer
                        .forward(
                                new ParameterStore(manager, false),
                                new NDList(tokens, positions),
                                true)
                        .singletonOrThrow();

        for (int b = 0; b < 2; b++) {
            double[][] x = rows(tokens.get(b));
            double[][] places = rows(positions.get(0));
            for (int i = 0; i < TOKENS; i++) {
                for (int c = 0; c < CHANNELS; c++) {
                    x[i][c] += places[i][c];
                }
            }
            x = add(x, attention(norm(x, ATTENTION)));
            x = add(x, feedForward(norm(x, FEED_FORWARD)));
            double[][] got = rows(actual.get(b));
            for (int i = 0; i < TOKENS; i++) {
                assertThat(got[i]).containsExactly(x[i], within(1e-7));
            }
        }
    }

    private double[][] norm(double[][] x, String step) {
        double[] weight = parameter(step + "norm.weight").toDoubleArray();
        double[] bias = parameter(step + "norm.bias").toDoubleArray();
        double[][] normal = new double[TOKENS][CHANNELS];
        for (int i = 0; i < TOKENS; i++) {
            double mean = 0;
            double square = 0;
            for (double value : x[i]) {
                mean += value / CHANNELS;
                square += value * value / CHANNELS;
            }
            for (int c = 0; c < CHANNELS; c++) {
                double unit = (x[i][c] - mean) / Math.sqrt(square - mean * mean + 1e-5);
                normal[i][c] = unit * weight[c] + bias[c];
            }
        }
        return normal;
    }

    private double[][] attention(double[][] x) {
        double[][] qkv = linear(x, ATTENTION + "fn.qkv", false);
        int size = CHANNELS / HEADS;
        double[][] joined = new double[TOKENS][CHANNELS];
        for (int h = 0; h < HEADS; h++) {
            for (int i = 0; i < TOKENS; i++) {
                double[] shares = new double[TOKENS];
                double sum = 0;
                for (int j = 0; j < TOKENS; j++) {
                    double score = 0;
                    for (int c = 0; c < size; c++) {
                        score += qkv[i][h * size + c] * qkv[j][CHANNELS + h * size + c];
                    }
                    shares[j] = Math.exp(score / Math.sqrt(size));
                    sum += shares[j];
                }
                for (int j = 0; j < TOKENS; j++) {
                    for (int c = 0; c < size; c++) {
                        int channel = h * size + c;
                        joined[i][channel] += shares[j] / sum * qkv[j][2 * CHANNELS + channel];
                    }
                }
            }
        }
        return linear(joined, ATTENTION + "fn.proj", true);
    }

    private double[][] feedForward(double[][] x) {
        double[][] wide = linear(x, FEED_FORWARD + "fn.net.0", true);
        for (double[] row : wide) {
            for (int c = 0; c < row.length; c++) {
                row[c] *= normalDistribution(row[c]);
            }
        }
        return linear(wide, FEED_FORWARD + "fn.net.3", true);
    }

    /** The exact GELU's factor, by Simpson's rule. */
    private static double normalDistribution(double x) {
        int steps = 2000;
        double width = x / steps;
        double sum = 0;
        for (int i = 0; i <= steps; i++) {
            double factor = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
            double at = i * width;
            sum += factor * Math.exp(-at * at / 2);
        }
        return 0.5 + sum * width / 3 / Math.sqrt(2 * Math.PI);
    }

    private double[][] linear(double[][] x, String name, boolean biased) {
        double[][] weight = rows(parameter(name + ".weight"));
        double[] bias =
                biased ? parameter(name + ".bias").toDoubleArray() : new double[weight.length];
        double[][] y = new double[x.length][weight.length];
        for (int i = 0; i < x.length; i++) {
            for (int o = 0; o < weight.length; o++) {
                y[i][o] = bias[o];
                for (int c = 0; c < x[i].length; c++) {
                    y[i][o] += weight[o][c] * x[i][c];
                }
            }
        }
        return y;
    }

    private static double[][] add(double[][] first, double[][] second) {
        double[][] sum = new double[first.length][first[0].length];
        for (int i = 0; i < sum.length; i++) {
            for (int c = 0; c < sum[i].length; c++) {
                sum[i][c] = first[i][c] + second[i][c];
            }
        }
        return sum;
    }

    private NDArray parameter(String name) {
        return BlockWeights.parameters(transformer).get(name).getArray();
    }

    private static double[][] rows(NDArray matrix) {
        int rows = (int) matrix.getShape().get(0);
        double[][] values = new double[rows][];
        for (int i = 0; i < rows; i++) {
            values[i] = matrix.get(i).toDoubleArray();
        }
        return values;
    }

    private NDArray random(Shape shape) {
        return manager.randomNormal(0f, 1f, shape, DataType.FLOAT64);
    }
}
