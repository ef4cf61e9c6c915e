/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.compare;

import static java.lang.Double.NaN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.measure.MeasureSettings;
import io.github.gssloss.imaging.measure.Measures;
import io.github.gssloss.imaging.measure.Metric;
import io.github.gssloss.imaging.measure.Score;
import io.github.gssloss.imaging.measure.ScoreTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MeasuredDifferentlyTest {

    private static final ModalitySubset ALL = Brats.BRATS2020.all();

    /** A case for each distance. */
    private static ScoreTable table(String settings, double... hd95) {
        List<Score> rows = new ArrayList<>();
        for (double one : hd95) {
            Measures measures =
                    new Measures(
                            0.5,
                            0.5,
                            0.5,
                            0.5,
                            0.5,
                            0.5,
                            one,
                            NaN,
                            NaN,
                            one / 100,
                            NaN,
                            MeasureSettings.parse(settings, "t"));
            rows.add(new Score("case-" + rows.size(), ALL, Brats.WHOLE, measures));
        }
        return new ScoreTable(rows);
    }

    private static Comparison compared(ScoreTable first, ScoreTable second) {
        Map<String, ScoreTable> runs = new LinkedHashMap<>();
        runs.put("first", first);
        runs.put("second", second);
        return Comparison.ofRuns(runs);
    }

    @Test
    void aMetricOfTwoDefinitionsIsNotCompared() {
        Comparison comparison =
                compared(table("nsd=1;empty-hd95=0", 1, 2), table("nsd=2;empty-hd95=0", 3, 4));

        assertThat(comparison.metrics())
                .contains(Metric.DICE, Metric.HD95)
                .doesNotContain(Metric.SURFACE_DICE, Metric.LESION_DICE);
        assertThat(comparison.differentMetrics())
                .containsExactly("Surface Dice, % (at 1 mm) and Surface Dice, % (at 2 mm)");
    }

    @Test
    void aMetricThatOneRunLacksIsNotNamed() {
        Comparison comparison =
                compared(table("nsd=1;empty-hd95=373.13", 1), table("empty-hd95=373.13", 3));
        assertThat(comparison.metrics()).contains(Metric.HD95).doesNotContain(Metric.SURFACE_DICE);
        assertThat(comparison.differentMetrics()).isEmpty();
    }

    @Test
    void casesThatOneRunLeavesOutAreNotPaired() {
        Comparison comparison =
                compared(
                        table("empty-hd95=left-out", 1, NaN, 4, 6),
                        table("empty-hd95=left-out", NaN, 2, 5, 9));

        Difference found =
                comparison
                        .difference("second", Metric.HD95, Optional.empty(), Optional.empty())
                        .orElseThrow();

        assertThat(found.cases()).isEqualTo(2);
        assertThat(found.first()).isCloseTo(5, within(1e-12));
        assertThat(found.mean()).isCloseTo(7, within(1e-12));
        assertThat(comparison.mean("first", Metric.HD95, Optional.empty(), Optional.empty()))
                .isCloseTo(11 / 3.0, within(1e-12));
        assertThat(
                        comparison
                                .difference(
                                        "second", Metric.DICE, Optional.empty(), Optional.empty())
                                .orElseThrow()
                                .cases())
                .isEqualTo(4);
    }

    @Test
    void aSeedOfWhichEveryNumberIsLeftOutDoesNotCount() {
        String left = "empty-hd95=left-out";
        Comparison comparison =
                new Comparison(Map.of("arm", Map.of(1L, table(left, NaN), 2L, table(left, 4, 6))));

        assertThat(comparison.mean("arm", Metric.HD95, Optional.empty(), Optional.empty()))
                .isEqualTo(5);
        assertThat(comparison.mean("arm", 1, Metric.HD95)).isNaN();
    }
}
