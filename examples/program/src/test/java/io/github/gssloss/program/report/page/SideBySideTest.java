/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.compare.Comparison;
import io.github.gssloss.imaging.compare.Difference;
import io.github.gssloss.imaging.compare.Interval;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.measure.Metric;
import io.github.gssloss.imaging.measure.Score;
import io.github.gssloss.imaging.measure.ScoreTable;
import io.github.gssloss.program.tables.ComparisonFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class SideBySideTest {

    private static final List<ModalitySubset> SUBSETS = Brats.BRATS2020.allAndSingles();

    @TempDir private Path folder;
    private final List<Score> plain = SampleScores.scores(4, SUBSETS, 11);
    private final List<Score> taught = SampleScores.scores(4, SUBSETS, 12);

    @Test
    void comparesWithTheRunThatTheFileNamesFirst() throws IOException {
        SampleScores.folder(folder.resolve("taught"), taught);
        SampleScores.folder(folder.resolve("plain"), plain);
        Files.writeString(
                folder.resolve("comparison.csv"),
                ComparisonFormat.ofRuns(comparison("taught", "plain")).csv());
        HtmlReport.write(folder, folder.resolve("report.html"));
        HtmlPage page = HtmlPage.open(folder.resolve("report.html"));

        // By name plain would be the first: the file says which it is.
        assertThat(page.texts("//h1")).containsExactly("Evaluation of 2 runs");
        assertThat(page.texts("//section/h2")).containsExactly("Side by side", "taught", "plain");
        Element table = page.all("//section[@id='comparison']//table").get(0);
        double first = mean(taught);
        double other = mean(plain);
        List<String> firstRow = HtmlPage.texts(table, "tbody/tr[1]/*");
        assertThat(firstRow.get(0)).isEqualTo("taught");
        assertThat(firstRow.get(8)).isEqualTo(Metric.DICE.text(first));
        List<String> row = HtmlPage.texts(table, "tbody/tr[2]/*");
        assertThat(row.subList(0, 2)).containsExactly("plain", "4");
        assertThat(row.get(8)).isEqualTo(Metric.DICE.text(other));
        Interval interval =
                comparison("taught", "plain")
                        .difference("plain", Metric.DICE, Optional.empty(), Optional.empty())
                        .flatMap(Difference::interval)
                        .orElseThrow();
        assertThat(other - first).isBetween(interval.low(), interval.high());
        assertThat(row.get(9))
                .isEqualTo(
                        MetricText.change(Metric.DICE, other - first)
                                + MetricText.change(Metric.DICE, interval.low())
                                + " to "
                                + MetricText.change(Metric.DICE, interval.high()));
    }

    @Test
    void everySubsetHasItsDifference() throws IOException {
        HtmlPage page = compared(plain, taught);
        List<Element> tables =
                page.all("//section[@id='comparison']//table[caption[contains(.,'Dice of')]]");
        assertThat(tables).hasSize(4);
        Element whole = tables.get(0);
        assertThat(HtmlPage.texts(whole, "thead/tr/th"))
                .containsExactly("flair", "t1ce", "t1", "t2", "run-a", "run-b");
        ScoreTable a = new ScoreTable(plain);
        ScoreTable b = new ScoreTable(taught);
        List<Element> rows = HtmlPage.all(whole, "tbody/tr");
        assertThat(rows).hasSameSizeAs(SUBSETS);
        for (int s = 0; s < SUBSETS.size(); s++) {
            double first = a.mean(Metric.DICE, SUBSETS.get(s), Brats.WHOLE);
            double other = b.mean(Metric.DICE, SUBSETS.get(s), Brats.WHOLE);
            List<String> cells = HtmlPage.texts(rows.get(s), "td[not(@aria-hidden)]");
            assertThat(cells.get(0)).isEqualTo(Metric.DICE.text(first));
            assertThat(cells.get(1)).isEqualTo(Metric.DICE.text(other));
            assertThat(cells.get(2)).startsWith(MetricText.change(Metric.DICE, other - first));
        }
        assertThat(page.texts("//section[@id='comparison']//ul[@class='names']/li"))
                .containsExactly("run-a", "run-b");
        assertThat(page.all("//section[@id='comparison']//img"))
                .extracting(img -> img.getAttribute("alt"))
                .hasSize(3)
                .allMatch(words -> words.contains("run-a with 1: ") && words.contains("run-b"));
    }

    @Test
    void aSingleCaseHasNoInterval() throws IOException {
        HtmlPage page =
                compared(
                        SampleScores.even("x", SUBSETS, 0.25),
                        SampleScores.even("x", SUBSETS, 0.75));
        Element table = page.all("//section[@id='comparison']//table").get(0);
        assertThat(HtmlPage.texts(table, "tbody/tr[2]/*"))
                .containsExactly(
                        "run-b", "1", "75.0", "+50.0", "75.0", "+50.0", "75.0", "+50.0", "75.0",
                        "+50.0");
    }

    @Test
    void refusesWhatCannotBeCompared() throws IOException {
        assertThatThrownBy(() -> compared(plain, SampleScores.even("other", SUBSETS, 1)))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        "runs run-a and run-b: expected a case that was evaluated with the same"
                                + " subset in both, found none");
        for (String run : List.of("run-a", "run-b")) {
            Path evaluated = SampleScores.folder(folder.resolve(run), plain);
            Files.writeString(evaluated.resolve("evaluation.yaml"), "run: elsewhere/run-a\n");
        }
        assertThatThrownBy(() -> HtmlReport.write(folder, folder.resolve("r.html")))
                .isInstanceOf(UserInputException.class)
                .hasMessage("runs: expected different names, got two named run-a");
    }

    @Test
    void refusesAComparisonWithoutRuns() throws IOException {
        SampleScores.folder(folder.resolve("a"), plain);
        SampleScores.folder(folder.resolve("b"), taught);
        Path file = Files.writeString(folder.resolve("comparison.csv"), "x,y\n1,2\n");
        assertThatThrownBy(() -> HtmlReport.write(folder, folder.resolve("report.html")))
                .isInstanceOf(UserInputException.class)
                .hasMessage(file + ": expected differences with a column run");
    }

    private Comparison comparison(String first, String second) {
        Map<String, ScoreTable> tables = new LinkedHashMap<>();
        tables.put(first, new ScoreTable(taught));
        tables.put(second, new ScoreTable(plain));
        return Comparison.ofRuns(tables);
    }

    private HtmlPage compared(List<Score> a, List<Score> b) throws IOException {
        Path file = folder.resolve("report.html");
        SampleScores.folder(folder.resolve("run-a"), a);
        SampleScores.folder(folder.resolve("run-b"), b);
        HtmlReport.write(folder, file);
        return HtmlPage.open(file);
    }

    private static double mean(List<Score> rows) {
        return rows.stream().mapToDouble(row -> row.measures().dice()).average().orElseThrow();
    }
}
