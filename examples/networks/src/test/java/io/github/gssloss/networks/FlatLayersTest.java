/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Layers that leave an axis alone, against the engine's two-dimensional ones and plain loops. */
class FlatLayersTest extends BlockTest {

    private static final double TOLERANCE = 1e-12;

    FlatLayersTest() {
        super(41);
    }

    /** Of 1 to 20 channels, since a few are convolved in another order in memory. */
    @ParameterizedTest
    @CsvSource({"ZEROS,3,1,1", "ZEROS,3,2,4", "ZEROS,5,1,2", "REFLECT,3,1,20", "REFLECT,3,2,3"})
    @CsvSource({"REFLECT,4,2,2", "REFLECT,5,1,5", "REFLECT,7,1,1", "ZEROS,1,1,3"})
    void convolutionsAreTheEnginesOfTwoAxes(
            PaddingMode mode, int kernel, int stride, int channels) {
        NDArray plane = random(2, channels, 6, 8);
        for (int axis = 0; axis < 3; axis++) {
            NDArray x = plane.expandDims(axis + 2);
            PaddedConv3d conv = PaddedConv3d.of(3, kernel, stride, mode, Axes.flat(axis));
            conv.initialize(manager, DataType.FLOAT64, x.getShape());
            NDArray weight = conv.getParameters().get("weight").getArray();
            NDArray bias = conv.getParameters().get("bias").getArray();
            bias.stopGradient().addi(random(3));
            assertThat(weight.getShape())
                    .isEqualTo(new Shape(3, channels).addAll(conv3(axis, kernel)));

            NDArray y = conv.forward(store, new NDList(x), false).singletonOrThrow();

            NDArray expected =
                    Conv2d.conv2d(
                                    padded(plane, (kernel - 1) / 2, mode),
                                    weight.squeeze(axis + 2),
                                    bias,
                                    new Shape(stride, stride))
                            .singletonOrThrow();
            assertThat(y.getShape().get(axis + 2)).isEqualTo(1);
            assertThat(y.getShape()).isEqualTo(conv.getOutputShapes(new Shape[] {x.getShape()})[0]);
            NDArray difference = y.squeeze(axis + 2).sub(expected);
            assertThat(difference.abs().max().getDouble()).isLessThan(TOLERANCE);
        }
    }

    private static Shape conv3(int axis, int kernel) {
        long[] extents = {kernel, kernel, kernel};
        extents[axis] = 1;
        return new Shape(extents);
    }

    /** Pads a plane (B, C, H, W) voxel by voxel. */
    private NDArray padded(NDArray plane, int by, PaddingMode mode) {
        int h = Math.toIntExact(plane.getShape().get(2));
        int w = Math.toIntExact(plane.getShape().get(3));
        int images = Math.toIntExact(plane.size()) / (h * w);
        double[] from = plane.toDoubleArray();
        int wide = w + 2 * by;
        int size = (h + 2 * by) * wide;
        double[] to = new double[images * size];
        for (int i = 0; i < to.length; i++) {
            int row = i % size / wide - by;
            int column = i % wide - by;
            boolean inside = row >= 0 && row < h && column >= 0 && column < w;
            if (inside || mode == PaddingMode.REFLECT) {
                int image = i / size;
                to[i] = from[(image * h + mirrored(row, h)) * w + mirrored(column, w)];
            }
        }
        Shape shape = new Shape(plane.getShape().get(0), plane.getShape().get(1));
        return manager.create(to, shape.add(h + 2L * by).add(wide));
    }

    private static int mirrored(int index, int size) {
        int inside = Math.abs(index);
        return inside < size ? inside : 2 * (size - 1) - inside;
    }

    /** What a volume that repeats the plane becomes is known from the tests of three axes. */
    @ParameterizedTest
    @EnumSource(Upsampler.Grid.class)
    void upsamplingLeavesTheFlatAxisAlone(Upsampler.Grid grid) {
        NDArray plane = random(2, 3, 4, 5);
        for (int axis = 0; axis < 3; axis++) {
            NDArray x = plane.expandDims(axis + 2);
            NDArray volume = FlatNetworks.repeated(x, axis, 3);
            try (Upsampler flat = new Upsampler(x, grid, Axes.flat(axis));
                    Upsampler full = new Upsampler(x, grid, Axes.ALL)) {
                for (int factor : new int[] {2, 4}) {
                    NDArray y = flat.apply(x, factor);
                    NDArray expected = full.apply(volume, factor);
                    assertThat(y.getShape())
                            .isEqualTo(Axes.flat(axis).enlarged(x.getShape(), factor));
                    NDArray repeated = FlatNetworks.repeated(y, axis, 3L * factor);
                    assertThat(FlatNetworks.distance(repeated, expected)).isLessThan(TOLERANCE);
                }
            }
        }
    }

    @Test
    void oneRuleForAllExtents() {
        Shape image = new Shape(2, 5, 24, 32, 1);
        assertThat(Axes.ALL.cube(3)).isEqualTo(new Shape(3, 3, 3));
        assertThat(Axes.FLAT_D.cube(3)).isEqualTo(new Shape(1, 3, 3));
        assertThat(Axes.FLAT_H.padding(2)).isEqualTo(new Shape(2, 0, 2));
        assertThat(Axes.FLAT_W.enlarged(image, 2)).isEqualTo(new Shape(2, 5, 48, 64, 1));
        assertThat(Axes.FLAT_W.reduced(image, 8)).isEqualTo(new Shape(2, 5, 3, 4, 1));
        assertThat(IntStream.range(0, 3).mapToObj(Axes::flat))
                .containsExactly(Axes.FLAT_D, Axes.FLAT_H, Axes.FLAT_W);
        for (int axis : List.of(-1, 3)) {
            assertThatThrownBy(() -> Axes.flat(axis))
                    .hasMessage("flat axis: expected 0 (D), 1 (H) or 2 (W), got " + axis);
        }
    }

    private NDArray random(long... shape) {
        return manager.randomNormal(0f, 1f, new Shape(shape), DataType.FLOAT64);
    }
}
