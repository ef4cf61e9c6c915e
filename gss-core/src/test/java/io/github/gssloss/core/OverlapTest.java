/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OverlapTest {

    private static final int B = 3;
    private static final int N = 4;
    private static final int V = 50;

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void countsAreThoseOfAPlainLoopOverAnyAxes() {
        Random random = new Random(12);
        boolean[] predicted = new boolean[B * N * V];
        boolean[] labelled = new boolean[B * N * V];
        long[][] ofClasses = new long[3][N];
        long[][] ofAll = new long[3][1];
        long[][] ofSamplesAndClasses = new long[3][B * N];
        for (int i = 0; i < predicted.length; i++) {
            predicted[i] = random.nextInt(3) == 0;
            labelled[i] = random.nextInt(4) == 0;
            boolean[] what = {predicted[i] && labelled[i], predicted[i], labelled[i]};
            for (int k = 0; k < 3; k++) {
                ofClasses[k][i / V % N] += what[k] ? 1 : 0;
                ofSamplesAndClasses[k][i / V] += what[k] ? 1 : 0;
                ofAll[k][0] += what[k] ? 1 : 0;
            }
        }
        NDArray p = manager.create(predicted, new Shape(B, N, V));
        NDArray l = manager.create(labelled, new Shape(B, N, V));
        agrees(Overlap.count(p, l, 0, 2), ofClasses);
        agrees(Overlap.count(p, l, 2), ofSamplesAndClasses);
        agrees(Overlap.count(p, l, 0, 1, 2), ofAll);
        assertThat(Overlap.count(p, l, 2).get(0).getShape()).isEqualTo(new Shape(B, N));
    }

    private static void agrees(NDList counts, long[][] wanted) {
        assertThat(counts).hasSize(3);
        for (int k = 0; k < 3; k++) {
            assertThat(counts.get(k).getDataType()).isEqualTo(DataType.INT64);
            assertThat(counts.get(k).toLongArray()).containsExactly(wanted[k]);
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Refusals refusals = new Refusals();
        String count = "Overlap.count";
        NDArray mask = manager.zeros(new Shape(2, 3), DataType.BOOLEAN);
        refusals.refused(
                count, "predicted: expected a value, got null", () -> Overlap.count(null, mask, 0));
        refusals.refused(
                count, "labelled: expected a value, got null", () -> Overlap.count(mask, null, 0));
        refusals.refused(
                count,
                "predicted: expected boolean, got float32",
                () -> Overlap.count(manager.zeros(new Shape(2, 3)), mask, 0));
        refusals.refused(
                count,
                "labelled: expected shape (2, 3), got (3)",
                () -> Overlap.count(mask, manager.zeros(new Shape(3), DataType.BOOLEAN), 0));
        refusals.coverAllOf(Overlap.class);
    }
}
