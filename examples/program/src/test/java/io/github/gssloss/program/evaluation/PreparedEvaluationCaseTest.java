/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.measure.Measures;
import io.github.gssloss.imaging.nifti.NiftiImage;
import io.github.gssloss.imaging.nifti.NiftiReader;
import io.github.gssloss.imaging.nifti.NiftiWriter;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import io.github.gssloss.imaging.prepare.CasePreparation;
import io.github.gssloss.imaging.prepare.PreparedCase;
import io.github.gssloss.imaging.prepare.TrueClasses;
import java.nio.file.Path;
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
