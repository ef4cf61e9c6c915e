/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import ai.djl.ndarray.NDArray;

/** A five-dimensional array of doubles in plain Java, for the slow loops of the tests. */
final class Grid {

    /** What to do with an element. */
    interface Visitor {
        void visit(int[] index, double value);
    }

    private final double[] values;
    private final long[] sizes;

    Grid(NDArray array) {
        values = array.toDoubleArray();
        sizes = array.getShape().getShape();
    }

    int size(int axis) {
        return (int) sizes[axis];
    }

    double at(int... index) {
        long offset = 0;
        for (int axis = 0; axis < sizes.length; axis++) {
            offset = offset * sizes[axis] + index[axis];
        }
        return values[(int) offset];
    }

    void forEach(Visitor visitor) {
        for (int i = 0; i < values.length; i++) {
            int[] index = new int[sizes.length];
            int rest = i;
            for (int axis = sizes.length - 1; axis >= 0; axis--) {
                index[axis] = (int) (rest % sizes[axis]);
                rest /= (int) sizes[axis];
            }
            visitor.visit(index, values[i]);
        }
    }
}
