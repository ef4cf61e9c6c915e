/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report;

import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
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
                    "series %s: expected as many y as x, %d, got %d"
                            .formatted(name, x.length, y.length));
        }
        for (int i = 1; i < x.length; i++) {
            if (!(x[i] > x[i - 1])) {
                throw new IllegalArgumentException(
                        "series %s: expected ascending x, got %s after %s"
                                .formatted(name, x[i], x[i - 1]));
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
     * Returns the means over stretches of x, for example over the steps of an epoch: the points
     * with {@code k * width <= x < (k + 1) * width} make one point at their mean x.
     *
     * @param width the width of a stretch, positive
     * @return a series of the same name; values that are not finite are left out of the means
     * @throws IllegalArgumentException if the width is not positive
     */
    public Series means(double width) {
        if (!(width > 0)) {
            throw new IllegalArgumentException("width: expected more than 0, got " + width);
        }
        return means(i -> Double.isFinite(y[i]), i -> Math.floor(x[i] / width));
    }

    /**
     * Returns the points that a logarithmic axis can show.
     *
     * @return a series of the same name without values that are not finite and positive
     */
    public Series positive() {
        return means(i -> Double.isFinite(y[i]) && y[i] > 0, i -> x[i]);
    }

    /** A point for each group of those that are kept. */
    private Series means(IntPredicate kept, Function<Integer, Double> group) {
        Collection<List<Integer>> groups =
                IntStream.range(0, x.length)
                        .filter(kept)
                        .boxed()
                        .collect(Collectors.groupingBy(group, TreeMap::new, Collectors.toList()))
                        .values();
        return new Series(name, means(x, groups), means(y, groups));
    }

    private static double[] means(double[] values, Collection<List<Integer>> groups) {
        return groups.stream()
                .map(group -> group.stream().mapToDouble(i -> values[i]).average())
                .mapToDouble(OptionalDouble::orElseThrow)
                .toArray();
    }
}
