/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.imaging.compare.Comparison;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.dataset.Region;
import io.github.gssloss.imaging.measure.Measures;
import io.github.gssloss.imaging.measure.Score;
import io.github.gssloss.imaging.measure.ScoreTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonFormatTest {

    private static final ModalitySubset T1CE = Brats.BRATS2020.subset("t1ce");

    @Test
    void pairsTheRunsCaseByCase() {
        Map<String, ScoreTable> runs = new LinkedHashMap<>();
        runs.put("a", table(new double[][] {{0.5, 0.6}, {0.7, 0.8}, {0.1, 0.2}}));
        // Judged on two of the cases alone.
        runs.put("b, c", table(new double[][] {{0.6, 0.8}, {0.7, 0.9}}));

        String csv = ComparisonFormat.ofRuns(Comparison.ofRuns(runs)).csv();

        assertThat(csv)
                .startsWith(
                        "run,metric,subset,region,cases,first,mean,difference,low,high,resamples\n")
                .hasLineCount(1 + 7 * 3 * 4);
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
    void tablesOfRuns() {
        Map<String, ScoreTable> runs = new LinkedHashMap<>();
        runs.put("base", table(new double[][] {{0.5, 0.6}, {0.7, 0.8}}));
        runs.put("gss", table(new double[][] {{0.6, 0.6}, {0.7, 0.7}}));

        assertThat(ComparisonFormat.ofRuns(Comparison.ofRuns(runs)).markdown())
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
        assertThat(ComparisonFormat.ofRuns(Comparison.ofRuns(runs)).text())
                .contains("run                    whole");
    }

    @Test
    void aSingleCaseHasNoInterval() {
        Map<String, ScoreTable> runs = new LinkedHashMap<>();
        runs.put("a", table(new double[][] {{0.5, 0.5}}));
        runs.put("b", table(new double[][] {{0.75, 0.5}}));
        Comparison comparison = Comparison.ofRuns(runs);
        assertThat(ComparisonFormat.ofRuns(comparison).markdown())
                .startsWith(
                        "Means over the cases and subsets; one case: no interval of the"
                                + " differences exists\n")
                .contains("| b - a | +12.5 | +12.5 | +12.5 | +12.5 |");
        assertThat(ComparisonFormat.ofRuns(comparison).csv())
                .contains("b,dice,t1ce,whole,1,0.5,0.5,0.0,,,0\n");
    }

    @Test
    void tablesOfArms() {
        Map<String, Map<Long, ScoreTable>> arms = new LinkedHashMap<>();
        arms.put("base", Map.of(1L, even(0.5, 0.6)));
        arms.put("gss, b", new LinkedHashMap<>());
        arms.get("gss, b").put(1L, even(0.6, 0.6));
        arms.get("gss, b").put(2L, even(0.9, 0.9));
        arms.put("other", Map.of(2L, even(0.2, 0.4)));

        Comparison comparison = new Comparison(arms);

        assertThat(ComparisonFormat.ofArms(comparison).markdown())
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
        assertThat(ComparisonFormat.ofArms(comparison).text())
                .startsWith("Dice, %\n\narm            seeds")
                .contains("other");
        assertThat(ComparisonFormat.ofArms(comparison).csv())
                .startsWith(
                        "arm,metric,subset,region,seeds,cases,first,mean,difference,low,high,"
                                + "resamples\n")
                .contains("\"gss, b\",dice,mean,whole,1,2,0.55,0.6,")
                .hasLineCount(1 + 7 * 4 + 2 * 4);
    }

    @Test
    void armsAloneHaveMeans() {
        Comparison one = new Comparison(Map.of("a", Map.of(1L, even(0.5))));
        assertThat(ComparisonFormat.ofArms(one).markdown())
                .startsWith(
                        "An arm's means are over its seeds, the cases and the subsets.\n\nDice");
        assertThat(ComparisonFormat.ofArms(one).csv()).hasLineCount(1);
    }

    /** Dice of all four and of t1ce by case, for the whole tumour; the other regions have more. */
    private static ScoreTable table(double[][] dice) {
        List<Score> rows = new ArrayList<>();
        for (int c = 0; c < dice.length; c++) {
            for (Region region : Brats.BRATS2020.regions()) {
                double more = 0.01 * Brats.BRATS2020.regions().indexOf(region);
                rows.add(score(c, Brats.BRATS2020.all(), region, dice[c][0] + more));
                rows.add(score(c, T1CE, region, dice[c][1] + more));
            }
        }
        return new ScoreTable(rows);
    }

    /** Every number of a case is the same. */
    private static ScoreTable even(double... dice) {
        List<Score> rows = new ArrayList<>();
        for (int c = 0; c < dice.length; c++) {
            for (ModalitySubset subset : List.of(Brats.BRATS2020.all(), T1CE)) {
                for (Region region : Brats.BRATS2020.regions()) {
                    rows.add(score(c, subset, region, dice[c]));
                }
            }
        }
        return new ScoreTable(rows);
    }

    private static Score score(int c, ModalitySubset subset, Region region, double dice) {
        return new Score(
                "case-" + c,
                subset,
                region,
                new Measures(dice, dice, dice, dice, 1, dice, 10 * dice));
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
