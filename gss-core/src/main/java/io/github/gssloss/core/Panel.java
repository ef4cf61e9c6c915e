/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.IntFunction;

/**
 * The probabilities of all modalities side by side, with who is present.
 *
 * <p>Probabilities lie in [0, 1], so an absent modality is left out by arithmetic: turned into 0 it
 * never wins a maximum, raised by 2 never a minimum. Where everybody is present nothing of this is
 * computed. Results stay on the manager of the probabilities.
 */
final class Panel {

    private static final double BEYOND = 2;

    private final NDList probabilities;
    private final Attendance attendance;

    /**
     * Creates a panel.
     *
     * @param probabilities per modality (B, N, spatial...)
     * @param attendance who is present
     */
    Panel(NDList probabilities, Attendance attendance) {
        this.probabilities = probabilities;
        this.attendance = attendance;
    }

    /** The probabilities of some modality: all are alike in manager, type and shape. */
    NDArray any() {
        return probabilities.get(0);
    }

    /** Splits the panel into one per class, of views (B, 1, spatial...). */
    List<Panel> byClass() {
        long classes = probabilities.get(0).getShape().get(1);
        List<Panel> panels = new ArrayList<>();
        for (int c = 0; c < classes; c++) {
            panels.add(new Panel(new NDList(), attendance));
        }
        for (NDArray modality : probabilities) {
            NDList views = modality.split(classes, 1);
            for (int c = 0; c < classes; c++) {
                panels.get(c).probabilities.add(views.get(c));
            }
        }
        return panels;
    }

    /** The largest among some modalities; 0 where none of them is present. */
    NDArray max(List<Integer> some) {
        return reduce(some, NDArray::maximum, this::belowAll);
    }

    /** The smallest among some modalities; at least 2 where none of them is present. */
    NDArray min(List<Integer> some) {
        return reduce(some, NDArray::minimum, this::aboveAll);
    }

    /** The mean over those of some modalities that are present; 0 where none is. */
    NDArray mean(List<Integer> some) {
        NDArray sum = reduce(some, NDArray::add, this::belowAll);
        if (attendance.everybody()) {
            return some.size() == 1 ? sum : sum.divi(Scalars.of(some.size(), sum));
        }
        return sum.divi(attendance.count(some).maximum(1));
    }

    /**
     * Frees what a reduction over some modalities returned, unless that is the probabilities of the
     * only one among them.
     */
    void release(NDArray reduced, List<Integer> some) {
        if (some.size() > 1 || !attendance.everybody()) {
            reduced.close();
        }
    }

    private NDArray belowAll(int m) {
        NDArray x = probabilities.get(m);
        return attendance.everybody() ? x : x.mul(attendance.here(m));
    }

    private NDArray aboveAll(int m) {
        NDArray x = probabilities.get(m);
        return attendance.everybody() ? x : x.add(attendance.here(m).neg().add(1).mul(BEYOND));
    }

    private NDArray reduce(
            List<Integer> some, BinaryOperator<NDArray> step, IntFunction<NDArray> of) {
        NDArray result = of.apply(some.get(0));
        for (int i = 1; i < some.size(); i++) {
            NDArray next = of.apply(some.get(i));
            NDArray both = step.apply(result, next);
            release(result, some.subList(0, i));
            release(next, some.subList(i, i + 1));
            result = both;
        }
        return result;
    }
}
