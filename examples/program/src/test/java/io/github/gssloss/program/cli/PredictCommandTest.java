/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.segment.Cleaning;
import io.github.gssloss.imaging.segment.PredictionFile.MapType;
import io.github.gssloss.imaging.segment.WindowWeights;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.prediction.PredictionSettings;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictCommandTest {

    @TempDir private Path folder;
    private final CommandHarness gss = new CommandHarness();
    private String run;
    private String subject;

    @BeforeEach
    void files() throws IOException {
        RunSettings settings = RunSettings.defaults();
        run = RunFolder.create(folder.resolve("run"), settings, Map.of()).path().toString();
        subject = Files.createDirectory(folder.resolve("S")).toString();
    }

    @Test
    void modalitiesAreThoseThatThereAreUnlessNamed() {
        List<String> args =
                List.of("predict", "--run", run, "--subject", subject, "--out", "seg.nii.gz");
        assertThat(parsed(args).settings(Brats.BRATS2020).modalities()).isEmpty();
        List<String> some = new ArrayList<>(args);
        some.add("--modalities=t2,flair");
        assertThat(parsed(some).settings(Brats.BRATS2020).modalities())
                .contains(ModalitySubset.of(Brats.FLAIR, Brats.T2));
    }

    private PredictCommand parsed(List<String> args) {
        return gss.parsed(PredictCommand.class, args.toArray(String[]::new));
    }

    @Test
    void refusesWhatIsNotThere() {
        refuses(
                List.of("--subject", subject, "--modalities", "flair,pd"),
                "--modalities: expected some of flair, t1ce, t1, t2 with commas, got flair,pd");
        refuses(
                List.of("--subject", "none"),
                "--subject none: expected a folder, got nothing there");
        refuses(
                List.of("--subject", subject, "--checkpoint", "no.npz"),
                "--checkpoint no.npz: expected a file, got nothing there");
    }

    @Test
    void refusesSettingsThatCannotBe() {
        refuses(
                List.of("--subject", subject, "--mirror", "x,q"),
                "--mirror: expected some of x, y, z with commas, each once, got x,q");
        refuses(
                List.of("--subject", subject, "--spacing", "fine"),
                "--spacing: expected stored, millimetres within the plane of the slices such as"
                        + " 0.75, or three such as 1x1x3, got 'fine'");
        refuses(
                List.of("--subject", subject, "--min-volume", "ED=-3"),
                "--min-volume: expected mm^3 above 0, such as 50 or ED=50, got 'ED=-3'");
        refuses(
                List.of("--data", subject, "--largest", "WT"),
                "--largest: expected foreground or one of NCR/NET, ED, ET, got 'WT'");
    }

    @Test
    void refusesAnOutputThatIsNoFolderForAFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");
        String expected = ": expected a folder for the cases of --data, got ";
        for (String out : List.of("seg.nii", "seg.NII.GZ")) {
            refuses(
                    List.of("--data", subject),
                    out,
                    "--out " + out + expected + "the name of an image");
        }
        refuses(List.of("--data", subject), file.toString(), "--out " + file + expected + "a file");
    }

    @Test
    void refusesARunThatIsNamedTwice() {
        refuses(
                List.of("--subject", subject, "--run", run + "/../run"),
                "--run " + run + "/../run: expected each once, got it twice");
    }

    @Test
    void theCleaningIsReadInItsOrder() {
        PredictionSettings settings =
                parsed(
                                List.of(
                                        "predict",
                                        "--run=" + run,
                                        "--data=" + subject,
                                        "--out=out",
                                        "--et-rule",
                                        "--fill-holes",
                                        "--largest=foreground",
                                        "--min-volume=50,ED=10.5",
                                        "--probabilities",
                                        "--window=gaussian"))
                        .settings(Brats.BRATS2020);
        assertThat(settings.cleaning().steps())
                .containsExactly(
                        new Cleaning.Smallest(Cleaning.Target.FOREGROUND, 50),
                        new Cleaning.Smallest(new Cleaning.Target(OptionalInt.of(2), "ED"), 10.5),
                        new Cleaning.Largest(Cleaning.Target.FOREGROUND),
                        new Cleaning.FillHoles(),
                        new Cleaning.Rare(3, 1, "ET", "NCR/NET", 500));
        assertThat(settings.probabilities()).contains(MapType.FLOAT32);
        assertThat(settings.use().weights()).isEqualTo(WindowWeights.GAUSSIAN);
    }

    @Test
    void dicomIsRefusedWithAdvice() throws IOException {
        Path series = Files.createDirectory(folder.resolve("S/T2"));
        Path file = Files.write(series.resolve("1.dcm"), new byte[3]);
        String advice =
                ": expected NIfTI files, got DICOM (1.dcm): convert each series, for example with"
                        + " dcm2niix -z y, and name the files by case and modality";
        refuses(List.of("--subject", subject), subject + advice);
        refuses(List.of("--data", subject), subject + advice);
        refuses(List.of("--subject", file.toString()), file + advice);
    }

    @Test
    void eitherASubjectOrAFolder() {
        assertThat(gss.run("predict", "--run", run, "--out", "o")).isEqualTo(2);
        assertThat(gss.errLines().get(0)).contains("--subject", "--data");
        assertThat(
                        gss.run(
                                "predict",
                                "--run",
                                run,
                                "--out",
                                "o",
                                "--data",
                                subject,
                                "--subject",
                                subject))
                .isEqualTo(2);
        assertThat(gss.errLines().get(0)).contains("mutually exclusive");
    }

    @Test
    void threadsAreAtLeastOne() {
        refuses(
                List.of("--subject", subject, "--threads", "0"),
                "--threads: expected a whole number of at least 1, got 0");
    }

    private void refuses(List<String> options, String line) {
        refuses(options, "seg.nii", line);
    }

    private void refuses(List<String> options, String out, String line) {
        List<String> args = new ArrayList<>(List.of("predict", "--run", run, "--out", out));
        args.addAll(options);
        assertThat(gss.run(args.toArray(String[]::new))).isEqualTo(2);
        assertThat(gss.errLines()).containsExactly("gss predict: " + line);
    }
}
