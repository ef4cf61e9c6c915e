/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.nifti.Geometry;
import io.github.gssloss.imaging.nifti.NiftiHeader;
import io.github.gssloss.imaging.nifti.NiftiImage;
import io.github.gssloss.imaging.nifti.NiftiReader;
import io.github.gssloss.imaging.nifti.NiftiWriter;
import io.github.gssloss.imaging.nifti.Reorientation;
import io.github.gssloss.imaging.segment.PredictionFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of one case that lie differently in the world. */
class CaseGridTest {

    private static final int[] SHAPE = {12, 14, 10};
    private static final BoundingBox BRAIN = new BoundingBox(2, 5, 3, 7, 9, 6);
    private static final CasePreparation PREPARATION = new CasePreparation(Brats.BRATS2020, 4);

    @TempDir private Path folder;
    private CaseFiles files;
    private PreparedCase consistent;

    @BeforeEach
    void write() {
        files = SyntheticCase.write(folder, "A", SHAPE, BRAIN, 1);
        consistent = PREPARATION.prepare(files);
    }

    private static void reorient(Path file, String orientation) {
        NiftiImage image = NiftiReader.read(file);
        Geometry before = image.header().geometry();
        Geometry after = before.in(orientation);
        NiftiWriter.write(
                file,
                NiftiHeader.create(after.size(), after.affine(), image.header().datatype()),
                Reorientation.between(before, after).orElseThrow().apply(image.data()));
    }

    private static void move(Path file, double x, double scale) {
        NiftiImage image = NiftiReader.read(file);
        double[][] affine = image.header().geometry().affine();
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                affine[row][column] *= scale;
            }
        }
        affine[0][3] += x;
        NiftiHeader header = NiftiHeader.create(SHAPE, affine, image.header().datatype());
        NiftiWriter.write(file, header, image.data());
    }

    private Path image(Modality modality) {
        return files.images().get(modality);
    }

    private void isAsBefore() {
        PreparedCase prepared = PREPARATION.prepare(files);
        assertThat(prepared.images()).containsExactly(consistent.images());
        assertThat(prepared.labels()).containsExactly(consistent.labels());
        assertThat(prepared.box()).isEqualTo(consistent.box());
        assertThat(prepared.volumeShape()).containsExactly(consistent.volumeShape());
        assertThat(prepared.spacing()).containsExactly(consistent.spacing());
        assertThat(TrueClasses.read(files, Brats.BRATS2020))
                .containsExactly(consistent.inVolume(consistent.labels()));
    }

    /** Inputs {@code lpsras} and {@code segras}. */
    @Test
    void filesOfACaseInOtherOrientationsAreBroughtTogether() {
        reorient(image(Brats.FLAIR), "RAS");
        isAsBefore();
        reorient(image(Brats.T2), "SLA");
        reorient(files.segmentation().orElseThrow(), "PIR");
        isAsBefore();
    }

    /** Inputs {@code allras} and {@code allpir}, and the other 46 ways. */
    @Test
    void aWholeCaseInAnotherOrientationIsPreparedTheSame() {
        for (String orientation : orientations()) {
            files.images().values().forEach(file -> reorient(file, orientation));
            reorient(files.segmentation().orElseThrow(), orientation);
            isAsBefore();
        }
    }

    private static List<String> orientations() {
        List<String> all = new ArrayList<>();
        for (String x : List.of("L", "R")) {
            for (String y : List.of("P", "A")) {
                for (String z : List.of("S", "I")) {
                    all.addAll(
                            List.of(
                                    x + y + z, x + z + y, y + x + z, y + z + x, z + x + y,
                                    z + y + x));
                }
            }
        }
        return all;
    }

    @Test
    void aPredictionLiesOverTheFileItCameFromInEachOfThe48Orientations() {
        int[] size = consistent.shape();
        byte[] classes = new byte[consistent.box().voxels()];
        int marked = (1 * size[1] + 2) * size[2] + 4;
        classes[marked] = 3;
        // The voxel (3, 7, 7) of the volume, which lies at these millimetres.
        double[] place = {11 - 3, 1.5 * (13 - 7), 2 * 7};
        for (String orientation : orientations()) {
            files.images().values().forEach(file -> reorient(file, orientation));
            Path out = folder.resolve(orientation + ".nii.gz");

            PredictionFile.write(
                    out, PREPARATION.prepare(files), classes, Brats.BRATS2020.labels());

            NiftiImage written = NiftiReader.read(out);
            Geometry geometry = written.header().geometry();
            assertThat(geometry.matches(NiftiReader.readHeader(image(Brats.FLAIR)).geometry()))
                    .isTrue();
            int[] n = geometry.size();
            for (int v = 0; v < written.data().length; v++) {
                int[] index = {v / (n[1] * n[2]), v / n[2] % n[1], v % n[2]};
                boolean here = true;
                for (int row = 0; row < 3; row++) {
                    double[] a = geometry.affine()[row];
                    double mm = a[0] * index[0] + a[1] * index[1] + a[2] * index[2] + a[3];
                    here &= Math.abs(mm - place[row]) < 1e-4;
                }
                assertThat(written.data()[v]).isEqualTo(here ? 4 : 0);
            }
        }
    }

    /** Input {@code shifted}. */
    @Test
    void aFileInAnotherPlaceIsRefusedWithBothFilesAndAffines() {
        move(image(Brats.T2), 20, 1);
        assertThatThrownBy(() -> PREPARATION.check(files))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        "case A: A_t2.nii.gz lies elsewhere in the world than A_flair.nii.gz: got"
                                + " 12 x 14 x 10 LPS [-1 0 0 31; 0 -1.5 0 19.5; 0 0 2 0], expected"
                                + " 12 x 14 x 10 LPS [-1 0 0 11; 0 -1.5 0 19.5; 0 0 2 0], up to"
                                + " order and direction of axes");
    }

    /** Input {@code otherspacing}, and a truth of another spacing. */
    @Test
    void aFileOfAnotherSpacingIsRefused() {
        move(files.segmentation().orElseThrow(), 0, 0.5);
        assertThatThrownBy(() -> TrueClasses.read(files, Brats.BRATS2020))
                .isInstanceOf(UserInputException.class)
                .hasMessageContaining("A_seg.nii.gz lies elsewhere in the world than A_flair")
                .hasMessageContaining("[-0.5 0 0 11; 0 -0.75 0 19.5; 0 0 1 0]");
        assertThatThrownBy(() -> PREPARATION.prepare(files))
                .hasMessageContaining("A_seg.nii.gz lies elsewhere in the world than A_flair");
    }

    /** Input {@code eps}. */
    @Test
    void anAffineThatIsOffByAMillionthIsTheSame() {
        move(image(Brats.T1), 1e-6, 1 + 1e-6);
        isAsBefore();
    }
}
