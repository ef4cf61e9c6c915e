/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.imaging.nifti.NiftiImage;
import io.github.gssloss.imaging.nifti.NiftiReader;
import io.github.gssloss.imaging.nifti.NiftiWriter;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program against a user's mistakes: one line, exit code 2, before any training. */
class BadInputTest {

    @TempDir private Path folder;
    private final CommandHarness gss = new CommandHarness();
    private Path data;
    private Path flair;
    private Path seg;

    @BeforeEach
    void twoPhantoms() {
        data = folder.resolve("data");
        PhantomSettings small = PhantomSettings.ofSeed(1).withShape(32, 32, 32);
        PhantomCohort.write(data, 2, small, done -> {});
        flair = data.resolve("Phantom-0002/Phantom-0002_flair.nii.gz");
        seg = data.resolve("Phantom-0002/Phantom-0002_seg.nii.gz");
    }

    @Test
    void aMissingSegmentation() throws IOException {
        Files.delete(seg);
        List<String> lines = fails(List.of());
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).startsWith("gss train: case Phantom-0002: no segmentation");
    }

    @Test
    void volumesOfDifferentShape() {
        Path other = folder.resolve("other");
        PhantomSettings larger = PhantomSettings.ofSeed(1).withShape(32, 32, 40);
        PhantomCohort.write(other, 1, larger, done -> {});
        Path source = other.resolve("Phantom-0001/Phantom-0001_t2.nii.gz");
        Path target = data.resolve("Phantom-0002/Phantom-0002_t2.nii.gz");
        NiftiImage image = NiftiReader.read(source);
        NiftiWriter.write(target, image.header(), image.data());
        List<String> lines = fails(List.of());
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0))
                .startsWith(
                        "gss train: case Phantom-0002: Phantom-0002_t2.nii.gz has another size than"
                                + " Phantom-0002_flair.nii.gz: got 32 x 32 x 40 LPS [");
    }

    @Test
    void aLabelOutsideTheClasses() {
        NiftiImage labels = NiftiReader.read(seg);
        float[] changed = labels.data().clone();
        int tumour = 0;
        while (changed[tumour] == 0) {
            tumour++;
        }
        changed[tumour] = 7;
        NiftiWriter.write(seg, labels.header(), changed);
        refuses(
                "case Phantom-0002: segmentation holds label 7, expected one of 0, 1, 2, 4"
                        + " (brats2020)");
    }

    @Test
    void aTruncatedGzip() throws IOException {
        byte[] whole = Files.readAllBytes(flair);
        Files.write(flair, Arrays.copyOf(whole, whole.length / 2));
        List<String> lines = fails(List.of());
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0))
                .startsWith("gss train: " + flair + ": truncated: expected ")
                .contains(" bytes of voxels, got ");
    }

    @Test
    void lossSettingsThatDoNotFit() {
        refuses(
                "loss.temperature: expected a number from 0.001 to 1000.0, got 5.0E-4",
                "--loss.temperature",
                "0.0005");
        refuses(
                "loss.memberThreshold: expected a number from 0.8 to 1.0, got 0.75",
                "--loss.leaderThreshold",
                "0.8");
        refuses(
                "loss.ramp: training batch 1: temperature: expected a number from 0.001 to 1000.0,"
                        + " got 5.000000237487257E-4",
                "--loss.ramp.epochs",
                "1",
                "--loss.ramp.temperature",
                "0.0005");
        assertThat(folder.resolve("run")).doesNotExist();
        assertThat(folder.resolve("cache")).doesNotExist();
    }

    @Test
    void anUnknownKey() throws IOException {
        Path config = folder.resolve("settings.yaml");
        Files.writeString(config, "epochs: 1\nlos:\n  beta: 2\n");
        List<String> lines = fails(List.of("--config", config.toString()));
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).startsWith("gss train: " + config).contains("unknown key 'los");
    }

    @Test
    void aFolderThatHoldsARun() throws IOException {
        Path run = folder.resolve("run");
        Files.createDirectories(run);
        Files.writeString(run.resolve("settings.yaml"), "epochs: 1\n");
        refuses(
                run
                        + ": already holds a run; go on with it by --resume "
                        + run
                        + ", or choose another folder");
    }

    @Test
    void aRunWithoutCheckpoint() throws IOException {
        RunFolder run = RunFolder.create(folder.resolve("run"), RunSettings.defaults(), Map.of());
        String line =
                run.path() + ": expected a checkpoint in " + run.checkpoints() + ", found none";
        Path out = folder.resolve("seg.nii.gz");
        String[] evaluate = {
            "evaluate", "--run=" + run.path(), "--data=" + data, "--out=" + folder
        };
        String[] predict = {
            "predict", "--run=" + run.path(), "--subject=" + flair.getParent(), "--out=" + out
        };

        assertThat(gss.run(evaluate)).isEqualTo(2);
        assertThat(gss.errLines()).containsExactly("gss evaluate: " + line);
        assertThat(gss.run(predict)).isEqualTo(2);
        assertThat(gss.errLines()).containsExactly("gss predict: " + line);
        assertThat(out).doesNotExist();
    }

    @Test
    void aFolderOfPhantomsThatIsNotEmpty() {
        String[] args = {"phantom", "--out", data.toString(), "--subjects", "1"};
        assertThat(gss.run(args)).isEqualTo(2);
        assertThat(gss.errLines()).hasSize(1);
        assertThat(gss.errLines().get(0)).contains(data.toString());
    }

    private void refuses(String message, String... further) {
        assertThat(fails(List.of(further))).containsExactly("gss train: " + message);
    }

    private List<String> fails(List<String> further) {
        Path run = folder.resolve("run");
        List<String> args = new ArrayList<>();
        args.addAll(List.of("train", "--data", data.toString(), "--out", run.toString()));
        args.addAll(List.of("--cache", folder.resolve("cache").toString()));
        // Short, should it be trained after all.
        args.addAll(List.of("--crop", "16", "--epochs", "1", "--iterations", "1"));
        args.addAll(further);
        assertThat(gss.run(args.toArray(String[]::new))).isEqualTo(2);
        assertThat(run.resolve("losses.csv")).doesNotExist();
        return gss.errLines();
    }
}
