/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import io.github.gssloss.program.Silent;
import io.github.gssloss.program.TinyRun;
import io.github.gssloss.program.model.TorchScriptNetworkTest;
import io.github.gssloss.program.report.PictureStyle;
import io.github.gssloss.program.report.page.HtmlReport;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the network is unsure, in the pictures of evaluated cases. */
class EvaluationHeatTest {

    private static final EvaluationSettings PLAIN =
            new EvaluationSettings(List.of(Brats.BRATS2020.all(), Brats.BRATS2020.subset("t2")), 0);

    @TempDir private Path folder;
    private Path data;
    private RunFolder run;
    private final List<String> notes = new ArrayList<>();

    @BeforeEach
    void aPhantomAndARun() throws IOException {
        data = folder.resolve("data");
        PhantomCohort.write(data, 1, PhantomSettings.ofSeed(1).withShape(32, 32, 32), done -> {});
        run = TinyRun.create(folder.resolve("run"), 1, Map.of());
    }

    private Path evaluate(String name, boolean entropy, boolean disagreement) throws IOException {
        Path out = folder.resolve(name);
        PictureSettings shown = new PictureSettings(PictureStyle.FILLS, entropy, disagreement);
        Silent progress =
                new Silent() {
                    @Override
                    public void update(long at, String message) {
                        notes.add(message);
                    }
                };
        new EvaluationRun(run, Optional.empty(), PLAIN.withPictures(shown), progress)
                .evaluate(data, out, folder.resolve("cache"));
        return out;
    }

    private static int height(Path out) throws IOException {
        return ImageIO.read(out.resolve("planes-Phantom-0001.png").toFile()).getHeight();
    }

    @Test
    void eachMapHasARowAndNoScoreChanges() throws IOException {
        Path plain = evaluate("plain", false, false);
        Path entropy = evaluate("entropy", true, false);
        notes.clear();
        Path both = evaluate("both", true, true);

        int row = height(entropy) - height(plain);
        // At least as high as its pictures: the whole volume is shown, a cube.
        assertThat(row).isGreaterThan(290);
        assertThat(height(both) - height(plain)).isEqualTo(2 * row);
        for (Path other : List.of(entropy, both)) {
            assertThat(other.resolve("scores.csv"))
                    .hasSameBinaryContentAs(plain.resolve("scores.csv"));
            assertThat(other.resolve("overlay-Phantom-0001.png"))
                    .hasSameBinaryContentAs(plain.resolve("overlay-Phantom-0001.png"));
        }
        // The windows of the branches are counted with the others, up to the last of them.
        assertThat(notes).anyMatch(note -> note.matches("Phantom-0001, window (\\d+) of \\1"));
        assertThat(plain.resolve("evaluation.yaml")).content().doesNotContain("heat");
        assertThat(both.resolve("evaluation.yaml"))
                .content()
                .contains("heat:\n- \"entropy\"\n- \"disagreement\"\n");
    }

    @Test
    void theReportSaysWhatTheHeatIs() throws IOException {
        Path out = evaluate("out", true, false);
        Path report = out.resolve("report.html");
        HtmlReport.write(out, report);
        assertThat(report)
                .content()
                .contains("Entropy, as heat: ", "below them maps of where the network is unsure")
                .doesNotContain("Disagreement, as heat");
        HtmlReport.write(evaluate("plain", false, false), report);
        assertThat(report).content().doesNotContain("as heat", "below them");
    }

    /** There is nothing to contradict; the scores are there all the same. */
    @Test
    void aCaseOfASingleModalityHasNoRowOfDisagreement() throws IOException {
        for (String modality : List.of("flair", "t1ce", "t1")) {
            Files.delete(data.resolve("Phantom-0001/Phantom-0001_" + modality + ".nii.gz"));
        }
        Path plain = evaluate("plain", false, false);
        Path both = evaluate("both", false, true);
        assertThat(both.resolve("planes-Phantom-0001.png"))
                .hasSameBinaryContentAs(plain.resolve("planes-Phantom-0001.png"));
        assertThat(both.resolve("scores.csv")).isNotEmptyFile();
    }

    @Test
    void aNetworkWithoutBranchesIsRefusedAndWhatIsThereStays()
            throws IOException, URISyntaxException {
        Path file =
                Path.of(
                        TorchScriptNetworkTest.class
                                .getResource("/" + TorchScriptNetworkTest.SCRIPTED)
                                .toURI());
        run =
                TinyRun.traced(
                        folder.resolve("traced"), file, TorchScriptNetworkTest.SCRIPTED_LAYOUT);
        Path out = evaluate("out", false, false);
        byte[] scores = Files.readAllBytes(out.resolve("scores.csv"));
        PhantomCohort.write(
                data.resolve("more"), 1, PhantomSettings.ofSeed(2).withShape(32, 32, 32), n -> {});
        Files.move(data.resolve("more/Phantom-0001"), data.resolve("Phantom-0002"));
        Files.delete(data.resolve("more"));
        assertThatThrownBy(() -> evaluate("out", false, true))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        "--disagreement: expected a network that gives its branches outside of"
                                + " training, got one that does not");
        assertThat(out.resolve("scores.csv")).hasBinaryContent(scores);
    }
}
