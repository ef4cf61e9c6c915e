/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.Cohort;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.dataset.NnUnetFolder;
import io.github.gssloss.imaging.measure.Measures;
import io.github.gssloss.imaging.nifti.Geometry;
import io.github.gssloss.imaging.nifti.NiftiDatatype;
import io.github.gssloss.imaging.nifti.NiftiHeader;
import io.github.gssloss.imaging.nifti.NiftiImage;
import io.github.gssloss.imaging.nifti.NiftiReader;
import io.github.gssloss.imaging.nifti.NiftiWriter;
import io.github.gssloss.imaging.nifti.Reorientation;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import io.github.gssloss.imaging.prepare.CasePreparation;
import io.github.gssloss.imaging.prepare.PreparedCase;
import io.github.gssloss.imaging.prepare.TrueClasses;
import io.github.gssloss.program.NnUnetFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A case that is evaluated in the volume it was cut from. */
class PreparedEvaluationCaseTest {

    @TempDir private Path folder;

    @Test
    void tumourOutsideTheCropCountsAsMissed() {
        Path data = folder.resolve("data");
        PhantomCohort.write(data, 1, PhantomSettings.ofSeed(1).withShape(32, 32, 32), done -> {});
        Path home = data.resolve("Phantom-0001");
        for (String modality : List.of("flair", "t1ce", "t1", "t2")) {
            Path file = home.resolve("Phantom-0001_" + modality + ".nii.gz");
            NiftiImage image = NiftiReader.read(file);
            float[] half = image.data().clone();
            Arrays.fill(half, 24 * 32 * 32, half.length, 0);
            NiftiWriter.write(file, image.header(), half);
        }
        byte[] labels = new byte[32 * 32 * 32];
        Arrays.fill(labels, (20 * 32 + 16) * 32 + 10, (20 * 32 + 16) * 32 + 13, (byte) 4);
        labels[(30 * 32 + 16) * 32 + 12] = 4;
        Path seg = home.resolve("Phantom-0001_seg.nii.gz");
        NiftiWriter.write(seg, NiftiReader.readHeader(seg), labels);
        CaseFiles files = CaseFiles.find(home).get(0);
        PreparedCase prepared = new CasePreparation(Brats.BRATS2020, 16).prepare(files);
        assertThat(prepared.box().x() + prepared.box().sizeX()).isLessThanOrEqualTo(30);
        PreparedEvaluationCase evaluated = new PreparedEvaluationCase(prepared, Brats.BRATS2020);

        Measures measures =
                evaluated
                        .truth(Brats.BRATS2020)
                        .measure(evaluated.inVolume(evaluated.labels()))
                        .get(Brats.CORE);

        assertThat(measures.sensitivity()).isEqualTo(3 / 4.0);
        assertThat(measures.precision()).isEqualTo(1);
        assertThat(measures.specificity()).isEqualTo(1);
        // From 0, 0, 0 and the 10 planes to the far voxel: 0.85 of the way between the last two.
        assertThat(measures.hd95()).isCloseTo(0.85 * 10 * prepared.spacing()[0], within(1e-6));
    }

    /** What pictures mark the sides by: of BraTS always LPS, of nnU-Net's form as it is stored. */
    @Test
    void theOrientationIsThatOfThePreparedAxes() throws IOException {
        Path data = folder.resolve("data");
        PhantomCohort.write(data, 1, PhantomSettings.ofSeed(1).withShape(32, 36, 40), done -> {});
        CaseFiles stored = CaseFiles.find(data).get(0);
        PreparedEvaluationCase before = prepared(stored, Brats.BRATS2020);
        List<Path> all = new ArrayList<>(stored.images().values());
        all.add(stored.segmentation().orElseThrow());
        for (Path file : all) {
            NiftiImage image = NiftiReader.read(file);
            Geometry now = image.header().geometry();
            Geometry turned = now.in("IRA");
            NiftiDatatype type = image.header().datatype();
            NiftiWriter.write(
                    file,
                    NiftiHeader.create(turned.size(), turned.affine(), type),
                    Reorientation.between(now, turned).orElseThrow().apply(image.data()));
        }
        assertThat(NiftiReader.readHeader(stored.reference()).geometry().orientation())
                .isEqualTo("IRA");
        PreparedEvaluationCase after = prepared(CaseFiles.find(data).get(0), Brats.BRATS2020);
        assertThat(after.orientation()).isEqualTo(before.orientation()).isEqualTo("LPS");
        assertThat(after.shape()).isEqualTo(before.shape());
        assertThat(after.labels()).isEqualTo(before.labels());

        Path raw = folder.resolve("raw");
        new NnUnetFixture(1, 3, List.of(8, 9, 10), 1, ".nii.gz", false, false).write(raw, 1);
        DataDescription description = NnUnetFolder.open(raw).description();
        CaseFiles one = Cohort.find(raw, description).cases().get(0);
        String asStored = NiftiReader.readHeader(one.reference()).geometry().orientation();
        assertThat(asStored).isNotEqualTo("LPS");
        assertThat(prepared(one, description).orientation()).isEqualTo(asStored);
    }

    private static PreparedEvaluationCase prepared(CaseFiles files, DataDescription description) {
        PreparedCase prepared = new CasePreparation(description, 16).prepare(files);
        return new PreparedEvaluationCase(prepared, description);
    }

    /** The padding that a network sees beside the volume is no part of what is compared. */
    @Test
    void aVolumeSmallerThanTheCropIsComparedInItsOwnSize() {
        Path data = folder.resolve("data");
        PhantomCohort.write(data, 1, PhantomSettings.ofSeed(1).withShape(32, 32, 32), done -> {});
        CaseFiles files = CaseFiles.find(data).get(0);
        PreparedCase prepared = new CasePreparation(Brats.BRATS2020, 48).prepare(files);
        PreparedEvaluationCase evaluated = new PreparedEvaluationCase(prepared, Brats.BRATS2020);

        byte[] inVolume = evaluated.inVolume(evaluated.labels());

        assertThat(inVolume).isEqualTo(TrueClasses.read(files, Brats.BRATS2020));
        assertThat(evaluated.truth(Brats.BRATS2020).measure(inVolume).get(Brats.WHOLE))
                .extracting(Measures::dice, Measures::hd95)
                .containsExactly(1.0, 0.0);
    }
}
