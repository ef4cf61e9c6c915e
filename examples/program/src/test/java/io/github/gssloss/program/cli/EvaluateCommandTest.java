/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.measure.MeasureSettings;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.evaluation.EvaluationSettings;
import io.github.gssloss.program.evaluation.PictureSettings;
import io.github.gssloss.program.report.PictureStyle;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {

    @TempDir private Path folder;
    private final CommandHarness gss = new CommandHarness();
    private String run;
    private String data;

    @BeforeEach
    void files() throws IOException {
        RunSettings settings = RunSettings.of(Map.of("epochs", "3"));
        run = RunFolder.create(folder.resolve("run-a"), settings, Map.of()).path().toString();
        data = Files.createDirectory(folder.resolve("cases")).toString();
    }

    @Test
    void subsetsAndOverlapAreThePapersUnlessNamed() {
        EvaluationSettings few = settings();
        EvaluationSettings all = settings("--overlap=0.25", "--subsets=all,t1ce+flair");

        assertThat(few).isEqualTo(new EvaluationSettings(Brats.BRATS2020.subsets(), 0.5));
        assertThat(all)
                .isEqualTo(
                        new EvaluationSettings(
                                List.of(
                                        Brats.BRATS2020.all(),
                                        ModalitySubset.of(Brats.FLAIR, Brats.T1CE)),
                                0.25));
    }

    @Test
    void measuresAreTheUsualOnesUnlessNamed() {
        EvaluationSettings few = settings();
        EvaluationSettings all =
                settings("--lesions=metastases", "--nsd=0.5", "--volume", "--empty-hd95=left-out");

        assertThat(few.measures()).isEqualTo(MeasureSettings.USUAL);
        assertThat(all.measures().label())
                .isEqualTo("lesions=metastases;nsd=0.5;volume;empty-hd95=left-out");
        refuses(
                List.of("--run", run, "--data", data, "--nsd", "-1"),
                "--nsd: expected a tolerance in mm above 0, got -1");
        refuses(
                List.of("--run", run, "--data", data, "--empty-hd95", "none"),
                "--empty-hd95: expected a distance in mm, at least 0, or left-out, got none");
        refuses(
                List.of("--run", run, "--data", data, "--lesions", "x"),
                "--lesions: expected one of [glioma, meningioma, metastases], or DILATIONSxMM3 such"
                        + " as 3x50 (0 to 20 dilations), got x");
    }

    @Test
    void picturesShowNoHeatUnlessAsked() {
        assertThat(settings().pictures()).isEqualTo(PictureSettings.USUAL);
        assertThat(settings("--entropy", "--disagreement", "--pictures=contours").pictures())
                .isEqualTo(new PictureSettings(PictureStyle.CONTOURS, true, true));
        refuses(
                List.of("--run", run, "--data", data, "--disagreement", "--subsets", "t1,t2"),
                "--disagreement: expected a subset of two modalities or more beside it, got t1,"
                        + " t2");
    }

    @Test
    void refusesWhatIsNoRunNoCheckpointNoData() {
        refuses(
                List.of("--run", run, "--data", data, "--subsets", "pd"),
                "subset: expected all, or some of flair, t1ce, t1, t2 joined by +, got pd");
        refuses(
                List.of("--run", data, "--data", data),
                data + ": expected the folder of a run, found no settings.yaml in it");
        refuses(
                List.of("--run", run, "--data", data, "--checkpoint", "no.params"),
                "--checkpoint no.params: expected a file, got nothing there");
        refuses(
                List.of("--run", run, "--data", data, "--checkpoint", data),
                "--checkpoint " + data + ": expected a file, got a folder");
        refuses(
                List.of("--run", run, "--data", "none"),
                "--data none: expected a folder, got nothing there");
    }

    @Test
    void refusesWhatDoesNotFitTogether() throws IOException {
        String weights = Files.createFile(folder.resolve("weights.npz")).toString();
        refuses(
                List.of("--run", run, "--data", data, "--run", run, "--checkpoint", weights),
                "--checkpoint: expected a single --run beside it, got 2");
        String again = run + "/../" + Path.of(run).getFileName();
        refuses(
                List.of("--run", run, "--data", data, "--run", again, "--ensemble"),
                "--run " + again + ": expected each once, got it twice");
        for (String overlap : List.of("1.0", "-0.5", "NaN")) {
            refuses(
                    List.of("--run", run, "--data", data, "--overlap", overlap),
                    "--overlap: expected a number from 0 to below 1, got " + overlap);
        }
    }

    @Test
    void refusesAFileForResults() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");
        refuses(
                List.of("--run", run, "--data", data),
                file.toString(),
                "--out " + file + ": expected a folder for results, got a file");
        assertThat(file).hasContent("mine");
    }

    private EvaluationSettings settings(String... options) {
        List<String> args = new ArrayList<>(List.of("evaluate", "--run", run, "--data", data));
        args.addAll(List.of("--out", "evaluated"));
        args.addAll(List.of(options));
        return gss.parsed(EvaluateCommand.class, args.toArray(String[]::new))
                .settings(Brats.BRATS2020);
    }

    private void refuses(List<String> options, String line) {
        refuses(options, "evaluated", line);
    }

    private void refuses(List<String> options, String out, String line) {
        List<String> args = new ArrayList<>(List.of("evaluate", "--out", out));
        args.addAll(options);
        assertThat(gss.run(args.toArray(String[]::new))).isEqualTo(2);
        assertThat(gss.errLines()).containsExactly("gss evaluate: " + line);
    }
}
