/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A named line of a chart: y over x, x ascending. */
public final class Series {

    private final String name;
    private final double[] x;
    private final double[] y;

    /**
     * Keeps copies of the values.
     *
     * @param name the name in the legend
     * @param x ascending
     * @param y as many values; one that is not finite leaves a gap
     * @throws IllegalArgumentException if the lengths differ or x does not ascend
     */
    public Series(String name, double[] x, double[] y) {
        if (x.length != y.length) {
            throw new IllegalArgumentException(
                    "series "
                            + name
                            + ": expected as many y as x, "
                            + x.length
                            + ", got "
                            + y.length);
        }
        for (int i = 1; i < x.length; i++) {
            if (!(x[i] > x[i - 1])) {
                throw new IllegalArgumentException(
                        "series "
                                + name
                                + ": expected ascending x, got "
                                + x[i]
                                + " after "
                                + x[i - 1]);
            }
        }
        this.name = name;
        this.x = x.clone();
        this.y = y.clone();
    }

    /**
     * Returns the name.
     *
     * @return as shown in the legend
     */
    public String name() {
        return name;
    }

    /**
     * Returns the same line under another name.
     *
     * @param other the name in the legend
     * @return the line
     */
    public Series named(String other) {
        return new Series(other, x, y);
    }

    /**
     * Returns the positions.
     *
     * @return a copy, ascending
     */
    public double[] x() {
        return x.clone();
    }

    /**
     * Returns the values.
     *
     * @return a copy, as long as the positions
     */
    public double[] y() {
        return y.clone();
    }

    /**
     * Returns the number of points.
     *
     * @return zero or more
     */
    public int size() {
        return x.length;
    }

    /**
     * Returns the means over stretches of x, for example over the steps of an epoch: the points
     * with {@code (k - 1) * width < x <= k * width} make one point at their mean x.
     *
     * @param width the width of a stretch, positive
     * @return a series of the same name; values that are not finite are left out of the means
     * @throws IllegalArgumentException if the width is not positive
     */
    public Series means(double width) {
        if (!(width > 0)) {
            throw new IllegalArgumentException("width: expected more than 0, got " + width);
        }
        List<double[]> points = new ArrayList<>();
        int[] finite = IntStream.range(0, size()).filter(i -> Double.isFinite(y[i])).toArray();
        int from = 0;
        for (int i = 1; i <= finite.length; i++) {
            if (i == finite.length || stretch(finite[i], width) != stretch(finite[from], width)) {
                int[] inside = Arrays.copyOfRange(finite, from, i);
                points.add(new double[] {mean(x, inside), mean(y, inside)});
                from = i;
            }
        }
        return new Series(
                name,
                points.stream().mapToDouble(p -> p[0]).toArray(),
                points.stream().mapToDouble(p -> p[1]).toArray());
    }

    /**
     * Returns the points that a logarithmic axis can show.
     *
     * @return a series of the same name without values that are not finite and positive
     */
    public Series positive() {
        int[] kept =
                IntStream.range(0, size()).filter(i -> Double.isFinite(y[i]) && y[i] > 0).toArray();
        return new Series(
                name,
                Arrays.stream(kept).mapToDouble(i -> x[i]).toArray(),
                Arrays.stream(kept).mapToDouble(i -> y[i]).toArray());
    }

    private double stretch(int i, double width) {
        return Math.ceil(x[i] / width);
    }

    private static double mean(double[] values, int[] inside) {
        return Arrays.stream(inside).mapToDouble(i -> values[i]).average().orElseThrow();
    }
}
