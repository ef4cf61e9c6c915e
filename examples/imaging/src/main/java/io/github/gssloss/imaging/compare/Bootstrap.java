/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.compare;

import io.github.gssloss.imaging.measure.Quantile;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * How far the mean of differences by seed and case would spread, had other seeds and other cases
 * been drawn: the percentile bootstrap. The same cases are evaluated with every seed, so the two
 * are drawn independently of each other, as many as there are of each, with replacement; a resample
 * takes the mean over every pair of a drawn seed and a drawn case. The interval holds the middle 95
 * % of these means. A single seed is not drawn, which leaves the bootstrap over the cases; the
 * interval then says nothing about other seeds, nor that of a single case about other cases.
 */
public final class Bootstrap {

    /** The number of resamples. */
    public static final int RESAMPLES = 10_000;

    private static final long SEED = 1;
    private static final double BELOW = 0.025;

    private Bootstrap() {}

    /**
     * Returns the interval of a mean: always the same for the same numbers.
     *
     * @param differences a number for each seed and case, as many cases for every seed
     * @return the interval; empty where there is a single seed with a single case
     */
    public static Optional<Interval> ofMean(double[][] differences) {
        int seeds = differences.length;
        int cases = differences[0].length;
        if (seeds * cases < 2) {
            return Optional.empty();
        }
        return Optional.of(
                middle(
                        random -> {
                            int[] drawn = seeds == 1 ? new int[1] : draw(seeds, random);
                            return mean(differences, drawn, draw(cases, random));
                        }));
    }

    /**
     * Returns the interval of a mean where each seed has cases of its own: a resample draws as many
     * seeds as there are, with replacement, and then for each drawn seed as many of its cases as it
     * has. The mean is that of all drawn cases.
     *
     * @param differences for each seed a number for each of its cases, at least one
     * @return the interval, always the same for the same numbers
     */
    static Interval ofMeanOfOwnCases(double[][] differences) {
        return middle(
                random -> {
                    double sum = 0;
                    int count = 0;
                    for (int seed : draw(differences.length, random)) {
                        double[] row = differences[seed];
                        for (int one : draw(row.length, random)) {
                            sum += row[one];
                        }
                        count += row.length;
                    }
                    return sum / count;
                });
    }

    /** The middle of the means of resamples. */
    private static Interval middle(ToDoubleFunction<SplittableRandom> resample) {
        SplittableRandom random = new SplittableRandom(SEED);
        double[] means = new double[RESAMPLES];
        Arrays.setAll(means, i -> resample.applyAsDouble(random));
        return new Interval(Quantile.of(means, BELOW), Quantile.of(means, 1 - BELOW));
    }

    private static int[] draw(int count, SplittableRandom random) {
        int[] drawn = new int[count];
        Arrays.setAll(drawn, i -> random.nextInt(count));
        return drawn;
    }

    private static double mean(double[][] differences, int[] seeds, int[] cases) {
        double sum = 0;
        for (int seed : seeds) {
            double[] row = differences[seed];
            for (int one : cases) {
                sum += row[one];
            }
        }
        return sum / ((long) seeds.length * cases.length);
    }
}
