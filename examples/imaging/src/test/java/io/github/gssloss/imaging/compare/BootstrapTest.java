/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BootstrapTest {

    @Test
    void ofManyCasesTheIntervalIsThatOfTheNormalDistribution() {
        Random random = new Random(3);
        double[] differences = random.doubles(400, -1, 3).toArray();
        double half = 1.96 * Math.sqrt(variance(differences) / 400);

        Interval interval = ofCases(differences);

        assertThat(interval.low()).isCloseTo(mean(differences) - half, within(0.05 * half));
        assertThat(interval.high()).isCloseTo(mean(differences) + half, within(0.05 * half));
        assertThat(ofCases(differences)).isEqualTo(interval);
    }

    @Test
    void theIntervalOfAFewCases() {
        // Of three cases each resample takes three: all alike in one of nine.
        assertThat(ofCases(0, 0, 9)).isEqualTo(new Interval(0, 9));
        assertThat(ofCases(2, 2, 2)).isEqualTo(new Interval(2, 2));
        assertThat(Bootstrap.ofMean(new double[][] {{2}})).isEmpty();
        assertThat(Bootstrap.ofMean(new double[][] {{2}, {2}})).contains(new Interval(2, 2));
    }

    @Test
    void theDrawsOfASingleSeedAreThoseOfItsCases() {
        double[] cases = {0.1, -0.2, 0.4, 0.3, 0.0};
        SplittableRandom random = new SplittableRandom(1);
        double[] means = new double[10_000];
        for (int i = 0; i < means.length; i++) {
            for (int c = 0; c < 5; c++) {
                means[i] += cases[random.nextInt(5)];
            }
            means[i] /= 5;
        }
        assertThat(ofCases(cases)).isEqualTo(middle(means));
    }

    @Test
    void theDrawsOfAResampleAreItsSeedsThenItsCases() {
        double[][] differences = {{1, 5, -3}, {2, 0, 7}};
        SplittableRandom random = new SplittableRandom(1);
        double[] means = new double[10_000];
        for (int i = 0; i < means.length; i++) {
            int[] seeds = {random.nextInt(2), random.nextInt(2)};
            int[] cases = {random.nextInt(3), random.nextInt(3), random.nextInt(3)};
            for (int seed : seeds) {
                for (int one : cases) {
                    means[i] += differences[seed][one];
                }
            }
            means[i] /= 6;
        }
        assertThat(Bootstrap.ofMean(differences)).contains(middle(means));
    }

    @Test
    void theIntervalIsThatOfEveryDrawWritten() {
        double[][] differences = {{1, 5, -3}, {2, 0, 7}};
        // Every draw of two seeds and of three cases, all equally likely.
        List<Double> means = new ArrayList<>();
        for (int s = 0; s < 4; s++) {
            for (int c = 0; c < 27; c++) {
                double sum = 0;
                for (int seed : new int[] {s / 2, s % 2}) {
                    for (int one : new int[] {c / 9, c / 3 % 3, c % 3}) {
                        sum += differences[seed][one];
                    }
                }
                means.add(sum / 6);
            }
        }
        double[] sorted = means.stream().mapToDouble(x -> x).sorted().toArray();
        // Of 108 draws the outer 2.5 % are 2.7: the third from each end.
        Interval interval = Bootstrap.ofMean(differences).orElseThrow();

        assertThat(interval.low()).isBetween(sorted[1] - 1e-9, sorted[3] + 1e-9);
        assertThat(interval.high()).isBetween(sorted[104] - 1e-9, sorted[106] + 1e-9);
        assertThat(Bootstrap.ofMean(differences)).contains(interval);
    }

    @Test
    void whereSeedsHaveTheirOwnCasesADrawnSeedDrawsItsOwn() {
        double[][] differences = {{1, 5}, {2, 0, 7}};
        SplittableRandom random = new SplittableRandom(1);
        double[] means = new double[10_000];
        for (int i = 0; i < means.length; i++) {
            int[] seeds = {random.nextInt(2), random.nextInt(2)};
            int count = 0;
            for (int seed : seeds) {
                for (int c = 0; c < differences[seed].length; c++) {
                    means[i] += differences[seed][random.nextInt(differences[seed].length)];
                    count++;
                }
            }
            means[i] /= count;
        }
        assertThat(Bootstrap.ofMeanOfOwnCases(differences)).isEqualTo(middle(means));
    }

    @Test
    void theSpreadIsThatOfSeedsAndOfCases() {
        int seeds = 40;
        int cases = 60;
        Random random = new Random(5);
        double[] bySeed = random.doubles(seeds, -1, 1).toArray();
        double[] byCase = random.doubles(cases, -2, 2).toArray();
        double[][] sum = new double[seeds][cases];
        for (int s = 0; s < seeds; s++) {
            for (int c = 0; c < cases; c++) {
                sum[s][c] = bySeed[s] + byCase[c];
            }
        }
        double mean = mean(bySeed) + mean(byCase);
        double half = 1.96 * Math.sqrt(variance(bySeed) / seeds + variance(byCase) / cases);

        Interval interval = Bootstrap.ofMean(sum).orElseThrow();

        assertThat(interval.low()).isCloseTo(mean - half, within(0.06 * half));
        assertThat(interval.high()).isCloseTo(mean + half, within(0.06 * half));
    }

    private static Interval ofCases(double... differences) {
        return Bootstrap.ofMean(new double[][] {differences}).orElseThrow();
    }

    /** The 2.5th and the 97.5th percentile, interpolated between the two numbers beside each. */
    private static Interval middle(double[] means) {
        double[] sorted = Arrays.stream(means).sorted().toArray();
        double low = sorted[249] + (0.025 * 9999 - 249) * (sorted[250] - sorted[249]);
        double high = sorted[9749] + (0.975 * 9999 - 9749) * (sorted[9750] - sorted[9749]);
        return new Interval(low, high);
    }

    private static double mean(double... values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double variance(double... values) {
        double mean = mean(values);
        return mean(Arrays.stream(values).map(x -> (x - mean) * (x - mean)).toArray());
    }
}
