/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.Brats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not there is said in a sentence; only the scores have to be there. */
class MissingFilesTest {

    @TempDir private Path folder;
    private Path evaluated;
    private Path run;

    @BeforeEach
    void scores() throws IOException {
        evaluated =
                SampleScores.folder(
                        folder.resolve("evaluated"),
                        SampleScores.scores(2, Brats.BRATS2020.allAndSingles(), 1));
        run = Files.createDirectory(folder.resolve("my-run"));
        Files.writeString(run.resolve("settings.yaml"), "crop: 24\nloss:\n  preset: paper\n");
        Files.writeString(run.resolve("versions.yaml"), "djl: \"0.36.0\"\n");
        Files.writeString(
                run.resolve("losses.csv"), "epoch,step,lr,total,fused\n0,0,0.1,3,1\n0,1,0.1,2,1\n");
        Files.writeString(
                evaluated.resolve("evaluation.yaml"),
                "run: '"
                        + run
                        + "'\ncheckpoint: epoch-00002.npz\nsubsets: [t1, t2]\n"
                        + "incompleteCases: {}\nproblems: []\n");
    }

    @Test
    void withEverythingThereIsNothingToExcuse() throws IOException {
        HtmlPage page = report();
        assertThat(page.texts("//h1")).containsExactly("Evaluation of my-run");
        assertThat(page.text())
                .contains("run " + run + " \u00B7 weights epoch-00002.npz")
                .contains("2 steps in 1 epoch")
                .contains("loss.presetpaper", "djl0.36.0", "subsetst1, t2", "problemsnone")
                .doesNotContain("is not there", "no such file", "cannot be drawn");
        assertThat(page.all("//p[contains(@class,'note')]")).isEmpty();
    }

    @Test
    void withoutPictures() throws IOException {
        assertThat(report().text())
                .contains("The evaluation left no picture of this case.")
                .contains("The evaluation left no picture of decisions.");
        Files.writeString(run.resolve("settings.yaml"), "loss:\n  preset: none\n");
        assertThat(report().text())
                .contains("This run was trained without distillation (loss.preset: none)");
        Files.writeString(run.resolve("settings.yaml"), "loss:\n  teacher: mutual\n");
        assertThat(report().text())
                .contains(
                        "The soft target of this run did not come from votes alone (teacher:"
                                + " mutual): there is no picture of its decisions.");
        Files.writeString(run.resolve("settings.yaml"), "loss:\n  preset: passion\n");
        assertThat(report().text()).contains("did not come from votes alone (teacher: fused)");
        Files.write(evaluated.resolve("decisions-other.png"), new byte[] {1});
        HtmlPage page = report();
        assertThat(page.texts("//details[.//img]/summary")).containsExactly("other");
    }

    @Test
    void theLossIsALineWhereItsSettingsCanBeRead() throws IOException {
        assertThat(report().text()).contains("Loss: paper.");
        Path settings = run.resolve("settings.yaml");
        Files.writeString(
                settings,
                """
                crop: 24
                loss:
                  trust: labelWeight
                  balance: class
                  readiness:
                    bar: 0.5
                    unready: none
                """);
        assertThat(report().text())
                .contains(
                        "Loss: paper, trust: labelWeight, balance: class, readiness: {bar: 0.5,"
                                + " unready: none}.");
        Files.writeString(settings, "loss:\n  preset: ofTomorrow\n");
        assertThat(report().text()).contains("loss.presetofTomorrow").doesNotContain("Loss: ");
    }

    @Test
    void withDecisionsOnTheWay() throws IOException {
        String words = "Which rule decided the voxels labelled with each class in the batches";
        assertThat(report().text()).doesNotContain(words);
        Files.write(run.resolve("decisions.png"), new byte[] {1, 2, 3});
        HtmlPage page = report();
        assertThat(page.text()).contains(words);
        assertThat(page.all("//img[@src='data:image/png;base64,AQID']")).hasSize(1);
    }

    @Test
    void withoutLosses() throws IOException {
        Path losses = run.resolve("losses.csv");
        Files.writeString(losses, "epoch,step,lr,total\n0,0,0.1,3\n0,1,0.1,tw");
        assertThat(report().text())
                .contains("The losses cannot be drawn: " + losses + " record 2: expected a number");
        Files.writeString(losses, "epoch,step,lr,total\n");
        assertThat(report().text()).contains("There is no step in " + losses + " yet.");
        Files.delete(losses);
        HtmlPage page = report();
        assertThat(page.text()).contains("The run has left no losses.csv.");
        assertThat(page.all("//img[contains(@alt,'Losses')]")).isEmpty();
    }

    @Test
    void withoutTheFolderOfTheRun() throws IOException {
        Path moved = Files.move(run, folder.resolve("moved"));
        HtmlPage page = report();
        assertThat(page.texts("//p[contains(@class,'note')]"))
                .containsExactly(
                        "The folder of the run, "
                                + run
                                + ", is not there: there are no settings and no learning curves.");
        assertThat(page.texts("//h1")).containsExactly("Evaluation of my-run");
        assertThat(page.text()).doesNotContain("2 steps in 1 epoch");

        Files.move(moved, run);
        assertThat(report().text()).contains("2 steps in 1 epoch", "djl0.36.0");
    }

    @Test
    void withoutTheRecordOfTheEvaluation() throws IOException {
        Files.delete(evaluated.resolve("evaluation.yaml"));
        HtmlPage page = report();
        assertThat(page.texts("//h1")).containsExactly("Evaluation of evaluated");
        assertThat(page.text())
                .contains("The evaluation does not say which run it evaluated")
                .contains("There is no such file.");
    }

    @Test
    void casesThatWereLeftOutAreSaidFirst() throws IOException {
        Files.writeString(
                evaluated.resolve("evaluation.yaml"),
                """
                incompleteCases:
                  case-2: flair+t1
                problems:
                  - "case x: no segmentation"
                  - "case y: no image"
                emptyMasks: both empty is 1
                hd95: the larger one
                """);
        HtmlPage page = report();
        assertThat(page.texts("//p[contains(@class,'note')]"))
                .contains(
                        "Cases that could not be evaluated: case x: no segmentation, case y: no"
                                + " image",
                        "Some cases lack modalities and were evaluated with the subsets of what"
                                + " they have: case-2 has flair+t1");
        assertThat(page.texts("//section[h4='How the numbers are defined']/p"))
                .containsExactly("both empty is 1", "the larger one");
    }

    @Test
    void refusesFoldersWithoutScores() throws IOException {
        Path file = folder.resolve("report.html");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(() -> HtmlReport.write(empty, file))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        empty
                                + ": expected the folder of an evaluation, found no scores.csv in"
                                + " it");
        Path none = folder.resolve("none");
        assertThatThrownBy(() -> HtmlReport.write(none, file))
                .isInstanceOf(UserInputException.class)
                .hasMessage(none + ": expected the folder of an evaluation, found none");
        assertThat(file).doesNotExist();
    }

    @Test
    void refusesARecordThatIsNoYaml() throws IOException {
        Path record = Files.writeString(evaluated.resolve("evaluation.yaml"), "just words\n");
        assertThatThrownBy(this::report)
                .isInstanceOf(UserInputException.class)
                .hasMessage(record + ": expected keys with values");
        Files.writeString(record, "a: [1\n");
        assertThatThrownBy(this::report)
                .isInstanceOf(UserInputException.class)
                .hasMessage(record + ": expected a YAML file that can be read");
    }

    @Test
    void refusesAReportThatCannotBeWritten() {
        Path file = folder.resolve("no/such/folder.html");
        assertThatThrownBy(() -> HtmlReport.write(evaluated, file))
                .isInstanceOf(UserInputException.class)
                .hasMessage(file + ": expected a file that can be written");
    }

    private HtmlPage report() throws IOException {
        Path file = evaluated.resolve("report.html");
        HtmlReport.write(evaluated, file);
        return HtmlPage.open(file);
    }
}
