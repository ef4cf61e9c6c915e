/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.measure.Metric;
import io.github.gssloss.imaging.measure.Score;
import io.github.gssloss.imaging.measure.ScoreTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** The numbers of the report against plain loops over the scores. */
class HtmlReportTest {

    private static final List<ModalitySubset> SUBSETS = Brats.BRATS2020.subsets();

    @TempDir private Path folder;

    @Test
    void theHeatMapsHoldTheMeans() throws IOException {
        List<Score> scores = SampleScores.scores(7, SUBSETS, 1);
        HtmlPage page = report(scores);

        List<Element> maps = page.all("//table[tfoot]");

        List<Metric> metrics = new ScoreTable(scores).metrics();
        assertThat(maps).hasSameSizeAs(metrics).hasSize(7);
        for (Metric metric : metrics) {
            Element map = maps.get(metric.ordinal());
            List<Element> rows = HtmlPage.all(map, "tbody/tr");
            assertThat(rows).hasSize(15);
            double[] sums = new double[4];
            for (int s = 0; s < 15; s++) {
                double[] means = means(scores, metric, SUBSETS.get(s));
                assertThat(HtmlPage.texts(rows.get(s), "td[contains(@class,'heat')]"))
                        .as("%s with %s", metric, SUBSETS.get(s))
                        .isEqualTo(shown(metric, means));
                for (int i = 0; i < 4; i++) {
                    sums[i] += means[i] / 15;
                }
            }
            assertThat(HtmlPage.texts(map, "tfoot/tr/td")).isEqualTo(shown(metric, sums));
        }
    }

    @Test
    void aRowSaysWhichModalitiesAreGiven() throws IOException {
        Element map = report(SampleScores.scores(1, SUBSETS, 2)).all("//table[tfoot]").get(0);
        assertThat(HtmlPage.texts(map, "thead/tr/th"))
                .containsExactly(
                        "flair", "t1ce", "t1", "t2", "whole", "core", "enhancing", "average");
        List<Element> rows = HtmlPage.all(map, "tbody/tr");
        for (int s = 0; s < SUBSETS.size(); s++) {
            List<String> circles = HtmlPage.texts(rows.get(s), ".//*[@aria-hidden]");
            for (Modality modality : Brats.MODALITIES) {
                assertThat(circles.get(modality.index()))
                        .isEqualTo(SUBSETS.get(s).contains(modality) ? "\u25CF" : "\u25CB");
            }
        }
        assertThat(HtmlPage.texts(rows.get(0), "th/span[@class='said']")).containsExactly("t2");
        assertThat(HtmlPage.texts(rows.get(14), "th/span[@class='said']")).containsExactly("all");
        assertThat(HtmlPage.all(map, "tbody")).hasSize(4);
    }

    @Test
    void theHeadlinesAreMeansOverTheSubsets() throws IOException {
        List<Score> scores = SampleScores.scores(5, SUBSETS, 3);
        HtmlPage page = report(scores);
        List<String> numbers = page.texts("//div[@class='number']");
        List<String> withAll = page.texts("//section[@class='card headline']/dl/div[2]/dd");
        List<String> weakest = page.texts("//section[@class='card headline']/dl/div[3]/dd");
        double[] all = means(scores, Metric.DICE, Brats.BRATS2020.all());
        for (int i = 0; i < 4; i++) {
            double sum = 0;
            ModalitySubset lowest = Brats.BRATS2020.all();
            for (ModalitySubset subset : SUBSETS) {
                double mean = means(scores, Metric.DICE, subset)[i];
                sum += mean;
                lowest = mean < means(scores, Metric.DICE, lowest)[i] ? subset : lowest;
            }
            assertThat(numbers.get(i)).isEqualTo(Metric.DICE.text(sum / 15) + " %");
            assertThat(withAll.get(i)).isEqualTo(Metric.DICE.text(all[i]));
            assertThat(weakest.get(i))
                    .isEqualTo(
                            lowest.label().replace("+", " + ")
                                    + " "
                                    + Metric.DICE.text(means(scores, Metric.DICE, lowest)[i]));
        }
    }

    @Test
    void aMissingModalityCostsTheDifferenceToAllFour() throws IOException {
        List<Score> scores = SampleScores.scores(4, SUBSETS, 4);
        List<Element> rows = report(scores).all("//table[caption[contains(.,'Change')]]/tbody/tr");
        assertThat(rows).hasSize(8);
        double[] all = means(scores, Metric.DICE, Brats.BRATS2020.all());
        for (Modality modality : Brats.MODALITIES) {
            ModalitySubset rest = ModalitySubset.of(modality).rest().orElseThrow();
            double[] without = means(scores, Metric.DICE, rest);
            double[] alone = means(scores, Metric.DICE, ModalitySubset.of(modality));
            List<String> expectedWithout = new ArrayList<>();
            List<String> expectedAlone = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                expectedWithout.add(signed(100 * (without[i] - all[i])));
                expectedAlone.add(signed(100 * (alone[i] - all[i])));
            }
            Element first = rows.get(modality.index());
            Element second = rows.get(4 + modality.index());
            assertThat(HtmlPage.texts(first, "th")).containsExactly("without " + modality.label());
            assertThat(HtmlPage.texts(first, "td")).isEqualTo(expectedWithout);
            assertThat(HtmlPage.texts(second, "th")).containsExactly(modality.label() + " alone");
            assertThat(HtmlPage.texts(second, "td")).isEqualTo(expectedAlone);
        }
    }

    @Test
    void aCaseThatLacksModalitiesCountsWhereItWasEvaluated() throws IOException {
        List<Score> scores = new ArrayList<>(SampleScores.scores(2, SUBSETS, 5));
        scores.addAll(SampleScores.even("t2 only", List.of(ModalitySubset.of(Brats.T2)), 0.25));
        HtmlPage page = report(scores);
        Element row = page.all("//table[tfoot]/tbody/tr").get(0);
        double[] means = means(scores, Metric.DICE, ModalitySubset.of(Brats.T2));
        assertThat(HtmlPage.texts(row, "td[contains(@class,'heat')]"))
                .isEqualTo(shown(Metric.DICE, means));
        List<String> cells = page.texts("//tr[th='t2 only']/*").stream().skip(1).toList();
        assertThat(cells).containsExactly("t2 only", "25.0", "25.0", "25.0", "25.0", "\u2013", "");
    }

    @Test
    void oneCaseAndOneSubsetAreEnough() throws IOException {
        HtmlPage page =
                report(SampleScores.even("alone", List.of(ModalitySubset.of(Brats.T1CE)), 1));
        assertThat(page.all("//table[tfoot]/tbody/tr")).hasSize(7);
        assertThat(page.texts("//div[@class='number']")).containsOnly("100.0 %");
        assertThat(page.text())
                .contains(
                        "1 case \u00B7 1 subset of the modalities",
                        "The case Slices with",
                        "alone: 100.0 %")
                .contains("All modalities together were not evaluated")
                .doesNotContain("weakest", "Best", "Worst", "NaN", "Infinity");
    }

    @Test
    void theWorstAndTheBestCaseAreOpen() throws IOException {
        HtmlPage page = report(SampleScores.scores(8, Brats.BRATS2020.subsets(), 3));

        assertThat(page.texts("//h3[contains(@id,'-cases')]"))
                .containsExactly("Worst and best cases");
        List<String> shown = page.texts("//details[summary/span]/summary/b");
        assertThat(shown).hasSize(6);
        assertThat(page.texts("//details[summary/span][@open]/summary/b"))
                .containsExactly(shown.get(0), shown.get(3));
    }

    private HtmlPage report(List<Score> scores) throws IOException {
        Path evaluated = SampleScores.folder(folder.resolve("evaluated"), scores);
        HtmlReport.write(evaluated, evaluated.resolve(HtmlReport.FILE));
        return HtmlPage.open(evaluated.resolve("report.html"));
    }

    /** Whole, core, enhancing over the cases, and the average of the three. */
    private static double[] means(List<Score> scores, Metric metric, ModalitySubset subset) {
        double[] means = new double[4];
        for (int r = 0; r < 3; r++) {
            double sum = 0;
            int count = 0;
            for (Score score : scores) {
                if (score.subset().equals(subset)
                        && score.region().equals(Brats.BRATS2020.regions().get(r))) {
                    sum += metric.of(score.measures());
                    count++;
                }
            }
            means[r] = sum / count;
            means[3] += means[r] / 3;
        }
        return means;
    }

    private static List<String> shown(Metric metric, double[] means) {
        List<String> texts = new ArrayList<>();
        for (double mean : means) {
            String format = metric == Metric.SPECIFICITY ? "%.2f" : "%.1f";
            double factor = metric == Metric.HD95 ? 1 : 100;
            texts.add(String.format(Locale.ROOT, format, factor * mean));
        }
        return texts;
    }

    private static String signed(double points) {
        String text = String.format(Locale.ROOT, "%+.1f", points).replace('-', '\u2212');
        return text.substring(1).equals("0.0") ? "0.0" : text;
    }
}
