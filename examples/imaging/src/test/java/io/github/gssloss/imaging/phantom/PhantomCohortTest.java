/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.phantom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.nifti.NiftiDatatype;
import io.github.gssloss.imaging.nifti.NiftiImage;
import io.github.gssloss.imaging.nifti.NiftiReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhantomCohortTest {

    private static final PhantomSettings SMALL = PhantomSettings.ofSeed(2).withShape(32, 36, 33);

    @TempDir Path folder;

    @Test
    void writesCasesInBratsForm() throws IOException {
        Path out = folder.resolve("new").resolve("cohort");
        List<Integer> progress = new ArrayList<>();
        PhantomCohort.write(out, 2, SMALL, progress::add);

        assertThat(progress).containsExactly(1, 2);
        assertThat(names(out)).containsExactly("Phantom-0001", "Phantom-0002");
        assertThat(names(out.resolve("Phantom-0002")))
                .containsExactly(
                        "Phantom-0002_flair.nii.gz",
                        "Phantom-0002_seg.nii.gz",
                        "Phantom-0002_t1.nii.gz",
                        "Phantom-0002_t1ce.nii.gz",
                        "Phantom-0002_t2.nii.gz");
        Phantom phantom = Phantom.generate(SMALL, 1);
        for (Modality modality : Brats.MODALITIES) {
            NiftiImage image = read(out, "Phantom-0002", modality.label());
            assertThat(image.header().datatype()).isEqualTo(NiftiDatatype.INT16);
            assertThat(rounded(image)).isEqualTo(phantom.image(modality));
        }
        NiftiImage seg = read(out, "Phantom-0002", "seg");
        assertThat(seg.header().datatype()).isEqualTo(NiftiDatatype.UINT8);
        assertThat(seg.header().shape()).containsExactly(32, 36, 33);
        double voxel = SMALL.voxelSize();
        assertThat(seg.header().geometry().spacing()).containsOnly((float) voxel);
        assertThat(seg.header().geometry().affine()[0][0]).isEqualTo(-voxel, within(1e-5));
        assertThat(seg.header().geometry().affine()[1][3]).isEqualTo(35 * voxel, within(1e-4));
        short[] labels = rounded(seg);
        for (int i = 0; i < labels.length; i++) {
            assertThat((int) labels[i]).isEqualTo(phantom.labels()[i]);
        }
    }

    @Test
    void writesASubjectTheSameWhateverTheirNumber() throws IOException {
        Path one = folder.resolve("one");
        Path three = folder.resolve("three");
        PhantomCohort.write(one, 1, SMALL, done -> {});
        PhantomCohort.write(three, 3, SMALL, done -> {});
        List<String> files = names(one.resolve("Phantom-0001"));
        assertThat(files).hasSize(5);
        for (String file : files) {
            Path inBoth = Path.of("Phantom-0001", file);
            assertThat(three.resolve(inBoth)).hasSameBinaryContentAs(one.resolve(inBoth));
        }
    }

    @Test
    void writesAFolderOnce() throws IOException {
        Path expected = folder.resolve("expected");
        PhantomCohort.write(
                expected, 2, PhantomSettings.ofSeed(1).withShape(32, 32, 32), done -> {});
        Path out = folder.resolve("deep").resolve("once");
        Path image = Path.of("Phantom-0002", "Phantom-0002_t2.nii.gz");

        assertThat(PhantomCohort.writeOnce(out, 2, 32)).isEqualTo(out);

        assertThat(out.resolve(image)).hasSameBinaryContentAs(expected.resolve(image));
        assertThat(out.getParent()).isDirectoryNotContaining("glob:**unfinished*");
        Files.delete(out.resolve(image));
        assertThat(PhantomCohort.writeOnce(out, 2, 32)).isEqualTo(out);
        assertThat(out.resolve(image)).doesNotExist();
    }

    @Test
    void refusesAFolderWithContentAndLeavesItAlone() throws IOException {
        Files.createFile(folder.resolve("mine.txt"));
        assertThatThrownBy(() -> PhantomCohort.write(folder, 1, SMALL, done -> {}))
                .isInstanceOf(UserInputException.class)
                .hasMessage(folder + ": expected a new or empty folder, got one with content");
        assertThat(names(folder)).containsExactly("mine.txt");
    }

    @Test
    void refusesAFileAsFolderAndAWrongNumberOfSubjects() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> PhantomCohort.write(file, 1, SMALL, done -> {}))
                .isInstanceOf(UserInputException.class)
                .hasMessage(file + ": expected a folder, got a file");
        Path out = folder.resolve("out");
        assertThatThrownBy(() -> PhantomCohort.write(out, 0, SMALL, done -> {}))
                .isInstanceOf(UserInputException.class)
                .hasMessage("phantom subjects: expected from 1 to 9999, got 0");
        assertThatThrownBy(() -> PhantomCohort.write(out, 10_000, SMALL, done -> {}))
                .isInstanceOf(UserInputException.class)
                .hasMessage("phantom subjects: expected from 1 to 9999, got 10000");
        assertThat(out).doesNotExist();
    }

    private static NiftiImage read(Path out, String name, String ending) {
        return NiftiReader.read(out.resolve(name).resolve(name + "_" + ending + ".nii.gz"));
    }

    private static short[] rounded(NiftiImage image) {
        short[] values = new short[image.data().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (short) image.data()[i];
        }
        return values;
    }

    private static List<String> names(Path in) throws IOException {
        try (Stream<Path> files = Files.list(in)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
