/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.compare.Comparison;
import io.github.gssloss.imaging.compare.Difference;
import io.github.gssloss.imaging.compare.Interval;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.dataset.Region;
import io.github.gssloss.imaging.measure.Metric;
import io.github.gssloss.imaging.measure.ScoreTable;
import io.github.gssloss.program.report.ChartColours;
import io.github.gssloss.program.tables.ComparisonFormat;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class ExperimentReportTest {

    private static final List<ModalitySubset> SUBSETS = Brats.BRATS2020.allAndSingles();

    @TempDir private Path folder;

    @Test
    void showsTheArmsBesideEachOther() throws IOException {
        Comparison arms = arms(List.of("base", "gss", "<b>other</b>"), 2);
        HtmlPage page = write(facts("a < b", ""), Optional.of(arms));

        assertThat(page.texts("//h1")).containsExactly("Experiment a < b");
        assertThat(page.texts("//main/section/h2"))
                .containsExactly("Differences", "Side by side", "Arms", "Runs");
        assertThat(page.all("//main//b[text()='other']")).isEmpty();
        assertThat(page.text())
                .contains(
                        "3 of 4 runs are finished. Wall time of all runs together: 1 h 10 min.",
                        ComparisonFormat.ofArms(arms).explanation(),
                        "loss.beta: 0.5; lr: 0.1");

        assertThat(page.texts("//section[@id='differences']//thead/tr/th"))
                .containsExactly("arm", "seed 1", "seed 2");

        // The first metric's table: a mean and a difference of every region.
        Element table = page.all("//section[@id='comparison']//table").get(0);
        assertThat(HtmlPage.texts(table, "thead/tr/th").subList(0, 2))
                .containsExactly("arm", "seeds \u00D7 cases");
        List<String> row = HtmlPage.texts(table, "tbody/tr[2]/*");
        Difference average = difference(arms, "gss", Optional.empty());
        assertThat(row.subList(0, 2)).containsExactly("gss", "6");
        assertThat(row.get(8)).isEqualTo(Metric.DICE.text(average.mean()));
        assertThat(row.get(9))
                .isEqualTo(
                        MetricText.change(Metric.DICE, average.difference())
                                + MetricText.change(Metric.DICE, average.interval().get().low())
                                + " to "
                                + MetricText.change(Metric.DICE, average.interval().get().high()));
        assertThat(page.texts("//section[@id='runs']//tbody/tr[1]/*"))
                .containsExactly("base, seed 1", "finished", "1 h 00 min", "10 min 01 s", "");
    }

    @Test
    void theChartHasADotWithinItsInterval() throws IOException {
        Comparison arms = arms(List.of("base", "gss", "other"), 3);
        HtmlPage page = write(facts("t", ""), Optional.of(arms));

        List<Element> charts = page.all("//section[@id='differences']//img");
        assertThat(charts).hasSize(4);
        for (int i = 0; i < charts.size(); i++) {
            BufferedImage picture = picture(charts.get(i));
            for (int arm = 1; arm <= 2; arm++) {
                Difference one =
                        difference(
                                arms,
                                arms.names().get(arm),
                                Comparison.withAverage(Brats.BRATS2020.regions()).get(i));
                int[] line = extent(picture, ChartColours.LIGHT.line(arm), 2);
                int[] dot = extent(picture, ChartColours.LIGHT.line(arm), 7);
                double share = ((dot[0] + dot[1]) / 2.0 - line[0]) / (line[1] - line[0]);
                Interval interval = one.interval().orElseThrow();
                double expected =
                        (one.difference() - interval.low()) / (interval.high() - interval.low());
                assertThat(share).isCloseTo(expected, within(0.02));
                assertThat(charts.get(i).getAttribute("alt"))
                        .contains(
                                arms.names().get(arm)
                                        + " "
                                        + MetricText.change(Metric.DICE, one.difference()));
            }
        }
    }

    /** The first and the last column with at least so many pixels of a colour. */
    private static int[] extent(BufferedImage picture, Color colour, int pixels) {
        int[] found =
                IntStream.range(0, picture.getWidth())
                        .filter(x -> count(picture, x, colour) >= pixels)
                        .toArray();
        return new int[] {found[0], found[found.length - 1]};
    }

    private static long count(BufferedImage picture, int x, Color colour) {
        return IntStream.range(0, picture.getHeight())
                .filter(y -> picture.getRGB(x, y) == colour.getRGB())
                .count();
    }

    private static BufferedImage picture(Element img) throws IOException {
        String uri = img.getAttribute("src");
        byte[] png = Base64.getDecoder().decode(uri.substring(uri.indexOf(',') + 1));
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    @Test
    void failuresAndMissingScoresAreShown() throws IOException {
        HtmlPage none = write(facts("t", "step 3: not finite"), Optional.empty());
        assertThat(none.texts("//main/section/h2")).containsExactly("Arms", "Runs");
        assertThat(none.texts("//ul[@class='note']/li"))
                .containsExactly("gss, seed 2: step 3: not finite");
        assertThat(none.text()).contains("3 of 4 runs are finished, 1 failed.");

        HtmlPage alone = write(facts("t", ""), Optional.of(arms(List.of("base"), 1)));
        assertThat(alone.texts("//main/section/h2")).containsExactly("Differences", "Arms", "Runs");
        assertThat(alone.all("//img")).isEmpty();
        List<String> cells = alone.texts("//section[@id='differences']//tbody/tr[2]/*");
        assertThat(cells).containsExactly("gss", "50.0", MetricText.NOTHING);

        assertThatThrownBy(() -> ExperimentReport.write(facts("t", ""), Optional.empty(), folder))
                .isInstanceOf(UserInputException.class)
                .hasMessage(folder + ": expected a file that can be written");
    }

    @Test
    void aSeedWithoutScoresHasItsColumn() throws IOException {
        HtmlPage page = write(facts("t", "x"), Optional.of(arms(List.of("base", "gss"), 1)));
        assertThat(page.texts("//section[@id='differences']//thead/tr/th"))
                .containsExactly("arm", "seed 1", "seed 2");
    }

    @Test
    void standsAloneAndHasWordsForAll() throws IOException {
        HtmlPage page = write(facts("t", "x"), Optional.of(arms(List.of("base", "gss"), 2)));
        assertThat(page.all("//script | //iframe | //object | //embed | //form | //svg")).isEmpty();
        assertThat(page.all("//img")).allMatch(img -> img.getAttribute("alt").length() > 10);
        assertThat(page.all("//table[not(caption)]")).isEmpty();
        assertThat(page.all("//thead//th[not(@scope)]")).isEmpty();
        List<String> ids =
                page.all("//*[@id]").stream().map(one -> one.getAttribute("id")).toList();
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(page.all("//nav//a"))
                .hasSize(4)
                .allMatch(link -> ids.contains(link.getAttribute("href").substring(1)));
    }

    private HtmlPage write(ExperimentFacts facts, Optional<Comparison> arms) throws IOException {
        Path file = folder.resolve("report.html");
        ExperimentReport.write(facts, arms, file);
        return HtmlPage.open(file);
    }

    private static Difference difference(Comparison arms, String arm, Optional<Region> region) {
        return arms.difference(arm, Metric.DICE, Optional.empty(), region).orElseThrow();
    }

    /** Arms with so many seeds and three cases, every number drawn. */
    private static Comparison arms(List<String> names, int seeds) {
        Map<String, Map<Long, ScoreTable>> arms = new LinkedHashMap<>();
        for (String name : names) {
            Map<Long, ScoreTable> tables = new LinkedHashMap<>();
            for (long seed = 1; seed <= seeds; seed++) {
                long drawn = 31L * names.indexOf(name) + seed;
                tables.put(seed, new ScoreTable(SampleScores.scores(3, SUBSETS, drawn)));
            }
            arms.put(name, tables);
        }
        return new Comparison(arms);
    }

    /** Four runs, of which the last has no scores. */
    private static ExperimentFacts facts(String name, String failure) {
        List<ExperimentFacts.Run> runs = new ArrayList<>();
        for (String arm : List.of("base", "gss")) {
            for (long seed = 1; seed <= 2; seed++) {
                boolean last = arm.equals("gss") && seed == 2;
                ExperimentFacts.State state =
                        last && failure.isEmpty()
                                ? ExperimentFacts.State.WAITING
                                : ExperimentFacts.State.FAILED;
                runs.add(
                        new ExperimentFacts.Run(
                                arm,
                                seed,
                                last ? state : ExperimentFacts.State.FINISHED,
                                last ? Optional.empty() : Optional.of(0.5),
                                runs.isEmpty() ? 3600 : 0,
                                runs.isEmpty() ? 601 : 0,
                                last ? failure : ""));
            }
        }
        return new ExperimentFacts(
                name,
                "10 phantoms",
                "5 phantoms",
                List.of(
                        new ExperimentFacts.Arm("base", List.of()),
                        new ExperimentFacts.Arm("gss", List.of("loss.beta: 0.5", "lr: 0.1"))),
                runs);
    }
}
