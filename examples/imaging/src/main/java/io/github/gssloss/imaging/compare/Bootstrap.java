/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.compare;

import io.github.gssloss.imaging.measure.Quantile;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * How far the mean of some cases' differences would spread, had other cases been drawn: the
 * percentile bootstrap. As many cases as there are are drawn with replacement, again and again; the
 * interval holds the middle 95 % of their means.
 */
public final class Bootstrap {

    /** How often cases are drawn. */
    public static final int RESAMPLES = 10_000;

    private static final long SEED = 1;
    private static final double BELOW = 0.025;

    private Bootstrap() {}

    /**
     * Returns the interval of a mean: always the same for the same numbers.
     *
     * @param differences a number for each case
     * @return the interval; empty for fewer than two cases, which show no spread
     */
    public static Optional<Interval> ofMean(double... differences) {
        if (differences.length < 2) {
            return Optional.empty();
        }
        SplittableRandom random = new SplittableRandom(SEED);
        double[] means = new double[RESAMPLES];
        Arrays.setAll(means, i -> resampledMean(differences, random));
        return Optional.of(new Interval(Quantile.of(means, BELOW), Quantile.of(means, 1 - BELOW)));
    }

    private static double resampledMean(double[] differences, SplittableRandom random) {
        double sum = 0;
        for (int i = 0; i < differences.length; i++) {
            sum += differences[random.nextInt(differences.length)];
        }
        return sum / differences.length;
    }
}
