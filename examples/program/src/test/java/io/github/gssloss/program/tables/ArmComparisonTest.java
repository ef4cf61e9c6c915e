/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.gssloss.core.TumorRegion;
import io.github.gssloss.imaging.compare.ArmComparison;
import io.github.gssloss.imaging.compare.ArmDifference;
import io.github.gssloss.imaging.compare.Bootstrap;
import io.github.gssloss.imaging.compare.CrossedBootstrap;
import io.github.gssloss.imaging.compare.Interval;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.measure.Measures;
import io.github.gssloss.imaging.measure.Metric;
import io.github.gssloss.imaging.measure.Score;
import io.github.gssloss.imaging.measure.ScoreTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ArmComparisonTest {

    private static final ModalitySubset T1CE = ModalitySubset.parse("t1ce");
    private static final List<ModalitySubset> BOTH = List.of(ModalitySubset.ALL, T1CE);

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
        Interval interval = CrossedBootstrap.ofMean(differences).orElseThrow();

        assertThat(interval.low()).isBetween(sorted[1] - 1e-9, sorted[3] + 1e-9);
        assertThat(interval.high()).isBetween(sorted[104] - 1e-9, sorted[106] + 1e-9);
        assertThat(CrossedBootstrap.ofMean(differences)).contains(interval);
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

        Interval interval = CrossedBootstrap.ofMean(sum).orElseThrow();

        assertThat(interval.low()).isCloseTo(mean - half, within(0.06 * half));
        assertThat(interval.high()).isCloseTo(mean + half, within(0.06 * half));
    }

    @Test
    void aSingleSeedIsTheBootstrapOverCases() {
        double[] cases = {0.1, -0.2, 0.4, 0.3, 0.0};
        Interval known = Bootstrap.ofMean(cases).orElseThrow();
        Interval one = CrossedBootstrap.ofMean(new double[][] {cases}).orElseThrow();
        assertThat(one.low()).isCloseTo(known.low(), within(0.01));
        assertThat(one.high()).isCloseTo(known.high(), within(0.01));
        assertThat(CrossedBootstrap.ofMean(new double[][] {{0.3}})).isEmpty();
        assertThat(CrossedBootstrap.ofMean(new double[][] {{2}, {2}})).contains(new Interval(2, 2));
    }

    @Test
    void pairsBySeedCaseSubsetAndRegion() {
        Random random = new Random(9);
        Map<String, Map<Long, ScoreTable>> arms = new LinkedHashMap<>();
        arms.put("base", new LinkedHashMap<>());
        arms.put("gss", new LinkedHashMap<>());
        for (long seed = 1; seed <= 3; seed++) {
            arms.get("base").put(seed, table(random, 4));
            // The second seed of this arm lacks the last case.
            arms.get("gss").put(seed, table(random, seed == 2 ? 3 : 4));
        }
        arms.get("base").put(8L, table(random, 4));

        ArmComparison comparison = new ArmComparison(arms);

        for (Optional<ModalitySubset> subset :
                List.of(Optional.of(T1CE), Optional.<ModalitySubset>empty())) {
            for (Optional<TumorRegion> region : ArmComparison.regions()) {
                ArmDifference found =
                        comparison.difference("gss", Metric.DICE, subset, region).orElseThrow();
                double first = slowMean(arms.get("base"), subset, region);
                double second = slowMean(arms.get("gss"), subset, region);
                assertThat(found.seeds()).isEqualTo(3);
                assertThat(found.cases()).isEqualTo(3);
                assertThat(found.first()).isCloseTo(first, within(1e-12));
                assertThat(found.mean()).isCloseTo(second, within(1e-12));
                assertThat(found.difference()).isCloseTo(second - first, within(1e-12));
                assertThat(found.interval().orElseThrow().low()).isLessThan(found.difference());
                assertThat(found.interval().orElseThrow().high()).isGreaterThan(found.difference());
            }
        }
        // An arm's own mean has all its seeds.
        double own =
                arms.get("base").values().stream()
                        .mapToDouble(table -> table.mean(Metric.DICE, TumorRegion.CORE))
                        .average()
                        .orElseThrow();
        assertThat(comparison.mean("base", Metric.DICE, Optional.of(TumorRegion.CORE)))
                .isCloseTo(own, within(1e-12));
        assertThat(comparison.seeds()).containsExactly(1L, 2L, 3L, 8L);
        assertThat(comparison.seeds("gss")).containsExactly(1L, 2L, 3L);
        assertThat(comparison.pooled("gss")).hasSize((4 + 3 + 4) * 2 * 3);
        assertThat(comparison.pooled("gss").get(0).caseName()).isEqualTo("seed 1, case-0");
    }

    @Test
    void tablesForReaders() {
        Map<String, Map<Long, ScoreTable>> arms = new LinkedHashMap<>();
        arms.put("base", Map.of(1L, even(0.5, 0.6)));
        arms.put("gss, b", new LinkedHashMap<>());
        arms.get("gss, b").put(1L, even(0.6, 0.6));
        arms.get("gss, b").put(2L, even(0.9, 0.9));
        arms.put("other", Map.of(2L, even(0.2, 0.4)));

        ArmComparison comparison = new ArmComparison(arms);

        assertThat(new ArmComparisonFormat(comparison).markdown())
                .startsWith(
                        """
                        An arm's means are over its seeds, the cases and the subsets. A difference \
                        to base is the mean over the seeds and cases that both have, paired by \
                        seed, case, subset and region. Its 95 % interval, in brackets, \
                        comes from a \
                        percentile bootstrap of 10000 resamples, each of which draws as many seeds \
                        and as many cases as there are, with replacement and independently of each \
                        other; with a single seed it says nothing about other seeds.

                        Dice, %

                        | arm | seeds | whole | core | enhancing | average |
                        | :-: | --: | --: | --: | --: | --: |
                        | base | 1 | 55.0 | 55.0 | 55.0 | 55.0 |
                        | gss, b | 2 | 75.0 | 75.0 | 75.0 | 75.0 |
                        | gss, b - base | 1 | +5.0 [0.0, 10.0] |\
                         +5.0 [0.0, 10.0] | +5.0 [0.0, 10.0] | +5.0 [0.0, 10.0] |
                        | other | 1 | 30.0 | 30.0 | 30.0 | 30.0 |
                        """)
                .contains(
                        """
                        Dice, %, average, by seed

                        | arm | seed 1 | seed 2 |
                        | :-: | --: | --: |
                        | base | 55.0 |  |
                        | gss, b | 60.0 | 90.0 |
                        | other |  | 30.0 |
                        """)
                .contains(
                        """
                        Dice, %, core

                        | flair | t1ce | t1 | t2 | base | gss, b | gss, b - base | other | other - base |
                        | :-: | :-: | :-: | :-: | --: | --: | --: | --: | --: |
                        | ● | ● | ● | ● | 55.0 | 75.0 | +5.0 [0.0, 10.0] | 30.0 |  |
                        | ○ | ● | ○ | ○ | 55.0 | 75.0 | +5.0 [0.0, 10.0] | 30.0 |  |
                        """);
        assertThat(new ArmComparisonFormat(comparison).text())
                .startsWith("Dice, %\n\narm            seeds")
                .contains("other");
        assertThat(new ArmComparisonFormat(comparison).csv())
                .startsWith(
                        "arm,metric,subset,region,seeds,cases,first,mean,difference,low,high,"
                                + "resamples\n")
                .contains("\"gss, b\",dice,mean,whole,1,2,0.55,0.6,")
                .hasLineCount(1 + 6 * 4 + 2 * 4);
    }

    @Test
    void armsAloneHaveMeans() {
        ArmComparison one = new ArmComparison(Map.of("a", Map.of(1L, even(0.5))));
        assertThat(one.differences()).isEmpty();
        assertThat(new ArmComparisonFormat(one).markdown())
                .startsWith(
                        "An arm's means are over its seeds, the cases and the subsets.\n\nDice");
        assertThatThrownBy(() -> new ArmComparison(Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("arms: expected at least one, each with a seed, got []");
        assertThatThrownBy(() -> new ArmComparison(Map.of("a", Map.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("arms: expected at least one, each with a seed, got [a]");
    }

    /** The mean over seeds 1 to 3 and cases 0 to 2, which both arms have, number by number. */
    private static double slowMean(
            Map<Long, ScoreTable> arm,
            Optional<ModalitySubset> subset,
            Optional<TumorRegion> region) {
        return IntStream.rangeClosed(1, 3)
                .mapToObj(seed -> arm.get((long) seed).rows())
                .flatMap(List::stream)
                .filter(row -> !row.caseName().equals("case-3"))
                .filter(row -> subset.isEmpty() || row.subset().equals(subset.get()))
                .filter(row -> region.isEmpty() || row.region() == region.get())
                .mapToDouble(row -> row.measures().dice())
                .average()
                .orElseThrow();
    }

    private static ScoreTable table(Random random, int cases) {
        List<Score> rows = new ArrayList<>();
        for (int c = 0; c < cases; c++) {
            for (ModalitySubset subset : BOTH) {
                for (TumorRegion region : TumorRegion.values()) {
                    rows.add(score(c, subset, region, random.nextDouble()));
                }
            }
        }
        return new ScoreTable(rows);
    }

    /** Every number of a case is the same. */
    private static ScoreTable even(double... dice) {
        List<Score> rows = new ArrayList<>();
        for (int c = 0; c < dice.length; c++) {
            for (ModalitySubset subset : BOTH) {
                for (TumorRegion region : TumorRegion.values()) {
                    rows.add(score(c, subset, region, dice[c]));
                }
            }
        }
        return new ScoreTable(rows);
    }

    private static Score score(int c, ModalitySubset subset, TumorRegion region, double dice) {
        return new Score(
                "case-" + c, subset, region, new Measures(dice, dice, dice, 1, dice, 10 * dice));
    }

    private static double mean(double... values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double variance(double... values) {
        double mean = mean(values);
        return mean(Arrays.stream(values).map(x -> (x - mean) * (x - mean)).toArray());
    }
}
