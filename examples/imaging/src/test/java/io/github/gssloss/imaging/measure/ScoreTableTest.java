/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.dataset.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScoreTableTest {

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
    void meansGoOverCasesThenRegionsOrSubsets() {
        assertThat(TABLE.cases()).isEqualTo(2);
        assertThat(TABLE.mean(Metric.DICE, Brats.BRATS2020.all(), Brats.WHOLE))
                .isCloseTo(0.95, within(1e-12));
        assertThat(TABLE.mean(Metric.DICE, Optional.of(T1CE), Optional.empty()))
                .isCloseTo((0.55 + 0.1875) / 3, within(1e-12));
        assertThat(TABLE.mean(Metric.DICE, Optional.empty(), Optional.of(Brats.ENHANCING)))
                .isCloseTo(0.425, within(1e-12));
        assertThat(TABLE.mean(Metric.DICE))
                .isCloseTo((0.9 + (0.55 + 0.1875) / 3) / 2, within(1e-12));
        assertThat(TABLE.mean(Metric.HD95, Brats.BRATS2020.all(), Brats.WHOLE))
                .isCloseTo(9.5, within(1e-12));
    }

    @Test
    void aSubsetEvaluatedOnFewerCasesCountsAsMuchAsTheOthers() {
        List<Score> rows = new ArrayList<>(TABLE.rows());
        rows.removeIf(row -> row.subset().equals(T1CE) && row.caseName().equals("a"));
        ScoreTable table = new ScoreTable(rows);
        assertThat(table.mean(Metric.DICE, Optional.empty(), Optional.of(Brats.WHOLE)))
                .isCloseTo((0.95 + 0.6) / 2, within(1e-12));
    }

    @Test
    void theOrderOfTheSubsetsIsTheGivenOneOrThatOfTheRows() {
        assertThat(TABLE.subsets()).containsExactly(Brats.BRATS2020.all(), T1CE);
        assertThat(new ScoreTable(TABLE.rows(), Brats.BRATS2020.subsets()).subsets())
                .containsExactly(T1CE, Brats.BRATS2020.all());
    }

    private static Score distance(String name, Region region, double hd95, String settings) {
        Measures measures =
                new Measures(
                        0.5,
                        0.5,
                        0.5,
                        0.5,
                        0.5,
                        0.5,
                        hd95,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        MeasureSettings.parse(settings, "t"));
        return new Score(name, T1CE, region, measures);
    }

    @Test
    void numbersThatAreLeftOutDoNotCount() {
        String left = "empty-hd95=left-out";
        ScoreTable table =
                new ScoreTable(
                        List.of(
                                distance("a", Brats.WHOLE, 4, left),
                                distance("b", Brats.WHOLE, 8, left),
                                distance("a", Brats.CORE, 2, left),
                                distance("b", Brats.CORE, Double.NaN, left),
                                distance("a", Brats.ENHANCING, Double.NaN, left),
                                distance("b", Brats.ENHANCING, Double.NaN, left)));

        assertThat(table.mean(Metric.HD95, T1CE, Brats.WHOLE)).isEqualTo(6);
        assertThat(table.mean(Metric.HD95, T1CE, Brats.CORE)).isEqualTo(2);
        assertThat(table.mean(Metric.HD95, T1CE, Brats.ENHANCING)).isNaN();
        assertThat(table.mean(Metric.HD95)).isEqualTo(4);
        assertThat(table.metrics()).contains(Metric.HD95).doesNotContain(Metric.LESION_DICE);
        assertThat(table.title(Metric.HD95))
                .isEqualTo(
                        "Hausdorff distance 95, mm (without cases in which a mask is empty: 3 of 6"
                                + " numbers left out)");
        assertThat(table.title(Metric.DICE)).isEqualTo("Dice, %");
        assertThat(Metric.HD95.text(Double.NaN)).isEqualTo("\u2013");

        ScoreTable none = new ScoreTable(List.of(distance("a", Brats.CORE, Double.NaN, left)));
        assertThat(none.metrics()).contains(Metric.HD95);
        assertThat(none.mean(Metric.HD95)).isNaN();
    }

    @Test
    void refusesRowsThatWereMeasuredDifferently() {
        List<Score> rows =
                List.of(
                        distance("a", Brats.WHOLE, 4, "empty-hd95=0"),
                        distance("b", Brats.WHOLE, 8, "empty-hd95=374"));
        assertThatThrownBy(() -> new ScoreTable(rows))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rows: expected all measured by empty-hd95=0, got empty-hd95=374");
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> new ScoreTable(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rows: expected at least one score, got none");
        List<Score> fewer =
                TABLE.rows().stream()
                        .filter(
                                row ->
                                        row.subset().hasAll()
                                                || !row.region().equals(Brats.ENHANCING))
                        .toList();
        assertThatThrownBy(() -> new ScoreTable(fewer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rows: expected a score of enhancing for t1ce, got none");
        Optional<ModalitySubset> other = Optional.of(ModalitySubset.of(Brats.T1));
        assertThatThrownBy(() -> TABLE.mean(Metric.DICE, other, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("subset: expected one of [flair+t1ce+t1+t2, t1ce], got t1");
    }
}
