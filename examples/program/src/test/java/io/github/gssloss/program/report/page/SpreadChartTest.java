/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.dataset.Region;
import io.github.gssloss.imaging.measure.Score;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpreadChartTest {

    private static final List<ModalitySubset> SUBSETS = Brats.BRATS2020.subsets();

    @TempDir private Path folder;

    @Test
    void boxesAndMeansAreThoseOfTheCases() throws IOException {
        List<Score> rows = SampleScores.scores(21, SUBSETS, 5);
        Scores scores = SampleScores.read(folder, rows);

        assertThat(SpreadChart.all(scores))
                .extracting(Figure::title)
                .containsExactly("Whole tumour", "Tumour core", "Enhancing tumour");
        for (Region region : Brats.BRATS2020.regions()) {
            List<SpreadChart.Column> columns = SpreadChart.columns(scores, region);
            assertThat(columns).extracting(SpreadChart.Column::number).containsExactly(1, 2, 3, 4);
            double[] line = RunLines.means(scores, region, List.of(1, 2, 3, 4, 5));
            assertThat(line[4]).isNaN();
            for (int number = 1; number <= 4; number++) {
                double[] cases = cases(rows, region, number, 21);
                SpreadChart.Column column = columns.get(number - 1);
                double mean = Arrays.stream(cases).sum() / 21;
                assertThat(column.mean()).isCloseTo(mean, within(1e-9));
                assertThat(line[number - 1]).isCloseTo(mean, within(1e-9));
                assertThat(column.meanText()).isEqualTo(String.format(Locale.ROOT, "%.1f", mean));
                assertThat(column.dots()).hasSize(21);
                Arrays.sort(cases);
                // Of 21 cases the 5th percentile is the second, the quartiles the 6th and 16th.
                assertThat(column.box())
                        .usingElementComparator((x, y) -> Math.abs(x - y) < 1e-9 ? 0 : 1)
                        .containsExactly(cases[1], cases[5], cases[10], cases[15], cases[19]);
            }
        }
    }

    @Test
    void fewCasesStandByThemselves() throws IOException {
        List<Score> rows = SampleScores.even("only", SUBSETS, 0.25);
        Scores scores = SampleScores.read(folder, rows);
        SpreadChart.Column column = SpreadChart.columns(scores, Brats.CORE).get(2);
        assertThat(column.box()).isEmpty();
        assertThat(column.dots()).containsExactly(25.0);
        assertThat(SpreadChart.all(scores).get(1).words())
                .isEqualTo(
                        "Dice of Tumour core by number of modalities: 1: 25.0 %, 2: 25.0 %,"
                                + " 3: 25.0 %, 4: 25.0 %");
    }

    @Test
    void ofManyCasesOnlyTheOuterOnesAreDots() throws IOException {
        Scores scores = SampleScores.read(folder, SampleScores.scores(200, SUBSETS, 6));
        for (Region region : Brats.BRATS2020.regions()) {
            assertThat(SpreadChart.columns(scores, region))
                    .allMatch(column -> column.dots().size() == 20);
        }
        assertThat(SpreadChart.explanation(200)).contains("Each dot is a case beyond the whiskers");
        assertThat(SpreadChart.explanation(60)).contains("Each dot is a case;");
        assertThat(SpreadChart.explanation(4))
                .contains("Each dot is a case.")
                .doesNotContain("box");
    }

    /** Each case's mean over the subsets of so many modalities, in per cent. */
    private static double[] cases(List<Score> rows, Region region, int number, int cases) {
        double[] sums = new double[cases];
        int[] counts = new int[cases];
        for (Score row : rows) {
            if (row.region().equals(region) && row.subset().modalities().size() == number) {
                int i = Integer.parseInt(row.caseName().substring("case-".length())) - 1;
                sums[i] += 100 * row.measures().dice();
                counts[i]++;
            }
        }
        for (int i = 0; i < cases; i++) {
            sums[i] /= counts[i];
        }
        return sums;
    }
}
