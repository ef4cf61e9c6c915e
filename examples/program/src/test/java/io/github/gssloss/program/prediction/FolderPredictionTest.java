/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.nifti.NiftiDatatype;
import io.github.gssloss.imaging.nifti.NiftiHeader;
import io.github.gssloss.imaging.nifti.NiftiReader;
import io.github.gssloss.imaging.nifti.NiftiWriter;
import io.github.gssloss.program.PlainPrediction;
import io.github.gssloss.program.TinyRun;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Twelve cases, of which one is damaged, one cannot be opened and one has a single modality. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "only administrators make links there")
class FolderPredictionTest {

    private static final int[] SHAPE = {16, 17, 16};

    @TempDir private Path folder;
    private Path data;
    private Path out;
    private RunFolder run;

    @BeforeEach
    void cohort() throws IOException {
        data = folder.resolve("data");
        out = folder.resolve("out");
        for (int i = 1; i <= 12; i++) {
            writeCase("C%02d".formatted(i), i);
        }
        Path damaged = data.resolve("C03/C03_t1.nii.gz");
        byte[] whole = Files.readAllBytes(damaged);
        Files.write(damaged, Arrays.copyOf(whole, whole.length / 2));
        Files.delete(data.resolve("C05/C05_t2.nii.gz"));
        Files.createSymbolicLink(data.resolve("C05/C05_t2.nii.gz"), folder.resolve("gone"));
        for (String modality : List.of("flair", "t1ce", "t1")) {
            Files.delete(data.resolve("C07/C07_" + modality + ".nii.gz"));
        }
        run = TinyRun.create(folder.resolve("run"), 5, Map.of());
    }

    private void writeCase(String name, int seed) throws IOException {
        Path home = Files.createDirectories(data.resolve(name));
        SplittableRandom random = new SplittableRandom(seed);
        for (Modality modality : Brats.MODALITIES) {
            short[] image = new short[SHAPE[0] * SHAPE[1] * SHAPE[2]];
            for (int v = 0; v < image.length; v++) {
                image[v] = (short) random.nextInt(1, 500);
            }
            NiftiWriter.write(
                    home.resolve(name + "_" + modality.label() + ".nii.gz"),
                    NiftiHeader.create(SHAPE, new float[] {2, 1, 1}, NiftiDatatype.INT16),
                    image);
        }
    }

    private FolderPrediction.Result predict(boolean overwrite) throws IOException {
        return new FolderPrediction(PlainPrediction.of(run), data, out, overwrite).segment();
    }

    private Path segmentation(String name) {
        return out.resolve(name + ".nii.gz");
    }

    @Test
    void whatCanBeSegmentedIs() throws IOException {
        FolderPrediction.Result result = predict(false);
        assertThat(result.problems()).hasSize(2);
        assertThat(String.join("\n", result.problems())).contains("C03", "C05");
        assertThat(result.lines()).hasSize(20).contains(lineOf(result, "C07 with t2: "));
        assertThat(segmentation("C03")).doesNotExist();
        assertThat(segmentation("C05")).doesNotExist();
        List<String> table = Files.readAllLines(out.resolve("volumes.csv"));
        assertThat(table.get(0)).isEqualTo("case,modalities,NCR/NET ml,ED ml,ET ml,runs,seconds");
        assertThat(table).hasSize(1 + 10);
        assertThat(table.get(5)).startsWith("C07,t2,").contains(",run,");
        String[] cells = table.get(1).split(",", -1);
        long[] voxels = new long[5];
        for (float label : NiftiReader.read(segmentation("C01")).data()) {
            voxels[(int) label]++;
        }
        // A voxel of 2 x 1 x 1 mm.
        assertThat(Double.parseDouble(cells[2])).isEqualTo(voxels[1] * 2 / 1000.0);
        assertThat(Double.parseDouble(cells[3])).isEqualTo(voxels[2] * 2 / 1000.0);
        assertThat(Double.parseDouble(cells[4])).isEqualTo(voxels[4] * 2 / 1000.0);
        assertThat(out.resolve("C01.yaml"))
                .content()
                .contains("case: \"C01\"", "orientation: \"LPS\"", "resampled: false");
    }

    private static String lineOf(FolderPrediction.Result result, String start) {
        return result.lines().stream()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElse(start + " is not there");
    }

    @Test
    void itGoesOnWhereItStopped() throws IOException {
        predict(false);
        List<String> before = Files.readAllLines(out.resolve("volumes.csv"));
        // Stopped before the segmentation of one was written.
        Files.delete(segmentation("C02"));
        var kept = Files.getLastModifiedTime(segmentation("C04"));
        FolderPrediction.Result again = predict(false);
        assertThat(again.problems()).hasSize(2);
        assertThat(segmentation("C02")).isNotEmptyFile();
        assertThat(Files.getLastModifiedTime(segmentation("C04"))).isEqualTo(kept);
        assertThat(again.lines()).contains("C04: is there already");
        assertThat(again.lines()).doesNotContain("C02: is there already");
        List<String> after = Files.readAllLines(out.resolve("volumes.csv"));
        assertThat(after).hasSameSizeAs(before);
        assertThat(after.get(3)).isEqualTo(before.get(3));
    }

    @Test
    void whatOthersWroteIsNotReplaced() throws IOException {
        Files.createDirectories(out);
        Files.writeString(segmentation("C01"), "mine");
        assertThat(predict(false).problems())
                .hasSize(3)
                .contains(
                        "prediction "
                                + segmentation("C01")
                                + ": expected a new file, this one exists; --overwrite replaces"
                                + " it");
        assertThat(segmentation("C01")).hasContent("mine");
        // The same cases with other weights are other predictions.
        TinyRun.addCheckpoint(run, 6, 2);
        assertThat(predict(false).problems()).hasSize(12);
        assertThat(predict(true).problems()).hasSize(2);
        assertThat(NiftiReader.read(segmentation("C01")).data()).hasSize(16 * 17 * 16);
    }

    @Test
    void aFolderWithoutCasesIsRefused() throws IOException {
        data = Files.createDirectories(folder.resolve("none"));
        assertThatThrownBy(() -> predict(false))
                .isInstanceOf(UserInputException.class)
                .hasMessageStartingWith("data folder " + data + ": no case in it");
        Files.write(data.resolve("1.dcm"), new byte[9]);
        assertThatThrownBy(() -> predict(false))
                .isInstanceOf(UserInputException.class)
                .hasMessageContaining("expected NIfTI files, got DICOM (1.dcm): convert");
        assertThat(out).doesNotExist();
    }
}
