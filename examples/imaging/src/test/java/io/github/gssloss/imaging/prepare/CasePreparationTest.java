/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.nifti.NiftiReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CasePreparationTest {

    private static final int[] SHAPE = {12, 14, 10};
    private static final BoundingBox BRAIN = new BoundingBox(2, 5, 3, 7, 9, 6);

    @TempDir private Path folder;

    private CaseFiles written() {
        return SyntheticCase.write(folder, "A", SHAPE, BRAIN, 1);
    }

    private static float[] volume(float value) {
        float[] volume = new float[Extents.voxels(SHAPE)];
        Arrays.fill(volume, value);
        return volume;
    }

    /** Four images by one rule and a segmentation without tumour. */
    private SyntheticCase uniform(float value) {
        SyntheticCase made = new SyntheticCase(folder, "A", SHAPE);
        for (Modality modality : Brats.MODALITIES) {
            made.image("_" + modality.label(), volume(value));
        }
        made.labels("_seg", new byte[Extents.voxels(SHAPE)]);
        return made;
    }

    private void refuses(CaseFiles files, String message) {
        CasePreparation preparation = new CasePreparation(Brats.BRATS2020, 4);
        assertThatThrownBy(() -> preparation.prepare(files))
                .isInstanceOf(UserInputException.class)
                .hasMessage(message);
    }

    @Test
    void agreesWithAPlainLoop() {
        CaseFiles files = written();
        PreparedCase prepared = new CasePreparation(Brats.BRATS2020, 4).prepare(files);
        float[][] raw = new float[4][];
        for (Modality modality : Brats.MODALITIES) {
            raw[modality.index()] = NiftiReader.read(files.images().get(modality)).data();
        }
        float[] seg = NiftiReader.read(files.segmentation().orElseThrow()).data();
        float[] images = prepared.images();
        byte[] labels = prepared.labels();
        for (int m = 0; m < 4; m++) {
            double count = 0;
            double sum = 0;
            double sumOfSquares = 0;
            for (int v = 0; v < seg.length; v++) {
                if (raw[0][v] != 0 || raw[1][v] != 0 || raw[2][v] != 0 || raw[3][v] != 0) {
                    count++;
                    sum += raw[m][v];
                    sumOfSquares += (double) raw[m][v] * raw[m][v];
                }
            }
            double mean = sum / count;
            double deviation = Math.sqrt(sumOfSquares / count - mean * mean);
            int i = 0;
            for (int x = 0; x < BRAIN.sizeX(); x++) {
                for (int y = 0; y < BRAIN.sizeY(); y++) {
                    for (int z = 0; z < BRAIN.sizeZ(); z++, i++) {
                        int v = ((x + 2) * SHAPE[1] + y + 5) * SHAPE[2] + z + 3;
                        assertThat((double) images[m * BRAIN.voxels() + i])
                                .isCloseTo((raw[m][v] - mean) / deviation, within(1e-5));
                        assertThat(labels[i]).isEqualTo((byte) (seg[v] == 4 ? 3 : seg[v]));
                    }
                }
            }
        }
        assertThat(prepared.name()).isEqualTo("A");
        assertThat(prepared.box()).isEqualTo(BRAIN);
        assertThat(prepared.shape()).containsExactly(7, 9, 6);
        assertThat(prepared.volumeShape()).containsExactly(SHAPE);
        assertThat(prepared.spacing()).containsExactly(1, 1.5f, 2);
        assertThat(prepared.files()).isEqualTo(files);
        assertThat(prepared.files().reference()).isEqualTo(files.images().get(Brats.FLAIR));
    }

    @Test
    void widensTheBoxToTheMinimumAndNotBeyondTheVolume() {
        CaseFiles files = written();
        int[] crop = {4, 4, 4};
        int[] minimum = {10, 12, 128};
        PreparedCase prepared = new CasePreparation(Brats.BRATS2020, crop, minimum).prepare(files);
        // x grows by 1 before and 2 after, y would end one plane outside, z has no more than 10.
        assertThat(prepared.box()).isEqualTo(new BoundingBox(1, 2, 0, 10, 12, 10));
        assertThat(new CasePreparation(Brats.BRATS2020, 8).prepare(files).shape())
                .containsExactly(8, 9, 8);
    }

    @Test
    void copiesPartsOfImagesAndLabels() {
        PreparedCase prepared = new CasePreparation(Brats.BRATS2020, 4).prepare(written());
        BoundingBox part = new BoundingBox(3, 4, 1, 4, 5, 3);
        float[] images = new float[4 * part.voxels()];
        byte[] labels = new byte[part.voxels()];
        prepared.copyImages(part, images);
        prepared.copyLabels(part, labels);
        for (int m = 0, i = 0; m < 4; m++) {
            for (int x = 3; x < 7; x++) {
                for (int y = 4; y < 9; y++) {
                    for (int z = 1; z < 4; z++, i++) {
                        int from = (x * 9 + y) * 6 + z;
                        assertThat(images[i])
                                .isEqualTo(prepared.images()[m * BRAIN.voxels() + from]);
                        assertThat(labels[i % labels.length]).isEqualTo(prepared.labels()[from]);
                    }
                }
            }
        }
        assertThatThrownBy(() -> prepared.copyImages(part, new float[7]))
                .hasMessage("target: expected 240 values, got 7");
        assertThatThrownBy(() -> prepared.copyLabels(new BoundingBox(4, 0, 0, 4, 1, 1), labels))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("box: expected one within 7 x 9 x 6, got 4 x 1 x 1 at (4, 0, 0)");
    }

    @Test
    void leavesModalitiesAndLabelsOutThatTheCaseLacks() {
        CaseFiles files = written();
        Map<Modality, Path> three = new TreeMap<>(files.images());
        three.remove(Brats.T1CE);
        PreparedCase prepared =
                new CasePreparation(Brats.BRATS2020, 4)
                        .prepare(CaseFiles.ofBrats("A", folder, three, Optional.empty()));
        assertThat(prepared.files().images()).isEqualTo(three);
        float[] images = prepared.images();
        int voxels = images.length / 4;
        assertThat(Arrays.copyOfRange(images, voxels, 2 * voxels)).containsOnly(0);
        assertThat(Arrays.copyOf(images, voxels)).doesNotContain(0);
        assertThat(prepared.hasLabels()).isFalse();
        assertThatThrownBy(prepared::labels).hasMessage("case A has no segmentation");
    }

    @Test
    void refusesVolumesOfDifferentShape() {
        CaseFiles files = written();
        new SyntheticCase(folder, "A", SHAPE).image("_t2", 12, 14, 9);
        refuses(
                files,
                "case A: A_t2.nii.gz has another size than A_flair.nii.gz: got 12 x 14 x 9 LPS"
                        + " [-1 0 0 11; 0 -1.5 0 19.5; 0 0 2 0], expected 12 x 14 x 10 LPS"
                        + " [-1 0 0 11; 0 -1.5 0 19.5; 0 0 2 0], up to order and direction of"
                        + " axes");
    }

    @Test
    void refusesALabelOutsideTheClasses() {
        CaseFiles files = written();
        byte[] labels = new byte[Extents.voxels(SHAPE)];
        labels[17] = 7;
        new SyntheticCase(folder, "A", SHAPE).labels("_seg", labels);
        refuses(
                files,
                "case A: segmentation holds label 7, expected one of 0, 1, 2, 4 (brats2020)");
    }

    /** Inputs {@code slopeseg} and {@code floatseg}. */
    @Test
    void labelsOffAWholeNumberByLessThanAThousandthAreRounded() {
        CaseFiles files = written();
        byte[] exact = TrueClasses.read(files, Brats.BRATS2020);
        float[] labels = NiftiReader.read(files.segmentation().orElseThrow()).data();
        for (int v = 0; v < labels.length; v++) {
            labels[v] += v % 2 == 0 ? 0.0009f : -0.0009f;
        }
        SyntheticCase writer = new SyntheticCase(folder, "A", SHAPE);
        writer.floatImage("_seg", labels);
        assertThat(TrueClasses.read(files, Brats.BRATS2020)).isEqualTo(exact).contains(3);
        labels[5] = 3.998f;
        writer.floatImage("_seg", labels);
        refuses(
                files,
                "case A: segmentation holds label 3.998, expected one of 0, 1, 2, 4 (brats2020)");
    }

    @Test
    void refusesAFractionalLabel() {
        CaseFiles files = written();
        new SyntheticCase(folder, "A", SHAPE).floatImage("_seg", volume(0.5f));
        refuses(
                files,
                "case A: segmentation holds label 0.5, expected one of 0, 1, 2, 4 (brats2020)");
    }

    @Test
    void aVolumeSmallerThanTheCropIsTakenWhole() {
        CasePreparation preparation = new CasePreparation(Brats.BRATS2020, 8, 16, 8);
        assertThat(preparation.prepare(written()).shape()).containsExactly(8, 14, 8);
    }

    @Test
    void refusesATruncatedGzip() throws IOException {
        CaseFiles files = written();
        Path t1 = files.images().get(Brats.T1);
        byte[] bytes = Files.readAllBytes(t1);
        Files.write(t1, Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> new CasePreparation(Brats.BRATS2020, 4).prepare(files))
                .isInstanceOf(UserInputException.class)
                .hasMessageMatching(
                        Pattern.quote(t1.toString())
                                + ": truncated: expected 3360 bytes of voxels, got \\d+");
    }

    @Test
    void refusesACaseWithoutBrain() {
        refuses(
                CaseFiles.find(uniform(0).folder()).get(0),
                "case A: expected foreground (nonzero), found none");
    }

    @Test
    void refusesAConstantImage() {
        refuses(
                CaseFiles.find(uniform(5).folder()).get(0),
                "case A: A_flair.nii.gz: expected varying intensities in the foreground, all are"
                        + " 5.0");
    }

    @Test
    void refusesIntensitiesThatAreNotFinite() {
        CaseFiles files = written();
        float[] broken = volume(1);
        broken[3] = Float.NaN;
        new SyntheticCase(folder, "A", SHAPE).floatImage("_t1ce", broken);
        refuses(files, "case A: A_t1ce.nii.gz holds NaN, expected finite intensities");
    }

    @Test
    void refusesSettingsThatAreNoSizes() {
        assertThatThrownBy(() -> new CasePreparation(Brats.BRATS2020, 4, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("crop: expected three sizes of at least 1, got [4, 4]");
        assertThatThrownBy(() -> new CasePreparation(Brats.BRATS2020, 0))
                .hasMessage("crop: expected three sizes of at least 1, got [0, 0, 0]");
    }
}
