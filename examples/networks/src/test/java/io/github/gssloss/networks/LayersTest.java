/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The shared layers against plain loops, in double precision. */
class LayersTest extends BlockTest {

    private static final double TOLERANCE = 1e-10;

    LayersTest() {
        super(5);
    }

    @ParameterizedTest
    @CsvSource({
        "ZEROS,3,1,2",
        "ZEROS,3,2,2",
        "REFLECT,3,1,2",
        "REFLECT,3,2,2",
        "REFLECT,4,2,2",
        "REFLECT,4,2,3",
        "REFLECT,5,1,3",
        "ZEROS,5,1,3",
        "REFLECT,7,1,4"
    })
    void convolutionAgreesWithAnExplicitlyPaddedLoop(
            PaddingMode mode, int kernelSize, int stride, int narrowest) {
        NDArray x = random(2, 3, 4, 5, narrowest);
        PaddedConv3d conv = PaddedConv3d.of(2, kernelSize, stride, mode, Axes.ALL);
        conv.initialize(manager, DataType.FLOAT64, x.getShape());
        NDArray weight = conv.getParameters().get("weight").getArray();
        NDArray bias = conv.getParameters().get("bias").getArray();
        bias.stopGradient().addi(random(2));

        NDArray y = conv.forward(store, new NDList(x), false).singletonOrThrow();

        assertThat(y.getShape()).isEqualTo(conv.getOutputShapes(new Shape[] {x.getShape()})[0]);
        Grid output = new Grid(y);
        Grid input = new Grid(x);
        Grid kernel = new Grid(weight);
        double[] offsets = bias.toDoubleArray();
        int taps = kernelSize * kernelSize * kernelSize;
        int padding = (kernelSize - 1) / 2;
        output.forEach(
                (at, value) -> {
                    double sum = offsets[at[1]];
                    for (int c = 0; c < 3; c++) {
                        for (int k = 0; k < taps; k++) {
                            int[] tap = {
                                k / (kernelSize * kernelSize),
                                k / kernelSize % kernelSize,
                                k % kernelSize
                            };
                            int[] from = {at[0], c, 0, 0, 0};
                            for (int axis = 0; axis < 3; axis++) {
                                from[axis + 2] = at[axis + 2] * stride + tap[axis] - padding;
                            }
                            sum +=
                                    padded(input, from, mode)
                                            * kernel.at(at[1], c, tap[0], tap[1], tap[2]);
                        }
                    }
                    assertThat(value).isCloseTo(sum, within(TOLERANCE));
                });
    }

    private static double padded(Grid input, int[] index, PaddingMode mode) {
        int[] inside = index.clone();
        for (int axis = 2; axis < 5; axis++) {
            int size = input.size(axis);
            if (index[axis] < 0 || index[axis] >= size) {
                if (mode == PaddingMode.ZEROS) {
                    return 0;
                }
                inside[axis] = index[axis] < 0 ? -index[axis] : 2 * (size - 1) - index[axis];
            }
        }
        return input.at(inside);
    }

    @Test
    void convolutionOfSingleVoxelsPadsNothing() {
        PaddedConv3d conv = PaddedConv3d.ofSize1(2);
        NDArray x = random(2, 3, 2, 3, 4);
        conv.initialize(manager, DataType.FLOAT64, x.getShape());
        NDArray weight = conv.getParameters().get("weight").getArray();
        double[] shift = {0.25, -3};
        conv.getParameters().get("bias").getArray().set(shift);

        NDArray y = conv.forward(store, new NDList(x), false).singletonOrThrow();

        Grid input = new Grid(x);
        Grid kernel = new Grid(weight);
        new Grid(y)
                .forEach(
                        (at, value) -> {
                            double sum = shift[at[1]];
                            for (int c = 0; c < 3; c++) {
                                sum +=
                                        input.at(at[0], c, at[2], at[3], at[4])
                                                * kernel.at(at[1], c, 0, 0, 0);
                            }
                            assertThat(value).isCloseTo(sum, within(TOLERANCE));
                        });
    }

    @Test
    void initialWeightsAreKaimingNormalAndBiasesZero() {
        PaddedConv3d conv = PaddedConv3d.ofSize3(64, 1, PaddingMode.ZEROS, Axes.ALL);
        conv.initialize(manager, DataType.FLOAT32, new Shape(1, 32, 8, 8, 8));

        NDArray weight = conv.getParameters().get("weight").getArray();
        double expected = 2.0 / (32 * 27);

        assertThat((double) weight.square().mean().getFloat())
                .isCloseTo(expected, Assertions.withinPercentage(3));
        assertThat((double) weight.mean().getFloat()).isCloseTo(0, within(0.001));
        assertThat(conv.getParameters().get("bias").getArray().toFloatArray()).containsOnly(0f);
    }

    @Test
    void instanceNormNormalisesEverySampleAndChannelOnItsOwn() {
        NDArray x = random(2, 3, 4, 2, 3);
        Grid input = new Grid(x);
        Grid output = new Grid(InstanceNorm.apply(x));

        output.forEach(
                (at, value) -> {
                    double mean = 0;
                    double square = 0;
                    for (int v = 0; v < 24; v++) {
                        double voxel = input.at(at[0], at[1], v / 6, v / 3 % 2, v % 3);
                        mean += voxel / 24;
                        square += voxel * voxel / 24;
                    }
                    double expected =
                            (input.at(at) - mean) / Math.sqrt(square - mean * mean + 1e-5);
                    assertThat(value).isCloseTo(expected, within(1e-9));
                });
    }

    @Test
    void instanceNormOfAConstantIsZero() {
        NDArray x = manager.full(new Shape(1, 2, 2, 2, 2), 3f, DataType.FLOAT32);

        assertThat(InstanceNorm.apply(x).toFloatArray()).containsOnly(0f);
    }

    @Test
    void affineInstanceNormHasAGainAndAShiftOfEachChannel() {
        NDArray x = random(2, 3, 4, 2, 3);
        AffineInstanceNorm norm = new AffineInstanceNorm(3);
        norm.initialize(manager, DataType.FLOAT64, x.getShape());
        Grid plain = new Grid(InstanceNorm.apply(x, 1e-6f));
        NDArray unchanged = new ForwardPass(store, false).apply(norm, x);
        new Grid(unchanged)
                .forEach(
                        (at, value) ->
                                assertThat(value).isCloseTo(plain.at(at), within(TOLERANCE)));
        double[] gains = {2, -0.5, 3};
        double[] shifts = {0.25, 4, -1};
        norm.getParameters().get("gamma").getArray().stopGradient().muli(manager.create(gains));
        norm.getParameters().get("beta").getArray().stopGradient().addi(manager.create(shifts));

        NDArray y = new ForwardPass(store, false).apply(norm, x);

        new Grid(y)
                .forEach(
                        (at, value) ->
                                assertThat(value)
                                        .isCloseTo(
                                                gains[at[1]] * plain.at(at) + shifts[at[1]],
                                                within(TOLERANCE)));
    }

    @ParameterizedTest
    @EnumSource(ConvBlock.Order.class)
    void blocksKeepTheirOrder(ConvBlock.Order order) {
        PaddedConv3d conv = PaddedConv3d.ofSize3(3, 2, PaddingMode.REFLECT, Axes.ALL);
        ConvBlock block = new ConvBlock(conv, order);
        NDArray x = random(1, 2, 4, 4, 4);
        block.initialize(manager, DataType.FLOAT64, x.getShape());

        NDArray y = new ForwardPass(store, false).apply(block, x);

        NDArray expected =
                order == ConvBlock.Order.CONVOLUTION_FIRST
                        ? activated(
                                InstanceNorm.apply(new ForwardPass(store, false).apply(conv, x)))
                        : new ForwardPass(store, false)
                                .apply(conv, activated(InstanceNorm.apply(x)));
        assertThat(y.getShape()).isEqualTo(new Shape(1, 3, 2, 2, 2));
        assertThat(y.toDoubleArray()).isEqualTo(expected.toDoubleArray());
    }

    private static NDArray activated(NDArray x) {
        return x.maximum(x.mul(0.2f));
    }

    @ParameterizedTest
    @EnumSource(ConvBlock.Order.class)
    void layersLeaveNothingButTheirOutputBehind(ConvBlock.Order order) {
        ConvBlock block = new ConvStyle(order, PaddingMode.REFLECT, Axes.ALL).size3(4, 1);
        NDArray x = random(1, 2, 4, 4, 4);
        block.initialize(manager, DataType.FLOAT64, x.getShape());
        try (NDManager scope = manager.newSubManager()) {
            x.attach(scope);
            int before = scope.getManagedArrays().size();

            new ForwardPass(store, false).apply(block, x);
            try (Upsampler upsampler = new Upsampler(x, Upsampler.Grid.BOTH_ENDS, Axes.ALL)) {
                upsampler.apply(x, 2);
            }

            assertThat(scope.getManagedArrays()).hasSize(before + 2);
        }
    }

    private NDArray random(long... shape) {
        return manager.randomNormal(0f, 1f, new Shape(shape), DataType.FLOAT64);
    }
}
