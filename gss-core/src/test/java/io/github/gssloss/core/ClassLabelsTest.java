/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassLabelsTest {

    private static final int B = 2;
    private static final int N = 3;
    private static final int V = 20;
    private static final Shape OUTPUTS = new Shape(B, N, 4, 5);
    private static final OptionalInt NONE = OptionalInt.empty();

    /** A label outside the classes: an index that is not ignored unless it is said to be. */
    private static final int OUTSIDE = 7;

    private final NDManager manager = NDManager.newBaseManager();
    private final int[] classes = new int[B * V];

    @BeforeEach
    void draw() {
        Random random = new Random(9);
        Arrays.setAll(classes, at -> List.of(0, 1, 2, OUTSIDE).get(random.nextInt(4)));
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private NDArray indices(DataType type) {
        return manager.create(classes, new Shape(B, 4, 5)).toType(type, false);
    }

    private NDArray oneHot(DataType type) {
        return manager.create(flat(at -> classes[at])).reshape(OUTPUTS).toType(type, false);
    }

    /** The label of a voxel. */
    private interface Label {
        int of(int at);
    }

    private static float[] flat(Label label) {
        float[] flat = new float[B * N * V];
        for (int at = 0; at < B * V; at++) {
            if (label.of(at) >= 0 && label.of(at) < N) {
                flat[(at / V * N + label.of(at)) * V + at % V] = 1;
            }
        }
        return flat;
    }

    private ClassLabels read(NDArray labels, OptionalInt ignoreIndex) {
        return ClassLabels.of(labels, OUTPUTS, ignoreIndex, manager);
    }

    /** Numbers, kept voxels and regions, voxel by voxel. */
    private void agrees(ClassLabels read, Label label, boolean[] ignored) {
        Label counted = at -> ignored[at] ? -1 : label.of(at);
        for (DataType type : List.of(DataType.FLOAT32, DataType.FLOAT64)) {
            NDArray numbers = read.numbers(type);
            assertThat(numbers.getDataType()).isEqualTo(type);
            assertThat(numbers.getShape()).isEqualTo(OUTPUTS);
            assertThat(numbers.toType(DataType.FLOAT32, false).toFloatArray())
                    .containsExactly(flat(counted));
        }
        for (List<Integer> some : List.of(List.of(0), List.of(2, 1), List.of(0, 1, 2))) {
            NDArray any = read.anyOf(some);
            assertThat(any.getDataType()).isEqualTo(DataType.BOOLEAN);
            assertThat(any.getShape()).isEqualTo(new Shape(B, V));
            boolean[] wanted = new boolean[B * V];
            for (int at = 0; at < wanted.length; at++) {
                wanted[at] = some.contains(counted.of(at));
            }
            assertThat(any.toBooleanArray()).containsExactly(wanted);
        }
    }

    private void keeps(ClassLabels read, boolean[] ignored) {
        NDArray kept = read.kept();
        assertThat(kept.getDataType()).isEqualTo(DataType.BOOLEAN);
        assertThat(kept.getShape()).isEqualTo(new Shape(B, 1, 4, 5));
        boolean[] wanted = new boolean[B * V];
        for (int at = 0; at < wanted.length; at++) {
            wanted[at] = !ignored[at];
        }
        assertThat(kept.toBooleanArray()).containsExactly(wanted);
    }

    @ParameterizedTest
    @EnumSource(names = {"INT32", "INT64", "UINT8", "INT8", "FLOAT16", "FLOAT32", "FLOAT64"})
    void classIndicesOfAnyTypeInBothShapes(DataType type) {
        boolean[] nowhere = new boolean[B * V];
        for (NDArray labels : List.of(indices(type), indices(type).expandDims(1))) {
            ClassLabels all = read(labels, NONE);
            agrees(all, at -> classes[at], nowhere);
            assertThat(all.kept()).isNull();
            // Outside the classes, and the class 1.
            for (int ignoreIndex : new int[] {OUTSIDE, 1}) {
                boolean[] ignored = new boolean[B * V];
                for (int at = 0; at < ignored.length; at++) {
                    ignored[at] = classes[at] == ignoreIndex;
                }
                ClassLabels some = read(labels, OptionalInt.of(ignoreIndex));
                agrees(some, at -> classes[at], ignored);
                keeps(some, ignored);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            names = {"BOOLEAN", "INT32", "INT64", "UINT8", "INT8", "FLOAT16", "FLOAT32", "FLOAT64"})
    void oneHotOfAnyType(DataType type) {
        boolean[] withoutClass = new boolean[B * V];
        for (int at = 0; at < withoutClass.length; at++) {
            withoutClass[at] = classes[at] == OUTSIDE;
        }
        ClassLabels all = read(oneHot(type), NONE);
        agrees(all, at -> classes[at], new boolean[B * V]);
        assertThat(all.kept()).isNull();
        // Which index it is does not matter: a voxel without a class is ignored.
        for (int ignoreIndex : new int[] {1, 255}) {
            ClassLabels some = read(oneHot(type), OptionalInt.of(ignoreIndex));
            agrees(some, at -> classes[at], withoutClass);
            keeps(some, withoutClass);
        }
    }

    /** As a mask of an image of 8 bits holds it. */
    @ParameterizedTest
    @ValueSource(ints = {255, 128})
    void anIgnoreIndexThatABytesSignWouldLose(int ignoreIndex) {
        int[] flat = new int[B * V];
        Arrays.setAll(flat, at -> at % 3 == 0 ? ignoreIndex : 1);
        boolean[] ignored = new boolean[B * V];
        for (int at = 0; at < ignored.length; at++) {
            ignored[at] = at % 3 == 0;
        }
        NDArray labels = manager.create(flat, new Shape(B, 4, 5)).toType(DataType.UINT8, false);
        keeps(read(labels, OptionalInt.of(ignoreIndex)), ignored);
    }

    /** float32 cannot hold them, int64 can. */
    @Test
    void neighboursOfALargeIgnoreIndexAreKept() {
        int large = (1 << 24) + 1;
        int[] flat = new int[B * V];
        Arrays.setAll(flat, at -> large - 1 + at % 3);
        boolean[] ignored = new boolean[B * V];
        for (int at = 0; at < ignored.length; at++) {
            ignored[at] = at % 3 == 1;
        }
        keeps(read(manager.create(flat, new Shape(B, 4, 5)), OptionalInt.of(large)), ignored);
    }

    @Test
    void softOneHotLabelsKeepTheirNumbersAndTheLabelsStayAsTheyAre() {
        float[] soft = new float[B * N * V];
        Random random = new Random(3);
        for (int i = 0; i < soft.length; i++) {
            // Voxels 0 and 13 of the first sample have no class.
            boolean none = i < N * V && (i % V == 0 || i % V == 13);
            soft[i] = none ? 0 : 0.25f + random.nextFloat() / 2;
        }
        NDArray labels = manager.create(soft).reshape(OUTPUTS);
        for (OptionalInt ignoreIndex : List.of(NONE, OptionalInt.of(255))) {
            ClassLabels read = read(labels, ignoreIndex);
            assertThat(read.numbers(DataType.FLOAT32).toFloatArray()).containsExactly(soft);
            boolean[] any = read.anyOf(List.of(1)).toBooleanArray();
            assertThat(any[0]).isFalse();
            assertThat(any[13]).isFalse();
            assertThat(any[1]).isTrue();
            assertThat(labels.toFloatArray()).containsExactly(soft);
        }
        assertThat(read(labels, OptionalInt.of(0)).kept().sum().getLong()).isEqualTo(B * V - 2);
    }

    @Test
    void outputsWithoutASpatialAxis() {
        NDArray labels = manager.create(new int[] {2, 0});
        Shape outputs = new Shape(2, N);
        for (NDArray one : List.of(labels, labels.reshape(2, 1))) {
            ClassLabels read = ClassLabels.of(one, outputs, OptionalInt.of(0), manager);
            assertThat(read.numbers(DataType.FLOAT32).toFloatArray())
                    .containsExactly(0, 0, 1, 0, 0, 0);
            assertThat(read.kept().toBooleanArray()).containsExactly(true, false);
        }
    }

    @Test
    void autogradDoesNotSeeTheLabels() {
        NDArray labels = manager.create(flat(at -> classes[at])).reshape(OUTPUTS);
        labels.setRequiresGradient(true);
        assertThat(read(labels, NONE).numbers(DataType.FLOAT32).hasGradient()).isFalse();
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Refusals refusals = new Refusals();
        String of = "ClassLabels.of";
        NDArray labels = indices(DataType.INT32);
        refusals.refused(of, "labels: expected a value, got null", () -> read(null, NONE));
        refusals.refused(
                of,
                "outputs: expected a value, got null",
                () -> ClassLabels.of(labels, null, NONE, manager));
        refusals.refused(of, "ignoreIndex: expected a value, got null", () -> read(labels, null));
        refusals.refused(
                of,
                "manager: expected a value, got null",
                () -> ClassLabels.of(labels, OUTPUTS, NONE, null));
        for (Shape shape : List.of(new Shape(B, V), new Shape(B, 2, 4, 5), new Shape(1, 4, 5))) {
            refusals.refused(
                    of,
                    "labels: expected class indices of shape (2, 4, 5) or (2, 1, 4, 5), or one-hot"
                            + " labels of shape (2, 3, 4, 5), got "
                            + shape,
                    () -> read(manager.zeros(shape), NONE));
        }
        for (Shape outputs : List.of(new Shape(4), new Shape(2, 1, 5), new Shape(2, 3, 0))) {
            refusals.refused(
                    of,
                    "outputs: expected shape (batch, at least 2 classes, spatial...) with at least"
                            + " one voxel, got "
                            + outputs,
                    () -> ClassLabels.of(labels, outputs, NONE, manager));
        }
        String anyOf = "ClassLabels.anyOf";
        ClassLabels read = read(labels, NONE);
        refusals.refused(anyOf, "classes: expected a value, got null", () -> read.anyOf(null));
        refusals.refused(
                anyOf,
                "number of classes: expected at least 1, got 0",
                () -> read.anyOf(List.of()));
        refusals.refused(
                anyOf,
                "class: expected an index from 0 to 2, got 3",
                () -> read.anyOf(List.of(0, 3)));
        String numbers = "ClassLabels.numbers";
        refusals.refused(numbers, "type: expected a value, got null", () -> read.numbers(null));
        refusals.refused(
                numbers,
                "type: expected a floating type, got int32",
                () -> read.numbers(DataType.INT32));
        refusals.coverAllOf(ClassLabels.class);
    }
}
