/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.measure.Score;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** One file that needs nothing else, that everybody can read, and that runs nobody's markup. */
class StandaloneTest {

    private static final List<ModalitySubset> SUBSETS = Brats.BRATS2020.allAndSingles();

    @TempDir private Path folder;

    @Test
    void asksForNothingBesideItself() throws IOException {
        Path first = SampleScores.folder(folder.resolve("a"), SampleScores.scores(3, SUBSETS, 1));
        Path second = SampleScores.folder(folder.resolve("b"), SampleScores.scores(3, SUBSETS, 2));
        Files.write(first.resolve("overlay-case-1.png"), new byte[] {1, 2});
        Files.write(first.resolve("decisions-case-1.png"), new byte[] {3});
        HtmlReport.write(folder, folder.resolve("report.html"));
        HtmlPage page = HtmlPage.open(folder.resolve("report.html"));

        assertThat(page.all("//script | //iframe | //object | //embed | //form")).isEmpty();
        assertThat(page.all("//@src/.. | //link"))
                .isNotEmpty()
                .allMatch(
                        one ->
                                (one.getAttribute("src") + one.getAttribute("href"))
                                        .startsWith("data:"));
        assertThat(page.all("//@srcset/.."))
                .isNotEmpty()
                .allMatch(
                        one ->
                                one.getAttribute("srcset")
                                        .matches("data:image/png;base64,[A-Za-z0-9+/=]+"));
        assertThat(page.source()).doesNotContain("url(", "@import", "javascript:");
        assertThat(page.source().replace("http://www.w3.org/1999/xhtml", ""))
                .doesNotContain("http:", "https:");
        assertThat(page.texts("//section/h2")).contains("Side by side", "a", "b");
        assertThat(second.resolve("report.html")).doesNotExist();
    }

    @Test
    void everyPictureTableAndInputHasWords() throws IOException {
        Path evaluated =
                SampleScores.folder(folder.resolve("a"), SampleScores.scores(4, SUBSETS, 1));
        Files.write(evaluated.resolve("overlay-case-1.png"), new byte[] {1, 2});
        HtmlPage page = report(evaluated);

        assertThat(page.all("//img"))
                .isNotEmpty()
                .allMatch(img -> img.getAttribute("alt").length() > 20);
        assertThat(page.all("//table")).isNotEmpty();
        assertThat(page.all("//table[not(caption)]")).isEmpty();
        assertThat(page.all("//thead//th[not(@scope)]")).isEmpty();
        for (Element input : page.all("//input")) {
            String label = "//label[@for='" + input.getAttribute("id") + "']";
            assertThat(page.all(label).size() + input.getAttribute("aria-label").length())
                    .isPositive();
        }
        for (Element group : page.all("//div[@class='tabs']")) {
            assertThat(HtmlPage.all(group, "input")).hasSameSizeAs(HtmlPage.all(group, "div"));
            assertThat(HtmlPage.all(group, "input[@checked]")).hasSize(1);
        }
        assertThat(page.all("//h1")).hasSize(1);
    }

    @Test
    void linksLeadSomewhereAndIdsAreSingle() throws IOException {
        SampleScores.folder(folder.resolve("a"), SampleScores.scores(2, SUBSETS, 1));
        HtmlPage one = report(folder.resolve("a"));
        SampleScores.folder(folder.resolve("b"), SampleScores.scores(2, SUBSETS, 1));
        for (HtmlPage page : List.of(one, report(folder))) {
            List<String> ids = ids(page);
            assertThat(ids).doesNotHaveDuplicates();
            assertThat(page.all("//nav//a")).hasSizeGreaterThan(2);
            assertThat(page.all("//nav//a"))
                    .allMatch(link -> ids.contains(link.getAttribute("href").substring(1)));
        }
    }

    @Test
    void whatUsersNamedIsText() throws IOException {
        String hostile = "<script>alert('1')</script> &amp; \"x\" `y` \u0007{{name}}";
        String shown = hostile.replace('\u0007', '\uFFFD');
        List<Score> scores = new ArrayList<>(SampleScores.even(hostile, SUBSETS, 0.5));
        scores.addAll(SampleScores.even("plain", SUBSETS, 0.6));
        Path evaluated = SampleScores.folder(folder.resolve("a & b"), scores);
        Files.writeString(
                evaluated.resolve("evaluation.yaml"), "run: '<i>run</i>'\nhd95: 'a < b & c'\n");
        HtmlPage page = report(evaluated);

        assertThat(page.all("//script | //i")).isEmpty();
        assertThat(page.texts("//summary/b")).contains(shown);
        assertThat(page.texts("//tbody/tr/th[contains(@class,'text')]")).contains(shown);
        assertThat(page.texts("/html/head/title").get(0)).startsWith("Evaluation of ");
        assertThat(page.text()).contains("a < b & c", "run <i>run</i>");
    }

    /** The scores of a stranger name a case so that its picture would be a file elsewhere. */
    @Test
    void aNameOfACaseLeadsToNoOtherFolder() throws IOException {
        String hostile = "/../../secret";
        Path evaluated =
                SampleScores.folder(folder.resolve("a"), SampleScores.even(hostile, SUBSETS, 0.5));
        Files.createDirectory(evaluated.resolve("overlay-"));
        Files.write(folder.resolve("secret.png"), new byte[] {115, 101, 99});
        HtmlPage page = report(evaluated);

        assertThat(page.source())
                .doesNotContain(Base64.getEncoder().encodeToString(new byte[] {115, 101, 99}));
    }

    @Test
    void picturesAreTheFilesThemselves() throws IOException {
        List<Score> scores = new ArrayList<>();
        for (int i = 1; i <= 9; i++) {
            scores.addAll(SampleScores.even("c" + i, SUBSETS, i / 10.0));
        }
        Path evaluated = SampleScores.folder(folder.resolve("a"), scores);
        for (int i = 1; i <= 9; i++) {
            Files.write(evaluated.resolve("overlay-c" + i + ".png"), new byte[] {(byte) i, 77});
            Files.write(evaluated.resolve("decisions-c" + i + ".png"), new byte[] {(byte) i, 99});
        }
        HtmlPage page = report(evaluated);

        List<String> expected = new ArrayList<>();
        for (int kind : new int[] {77, 99}) {
            for (int i : new int[] {1, 2, 3, 9, 8, 7}) {
                byte[] png = {(byte) i, (byte) kind};
                expected.add("data:image/png;base64," + Base64.getEncoder().encodeToString(png));
            }
        }
        assertThat(page.all("//label/img"))
                .extracting(img -> img.getAttribute("src"))
                .isEqualTo(expected);
        assertThat(page.text()).contains("Worst c1: 10.0 %", "Best c9: 90.0 %", "MEMBERS");
    }

    private HtmlPage report(Path evaluated) throws IOException {
        Path file = folder.resolve("report.html");
        HtmlReport.write(evaluated, file);
        return HtmlPage.open(file);
    }

    private static List<String> ids(HtmlPage page) {
        return page.all("//*[@id]").stream().map(one -> one.getAttribute("id")).toList();
    }
}
