/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.dataset.Region;
import io.github.gssloss.imaging.measure.Measures;
import io.github.gssloss.imaging.measure.Metric;
import io.github.gssloss.imaging.measure.Score;
import io.github.gssloss.imaging.measure.ScoreTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final ModalitySubset T1CE = Brats.BRATS2020.subset("t1ce");
    private static final List<ModalitySubset> BOTH = List.of(Brats.BRATS2020.all(), T1CE);

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

        Comparison comparison = new Comparison(arms);

        for (Optional<ModalitySubset> subset :
                List.of(Optional.of(T1CE), Optional.<ModalitySubset>empty())) {
            for (Optional<Region> region : Comparison.withAverage(Brats.BRATS2020.regions())) {
                Difference found = difference(comparison, "gss", subset, region);
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
        Optional<Region> core = Optional.of(Brats.CORE);
        double own =
                arms.get("base").values().stream()
                        .mapToDouble(table -> table.mean(Metric.DICE, Optional.empty(), core))
                        .average()
                        .orElseThrow();
        assertThat(comparison.mean("base", Metric.DICE, Optional.empty(), core))
                .isCloseTo(own, within(1e-12));
        assertThat(comparison.seeds()).containsExactly(1L, 2L, 3L, 8L);
        assertThat(comparison.seeds("gss")).containsExactly(1L, 2L, 3L);
        assertThat(comparison.pooled("gss")).hasSize((4 + 3 + 4) * 2 * 3);
        assertThat(comparison.pooled("gss").get(0).caseName()).isEqualTo("seed 1, case-0");
    }

    @Test
    void ofOneSeedTheIntervalIsTheBootstrapOverTheCases() {
        Random random = new Random(4);
        ScoreTable first = table(random, 5);
        ScoreTable second = table(random, 5);
        Map<String, ScoreTable> runs = new LinkedHashMap<>();
        runs.put("base", first);
        runs.put("gss", second);
        double[] differences = new double[5];
        for (int c = 0; c < 5; c++) {
            differences[c] = caseMean(second, "case-" + c) - caseMean(first, "case-" + c);
        }

        Comparison comparison = Comparison.ofRuns(runs);

        Difference found = difference(comparison, "gss", Optional.empty(), Optional.empty());
        Interval known = Bootstrap.ofMean(new double[][] {differences}).orElseThrow();
        assertThat(found.interval().orElseThrow().low()).isCloseTo(known.low(), within(1e-12));
        assertThat(found.interval().orElseThrow().high()).isCloseTo(known.high(), within(1e-12));
        assertThat(found.seeds()).isEqualTo(1);
        assertThat(comparison.others()).containsExactly("gss");
        assertThat(comparison.isCompared("gss")).isTrue();
        assertThat(comparison.isCompared("base")).isFalse();
    }

    @Test
    void aSingleCaseHasNoInterval() {
        Comparison comparison =
                Comparison.ofRuns(
                        Map.of("a", table(new Random(1), 1), "b", table(new Random(2), 1)));
        String other = comparison.others().get(0);
        assertThat(difference(comparison, other, Optional.empty(), Optional.empty()).interval())
                .isEmpty();
    }

    @Test
    void whatAnArmLacksHasNoMean() {
        Random random = new Random(6);
        Map<String, Map<Long, ScoreTable>> arms = new LinkedHashMap<>();
        arms.put("base", Map.of(1L, table(random, 2)));
        arms.put("other", Map.of(2L, table(random, 2)));
        Comparison comparison = new Comparison(arms);
        assertThat(comparison.isCompared("other")).isFalse();
        assertThat(comparison.mean("other", 1, Metric.DICE)).isNaN();
        assertThat(comparison.mean("other", 2, Metric.DICE))
                .isEqualTo(arms.get("other").get(2L).mean(Metric.DICE));
        Optional<ModalitySubset> t2 = Optional.of(Brats.BRATS2020.subset("t2"));
        assertThat(comparison.mean("base", Metric.DICE, t2, Optional.empty())).isNaN();
    }

    @Test
    void refusesWhatCannotBeCompared() {
        assertThatThrownBy(() -> new Comparison(Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("arms: expected at least one, each with a seed, got []");
        assertThatThrownBy(() -> new Comparison(Map.of("a", Map.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("arms: expected at least one, each with a seed, got [a]");
        ScoreTable one = table(new Random(1), 1);
        assertThatThrownBy(() -> Comparison.ofRuns(Map.of("a", one)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("runs: expected at least 2, got 1");
        List<Score> elsewhere =
                one.rows().stream()
                        .map(s -> new Score("other", s.subset(), s.region(), s.measures()))
                        .toList();
        Map<String, ScoreTable> runs = new LinkedHashMap<>();
        runs.put("a", one);
        runs.put("b", new ScoreTable(elsewhere));
        assertThatThrownBy(() -> Comparison.ofRuns(runs))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        "runs a and b: expected a case that was evaluated with the same subset in"
                                + " both, found none");
    }

    private static Difference difference(
            Comparison comparison,
            String arm,
            Optional<ModalitySubset> subset,
            Optional<Region> region) {
        return comparison.difference(arm, Metric.DICE, subset, region).orElseThrow();
    }

    private static double caseMean(ScoreTable table, String name) {
        return table.rows().stream()
                .filter(row -> row.caseName().equals(name))
                .mapToDouble(row -> row.measures().dice())
                .average()
                .orElseThrow();
    }

    /** The mean over seeds 1 to 3 and cases 0 to 2, which both arms have, number by number. */
    private static double slowMean(
            Map<Long, ScoreTable> arm, Optional<ModalitySubset> subset, Optional<Region> region) {
        return IntStream.rangeClosed(1, 3)
                .mapToObj(seed -> arm.get((long) seed).rows())
                .flatMap(List::stream)
                .filter(row -> !row.caseName().equals("case-3"))
                .filter(row -> subset.isEmpty() || row.subset().equals(subset.get()))
                .filter(row -> region.isEmpty() || row.region().equals(region.get()))
                .mapToDouble(row -> row.measures().dice())
                .average()
                .orElseThrow();
    }

    private static ScoreTable table(Random random, int cases) {
        List<Score> rows = new ArrayList<>();
        for (int c = 0; c < cases; c++) {
            for (ModalitySubset subset : BOTH) {
                for (Region region : Brats.BRATS2020.regions()) {
                    rows.add(score(c, subset, region, random.nextDouble()));
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
}
