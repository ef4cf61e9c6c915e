/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.tables;

import static java.lang.Double.NaN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.imaging.compare.Comparison;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.measure.MeasureSettings;
import io.github.gssloss.imaging.measure.Measures;
import io.github.gssloss.imaging.measure.Score;
import io.github.gssloss.imaging.measure.ScoreTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Comparisons of what was measured by other than the usual settings. */
class ComparisonDefinitionsTest {

    private static final String NOT_COMPARED =
            " Not compared, as measured differently: Surface Dice, % (at 1 mm) and Surface Dice, %"
                    + " (at 2 mm).\n";

    private static ScoreTable table(String settings) {
        MeasureSettings how = MeasureSettings.parse(settings, "t");
        Measures measures = new Measures(0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 4, NaN, NaN, 0.25, NaN, how);
        Score score = new Score("case", Brats.BRATS2020.all(), Brats.WHOLE, measures);
        return new ScoreTable(List.of(score));
    }

    private static Map<String, ScoreTable> runs(String first, String second) {
        Map<String, ScoreTable> runs = new LinkedHashMap<>();
        runs.put("a", table(first));
        runs.put("b", table(second));
        return runs;
    }

    @Test
    void aColumnAndHeadingsSayHowItWasMeasured() {
        Map<String, ScoreTable> runs = runs("nsd=1;empty-hd95=0", "nsd=1;empty-hd95=0");
        ComparisonFormat format = ComparisonFormat.ofRuns(Comparison.ofRuns(runs));

        List<String> rows = format.csv().lines().toList();
        assertThat(rows.get(0)).endsWith(",resamples,definition");
        assertThat(rows)
                .filteredOn(row -> row.startsWith("b,dice,"))
                .isNotEmpty()
                .allMatch(row -> row.endsWith(",0,"));
        assertThat(rows)
                .filteredOn(row -> row.startsWith("b,surface_dice,"))
                .isNotEmpty()
                .allMatch(row -> row.endsWith(",at 1 mm"));
        assertThat(rows)
                .filteredOn(row -> row.startsWith("b,hd95,"))
                .isNotEmpty()
                .allMatch(row -> row.endsWith(",0 where one of two masks is empty"));
        assertThat(format.markdown())
                .contains(
                        "\nSurface Dice, % (at 1 mm)\n",
                        "\nHausdorff distance 95, mm (0 where one of two masks is empty)\n");
    }

    @Test
    void whatIsNotComparedIsNamed() {
        Map<String, ScoreTable> runs = runs("nsd=1;empty-hd95=0", "nsd=2;empty-hd95=0");
        Map<String, Map<Long, ScoreTable>> arms = new LinkedHashMap<>();
        runs.forEach((name, table) -> arms.put(name, Map.of(1L, table)));

        assertThat(ComparisonFormat.ofRuns(Comparison.ofRuns(runs)).markdown())
                .startsWith(
                        "Means over the cases and subsets; one case: no interval of the"
                                + " differences exists."
                                + NOT_COMPARED);
        assertThat(ComparisonFormat.ofArms(new Comparison(arms)).markdown())
                .contains("." + NOT_COMPARED);
    }
}
