/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.dataset.Region;
import io.github.gssloss.imaging.measure.Measures;
import io.github.gssloss.imaging.measure.Metric;
import io.github.gssloss.imaging.measure.Score;
import io.github.gssloss.imaging.measure.ScoreTable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreTableFormatTest {

    private static final ModalitySubset T1CE = ModalitySubset.of(Brats.T1CE);

    private static final ScoreTable TABLE =
            new ScoreTable(
                    List.of(
                            score("a", Brats.BRATS2020.all(), Brats.WHOLE, 0.9),
                            score("a", Brats.BRATS2020.all(), Brats.CORE, 0.8),
                            score("a", Brats.BRATS2020.all(), Brats.ENHANCING, 0.7),
                            score("a", T1CE, Brats.WHOLE, 0.5),
                            score("a", T1CE, Brats.CORE, 0.25),
                            score("a", T1CE, Brats.ENHANCING, 0.0),
                            score("b, c", Brats.BRATS2020.all(), Brats.WHOLE, 1.0),
                            score("b, c", Brats.BRATS2020.all(), Brats.CORE, 1.0),
                            score("b, c", Brats.BRATS2020.all(), Brats.ENHANCING, 1.0),
                            score("b, c", T1CE, Brats.WHOLE, 0.6),
                            score("b, c", T1CE, Brats.CORE, 0.125),
                            score("b, c", T1CE, Brats.ENHANCING, 0.0)));

    /** A score whose other measures follow from its Dice. */
    private static Score score(String name, ModalitySubset subset, Region region, double dice) {
        return new Score(
                name,
                subset,
                region,
                new Measures(dice, dice / 2, dice / 4, dice, 1, dice, 10 * dice));
    }

    @Test
    void text() {
        assertThat(new ScoreTableFormat(TABLE).text(Metric.DICE, StandardCharsets.UTF_8))
                .isEqualTo(
                        """
                        flair  t1ce  t1  t2        whole       core  enhancing    average
                        -----------------------------------------------------------------
                          ●     ●    ●   ●          95.0       90.0       85.0       90.0
                          ○     ●    ○   ○          55.0       18.8        0.0       24.6
                        -----------------------------------------------------------------
                        mean                        75.0       54.4       42.5       57.3
                        """);
        assertThat(new ScoreTableFormat(TABLE).text(Metric.DICE, StandardCharsets.US_ASCII))
                .contains("  -     x    -   -          55.0")
                .isEqualTo(
                        new ScoreTableFormat(TABLE)
                                .text(Metric.DICE, StandardCharsets.UTF_8)
                                .replace("●", "x")
                                .replace("○", "-"));
    }

    @Test
    void markdownHasATableForEachMetric() {
        assertThat(new ScoreTableFormat(TABLE).markdown())
                .startsWith(
                        """
                        Dice, %

                        | flair | t1ce | t1 | t2 | whole | core | enhancing | average |
                        | :-: | :-: | :-: | :-: | --: | --: | --: | --: |
                        | ● | ● | ● | ● | 95.0 | 90.0 | 85.0 | 90.0 |
                        | ○ | ● | ○ | ○ | 55.0 | 18.8 | 0.0 | 24.6 |
                        | mean |  |  |  | 75.0 | 54.4 | 42.5 | 57.3 |

                        Dice, %, enhancing tumour of fewer than 500 voxels taken as none
                        """)
                .contains("| mean |  |  |  | 100.00 | 100.00 | 100.00 | 100.00 |\n")
                .endsWith(
                        """
                        Hausdorff distance 95, mm

                        | flair | t1ce | t1 | t2 | whole | core | enhancing | average |
                        | :-: | :-: | :-: | :-: | --: | --: | --: | --: |
                        | ● | ● | ● | ● | 9.5 | 9.0 | 8.5 | 9.0 |
                        | ○ | ● | ○ | ○ | 5.5 | 1.9 | 0.0 | 2.5 |
                        | mean |  |  |  | 7.5 | 5.4 | 4.3 | 5.7 |
                        """);
    }

    @Test
    void csvHasAllMetricsInFullPrecision() {
        assertThat(new ScoreTableFormat(TABLE).csv())
                .startsWith(
                        """
                        metric,flair,t1ce,t1,t2,whole,core,enhancing,average
                        dice,●,●,●,●,0.95,0.9,0.85,0.9
                        dice,○,●,○,○,0.55,0.1875,0.0,0.24583333333333335
                        dice,mean,,,,0.75,0.54375,0.425,0.5729166666666667
                        dice_post,●,●,●,●,0.475,0.45,0.425,0.45
                        """)
                .contains("dice_post_mm3,●,●,●,●,0.2375,0.225,0.2125,0.225\n")
                .hasLineCount(1 + 7 * 3);
    }

    /** Case b lacks flair. */
    @Test
    void whereCasesLackModalitiesTheCasesOfARowAreCounted() {
        List<Score> rows =
                TABLE.rows().stream()
                        .filter(row -> row.caseName().equals("a") || row.subset().equals(T1CE))
                        .toList();
        ScoreTableFormat format = new ScoreTableFormat(new ScoreTable(rows));
        assertThat(format.text(Metric.DICE, StandardCharsets.UTF_8))
                .isEqualTo(
                        """
                        flair  t1ce  t1  t2        whole       core  enhancing    average      cases
                        ----------------------------------------------------------------------------
                          ●     ●    ●   ●          90.0       80.0       70.0       80.0          1
                          ○     ●    ○   ○          55.0       18.8        0.0       24.6          2
                        ----------------------------------------------------------------------------
                        mean                        72.5       49.4       35.0       52.3
                        """);
        assertThat(format.markdown())
                .contains("| ● | ● | ● | ● | 90.0 | 80.0 | 70.0 | 80.0 | 1 |\n")
                .contains("| mean |  |  |  | 72.5 | 49.4 | 35.0 | 52.3 |  |\n");
        assertThat(format.csv())
                .startsWith("metric,flair,t1ce,t1,t2,whole,core,enhancing,average,cases\n")
                .contains("dice,●,●,●,●,0.9,0.8,0.7,0.7999999999999999,1\n");
    }
}
