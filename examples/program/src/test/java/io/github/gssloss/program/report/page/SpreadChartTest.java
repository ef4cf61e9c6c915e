/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.gssloss.core.TumorRegion;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.measure.Score;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpreadChartTest {

    private static final List<ModalitySubset> SUBSETS = ModalitySubset.PAPER_ORDER;

    @TempDir private Path folder;

    @Test
    void boxesAndMeansAreThoseOfTheCases() throws IOException {
        List<Score> rows = Judged.scores(21, SUBSETS, 5);
        List<SpreadChart> charts = SpreadChart.all(Judged.read(folder, rows));

        assertThat(charts)
                .extracting(SpreadChart::title)
                .containsExactly("Whole tumour", "Tumour core", "Enhancing tumour");
        for (TumorRegion region : TumorRegion.values()) {
            SpreadChart chart = charts.get(region.ordinal());
            assertThat(chart.columns())
                    .extracting(SpreadChart.Column::name)
                    .containsExactly("1", "2", "3", "4");
            for (int number = 1; number <= 4; number++) {
                double[] cases = cases(rows, region, number, 21);
                SpreadChart.Column column = chart.columns().get(number - 1);
                double mean = Arrays.stream(cases).sum() / 21;
                assertThat(column.mean()).isEqualTo(String.format(Locale.ROOT, "%.1f", mean));
                assertThat(score(column.meanAt())).isCloseTo(mean, within(0.03));
                Arrays.sort(cases);
                // Of 21 cases the 5th percentile is the second, the quartiles the 6th and 16th.
                SpreadChart.Box box = column.boxes().get(0);
                assertThat(score(box.low())).isCloseTo(cases[1], within(0.03));
                assertThat(score(box.lower())).isCloseTo(cases[5], within(0.03));
                assertThat(score(box.median())).isCloseTo(cases[10], within(0.03));
                assertThat(score(box.upper())).isCloseTo(cases[15], within(0.03));
                assertThat(score(box.high())).isCloseTo(cases[19], within(0.03));
                assertThat(Double.parseDouble(box.height()) / 2)
                        .isCloseTo(cases[15] - cases[5], within(0.03));
                assertThat(column.dots()).hasSize(21);
            }
        }
    }

    @Test
    void dotsCarryTheirCases() throws IOException {
        List<Score> rows = Judged.even("only", SUBSETS, 0.25);
        SpreadChart chart = SpreadChart.all(Judged.read(folder, rows)).get(1);
        SpreadChart.Column column = chart.columns().get(2);
        assertThat(column.boxes()).isEmpty();
        assertThat(column.dots()).hasSize(1);
        assertThat(column.dots().get(0).title()).isEqualTo("only: 25.0");
        assertThat(score(column.dots().get(0).cy())).isCloseTo(25, within(0.03));
        assertThat(column.dots().get(0).cx()).isEqualTo(column.middle());
        assertThat(chart.words()).isEqualTo("1: 25.0 %, 2: 25.0 %, 3: 25.0 %, 4: 25.0 %");
    }

    @Test
    void ofManyCasesOnlyTheOuterOnesAreDots() throws IOException {
        Scores scores = Judged.read(folder, Judged.scores(200, SUBSETS, 6));
        for (SpreadChart chart : SpreadChart.all(scores)) {
            assertThat(chart.columns()).allMatch(column -> column.dots().size() == 20);
        }
        assertThat(SpreadChart.explanation(200)).contains("Each dot is a case beyond the whiskers");
        assertThat(SpreadChart.explanation(60)).contains("Each dot is a case;");
        assertThat(SpreadChart.explanation(4))
                .contains("Each dot is a case.")
                .doesNotContain("box");
    }

    /** Each case's mean over the subsets of so many modalities, in per cent. */
    private static double[] cases(List<Score> rows, TumorRegion region, int number, int cases) {
        double[] sums = new double[cases];
        int[] counts = new int[cases];
        for (Score row : rows) {
            if (row.region() == region && row.subset().modalities().size() == number) {
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

    /** 100 stands at 10, 0 at 210. */
    private static double score(String place) {
        return (210 - Double.parseDouble(place)) / 2;
    }
}
