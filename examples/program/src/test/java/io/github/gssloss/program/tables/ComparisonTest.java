/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.gssloss.core.TumorRegion;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.compare.Bootstrap;
import io.github.gssloss.imaging.compare.Comparison;
import io.github.gssloss.imaging.compare.Interval;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.measure.Measures;
import io.github.gssloss.imaging.measure.Score;
import io.github.gssloss.imaging.measure.ScoreTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final ModalitySubset T1CE = ModalitySubset.parse("t1ce");

    @Test
    void theIntervalOfManyCasesIsThatOfTheNormalDistribution() {
        Random random = new Random(3);
        double[] differences = random.doubles(400, -1, 3).toArray();
        double mean = Arrays.stream(differences).average().orElseThrow();
        double variance = Arrays.stream(differences).map(d -> (d - mean) * (d - mean)).sum() / 400;
        double half = 1.96 * Math.sqrt(variance / 400);

        Interval interval = Bootstrap.ofMean(differences).orElseThrow();

        assertThat(interval.low()).isCloseTo(mean - half, within(0.05 * half));
        assertThat(interval.high()).isCloseTo(mean + half, within(0.05 * half));
        assertThat(Bootstrap.ofMean(differences)).contains(interval);
    }

    @Test
    void theIntervalOfAFewCases() {
        // Of three cases each resample takes three: all alike in one of nine.
        assertThat(Bootstrap.ofMean(0, 0, 9)).contains(new Interval(0, 9));
        assertThat(Bootstrap.ofMean(2, 2, 2)).contains(new Interval(2, 2));
        assertThat(Bootstrap.ofMean(2)).isEmpty();
    }

    @Test
    void pairsTheRunsCaseByCase() {
        Map<String, ScoreTable> runs = new LinkedHashMap<>();
        runs.put("a", table(new double[][] {{0.5, 0.6}, {0.7, 0.8}, {0.1, 0.2}}));
        // Judged on two of the cases alone.
        runs.put("b, c", table(new double[][] {{0.6, 0.8}, {0.7, 0.9}}));

        String csv = new ComparisonFormat(new Comparison(runs)).csv();

        assertThat(csv)
                .startsWith(
                        "run,metric,subset,region,cases,first,mean,difference,low,high,resamples\n")
                .hasLineCount(1 + 6 * 3 * 4);
        List<String> dice = cells(csv, "dice", "mean", "whole");
        assertThat(dice.get(0)).isEqualTo("2");
        assertThat(numbers(dice).subList(1, 6))
                .usingElementComparator((x, y) -> Math.abs(x - y) < 1e-12 ? 0 : 1)
                .containsExactly(0.65, 0.75, 0.1, 0.05, 0.15);
        assertThat(dice.get(6)).isEqualTo("10000");
        // Regions differ by 0.01 and 0.02 in both runs, the average of three is in the middle.
        List<String> single = cells(csv, "dice", "t1ce", "average");
        assertThat(numbers(single).subList(1, 6))
                .usingElementComparator((x, y) -> Math.abs(x - y) < 1e-12 ? 0 : 1)
                .containsExactly(0.71, 0.86, 0.15, 0.1, 0.2);
    }

    @Test
    void tablesForReaders() {
        Map<String, ScoreTable> runs = new LinkedHashMap<>();
        runs.put("base", table(new double[][] {{0.5, 0.6}, {0.7, 0.8}}));
        runs.put("gss", table(new double[][] {{0.6, 0.6}, {0.7, 0.7}}));

        assertThat(new ComparisonFormat(new Comparison(runs)).markdown())
                .startsWith(
                        """
                        Means over the cases and subsets; in brackets the 95 % interval of the \
                        difference, a paired bootstrap over 2 cases with 10000 resamples

                        Dice, %

                        | run | whole | core | enhancing | average |
                        | :-: | --: | --: | --: | --: |
                        | base | 65.0 | 66.0 | 67.0 | 66.0 |
                        | gss | 65.0 | 66.0 | 67.0 | 66.0 |
                        """)
                .contains("| gss - base | +0.0 [-5.0, 5.0] |")
                .contains("\nHausdorff distance 95, mm\n")
                .contains(
                        """
                        Dice, %, whole

                        | flair | t1ce | t1 | t2 | base | gss | gss - base |
                        | :-: | :-: | :-: | :-: | --: | --: | --: |
                        | ● | ● | ● | ● | 60.0 | 65.0 | +5.0 [0.0, 10.0] |
                        | ○ | ● | ○ | ○ | 70.0 | 65.0 | -5.0 [-10.0, 0.0] |
                        """);
        assertThat(new ComparisonFormat(new Comparison(runs)).text())
                .contains("run                    whole");
    }

    @Test
    void aSingleCaseHasNoInterval() {
        Map<String, ScoreTable> runs = new LinkedHashMap<>();
        runs.put("a", table(new double[][] {{0.5, 0.5}}));
        runs.put("b", table(new double[][] {{0.75, 0.5}}));
        Comparison comparison = new Comparison(runs);
        assertThat(new ComparisonFormat(comparison).markdown())
                .startsWith(
                        "Means over the cases and subsets; one case: no interval of the"
                                + " differences exists\n")
                .contains("| b - a | +12.5 | +12.5 | +12.5 | +12.5 |");
        assertThat(new ComparisonFormat(comparison).csv())
                .contains("b,dice,t1ce,whole,1,0.5,0.5,0.0,,,0\n");
    }

    @Test
    void refusesWhatCannotBeCompared() {
        ScoreTable one = table(new double[][] {{0.5, 0.5}});
        assertThatThrownBy(() -> new Comparison(Map.of("a", one)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("runs: expected at least 2, got 1");
        List<Score> elsewhere =
                one.rows().stream()
                        .map(s -> new Score("other", s.subset(), s.region(), s.measures()))
                        .toList();
        Map<String, ScoreTable> runs = new LinkedHashMap<>();
        runs.put("a", one);
        runs.put("b", new ScoreTable(elsewhere));
        assertThatThrownBy(() -> new Comparison(runs))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        "runs a and b: expected a case that was judged with the same subset in"
                                + " both, found none");
    }

    /** Dice of all four and of t1ce by case, for the whole tumour; the other regions have more. */
    private static ScoreTable table(double[][] dice) {
        List<Score> rows = new ArrayList<>();
        for (int c = 0; c < dice.length; c++) {
            for (TumorRegion region : TumorRegion.values()) {
                double more = 0.01 * region.ordinal();
                rows.add(score(c, ModalitySubset.ALL, region, dice[c][0] + more));
                rows.add(score(c, T1CE, region, dice[c][1] + more));
            }
        }
        return new ScoreTable(rows);
    }

    private static Score score(int c, ModalitySubset subset, TumorRegion region, double dice) {
        return new Score(
                "case-" + c, subset, region, new Measures(dice, dice, dice, 1, dice, 10 * dice));
    }

    /** The cells from the number of cases on. */
    private static List<String> cells(String csv, String metric, String subset, String region) {
        String start = "\"b, c\",%s,%s,%s,".formatted(metric, subset, region);
        String line = csv.lines().filter(one -> one.startsWith(start)).findFirst().orElseThrow();
        return List.of(line.substring(start.length()).split(",", -1));
    }

    private static List<Double> numbers(List<String> cells) {
        return cells.stream().map(Double::valueOf).toList();
    }
}
