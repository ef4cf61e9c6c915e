/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The interval of a median against the table of a textbook, whole numbers, and draws. */
class MedianIntervalTest {

    /** W. J. Conover, Practical Nonparametric Statistics: the quantile test's interval. */
    @ParameterizedTest
    @CsvSource({"6, 1", "8, 1", "9, 2", "10, 2", "15, 4", "20, 6", "25, 8", "30, 10", "40, 14"})
    void ranksOfTheTable(int numbers, int rank) {
        assertThat(MedianInterval.of(first(numbers)).rank()).isEqualTo(rank);
    }

    @Test
    void theRankIsTheLargestWhoseTailIsSmallEnough() {
        for (int n = MedianInterval.FEWEST; n <= 300; n++) {
            int rank = MedianInterval.of(first(n)).rank();
            assertThat(tail(n, rank)).as("%d numbers", n).isLessThanOrEqualTo(0.025);
            assertThat(tail(n, rank + 1)).as("%d numbers", n).isGreaterThan(0.025);
        }
        // Where 1 / 2^n is no double any more: half of n less 1.96 standard deviations.
        assertThat(MedianInterval.of(first(10_000)).rank()).isBetween(4900, 4904);
    }

    /** P(X < k) of n tosses of a coin. */
    private static double tail(int n, int k) {
        BigInteger ways = BigInteger.ONE;
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < k; i++) {
            sum = sum.add(ways);
            ways = ways.multiply(BigInteger.valueOf(n - i)).divide(BigInteger.valueOf(i + 1));
        }
        return Math.scalb(sum.shiftLeft(60).shiftRight(n).doubleValue(), -60);
    }

    @Test
    void medianAndEndsOfUnsortedNumbers() {
        double[] numbers = {7, 1, 5, 3, 2, 6, 4, 90, 8, 10};

        MedianInterval interval = MedianInterval.of(numbers);

        assertThat(interval).isEqualTo(new MedianInterval(5.5, 2, 10, 2));
        assertThat(numbers).startsWith(7, 1, 5);
        assertThat(MedianInterval.of(3, 9, 1).median()).isEqualTo(3);
    }

    @Test
    void fiveNumbersHaveNone() {
        MedianInterval interval = MedianInterval.of(2, 1, 3, 5, 4);

        assertThat(interval.median()).isEqualTo(3);
        assertThat(interval.rank()).isZero();
        assertThat(interval.low()).isNaN();
        assertThat(interval.high()).isNaN();
    }

    /** Of a skewed distribution, whose median is log 2. */
    @Test
    void itHoldsTheMedianAsOftenAsItSays() {
        SplittableRandom random = new SplittableRandom(3);
        long held =
                IntStream.range(0, 4000)
                        .mapToObj(
                                draw ->
                                        MedianInterval.of(
                                                random.doubles(30)
                                                        .map(x -> -Math.log(1 - x))
                                                        .toArray()))
                        .filter(one -> one.low() <= Math.log(2) && Math.log(2) <= one.high())
                        .count();

        assertThat(held / 4000.0).isCloseTo(1 - 2 * tail(30, 10), within(0.01));
    }

    private static double[] first(int count) {
        return DoubleStream.iterate(0, x -> x + 1).limit(count).toArray();
    }
}
