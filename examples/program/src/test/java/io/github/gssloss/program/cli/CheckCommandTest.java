/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.imaging.nifti.NiftiDatatype;
import io.github.gssloss.imaging.nifti.NiftiHeader;
import io.github.gssloss.imaging.nifti.NiftiImage;
import io.github.gssloss.imaging.nifti.NiftiReader;
import io.github.gssloss.imaging.nifti.NiftiWriter;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {

    @TempDir private static Path phantoms;
    @TempDir private Path folder;
    private final CommandHarness gss = new CommandHarness();

    /** The folder of a sound case. */
    private Path one;

    @BeforeAll
    static void phantoms() {
        PhantomSettings settings = PhantomSettings.ofSeed(5).withShape(48, 48, 48);
        PhantomCohort.write(phantoms.resolve("all"), 1, settings, done -> {});
    }

    @BeforeEach
    void aCase() throws IOException {
        one = copy("Phantom-0001");
    }

    private Path copy(String name) throws IOException {
        Path made = Files.createDirectories(folder.resolve(name));
        for (String what : List.of("flair", "t1ce", "t1", "t2", "seg")) {
            Path from = phantoms.resolve("all/Phantom-0001/Phantom-0001_" + what + ".nii.gz");
            Files.copy(from, made.resolve(made.getFileName() + "_" + what + ".nii.gz"));
        }
        return made;
    }

    private Path file(String what) {
        return one.resolve("Phantom-0001_" + what + ".nii.gz");
    }

    private List<String> check(int code, String... options) {
        String[] args = new String[options.length + 2];
        args[0] = "check";
        args[1] = folder.toString();
        System.arraycopy(options, 0, args, 2, options.length);
        assertThat(gss.run(args)).as(gss.out() + gss.errLines()).isEqualTo(code);
        assertThat(gss.errLines()).isEmpty();
        return gss.out().lines().filter(line -> !line.startsWith("Checking cases")).toList();
    }

    /** Counts from numpy.unique, spacing and axes from nibabel 5.0. */
    @Test
    void aSoundCaseIsARowOfTheTable() {
        assertThat(check(0))
                .containsExactly(
                        "case          modalities      size         spacing  axes  label 1"
                                + "  label 2  label 4  remarks",
                        "Phantom-0001  all         48x48x48  4.21x4.21x4.21   LPS       64"
                                + "     1059      245",
                        "",
                        "1 case: 1 to train on and to evaluate, 1 to segment");
    }

    @Test
    void whatACaseMayLackIsOdd() throws IOException {
        Files.delete(file("t1"));
        Files.delete(file("seg"));
        copy("a-case-with-a-name-that-is-much-too-long-for-a-table");
        assertThat(check(0))
                .contains(
                        "Phantom-0001                         flair+t1ce+t2  48x48x48"
                                + "  4.21x4.21x4.21   LPS        -        -        -        2",
                        "2 cases: 1 to train on and to evaluate, 2 to segment",
                        "1 of 2 cases lacks a modality: t1 1",
                        "Odd:",
                        "  case Phantom-0001: no t1",
                        "  case Phantom-0001: no segmentation")
                .anyMatch(line -> line.startsWith("a-case-with-a-na...long-for-a-table  all"))
                .allMatch(line -> line.length() <= 120);
    }

    /** Voxels that are no numbers, an image of zeros, an unknown label, a gzip named .nii. */
    @Test
    void whatTrainingWouldRefuseCannotBeUsed() throws IOException {
        NiftiImage flair = NiftiReader.read(file("flair"));
        float[] broken = flair.data().clone();
        broken[7] = Float.NaN;
        broken[8] = Float.POSITIVE_INFINITY;
        NiftiWriter.write(
                file("flair"), flair.header().withDatatype(NiftiDatatype.FLOAT32), broken);
        NiftiImage t2 = NiftiReader.read(file("t2"));
        NiftiWriter.write(file("t2"), t2.header(), new float[t2.data().length]);
        NiftiImage seg = NiftiReader.read(file("seg"));
        float[] other = seg.data().clone();
        for (int v = 0; v < other.length; v++) {
            other[v] = other[v] == 4 ? 3 : other[v];
        }
        NiftiWriter.write(file("seg"), seg.header(), other);
        Files.move(file("t1"), one.resolve("Phantom-0001_t1.nii"));

        assertThat(check(2))
                .contains(
                        "1 case: 0 to train on and to evaluate, 0 to segment",
                        "Cannot be used:",
                        "  case Phantom-0001: flair: 2 voxels are not finite",
                        "  case Phantom-0001: t2: all voxels are 0",
                        "  case Phantom-0001: segmentation holds label 3 (245 voxels), expected one"
                                + " of 0, 1, 2, 4 (brats2020)")
                .anyMatch(
                        line ->
                                line.startsWith("  case Phantom-0001: Phantom-0001_t1.nii: ")
                                        && line.contains("gzip"));
        assertThat(check(2, "--labels", "brats2023"))
                .noneMatch(line -> line.contains("holds label"))
                .anyMatch(line -> line.contains("label 3"));
    }

    @Test
    void aFileWhoseAxesLeadElsewhereIsOdd() {
        NiftiImage t2 = NiftiReader.read(file("t2"));
        double[][] affine = t2.header().geometry().affine();
        float[] turned = new float[t2.data().length];
        int plane = 48 * 48;
        for (int v = 0; v < turned.length; v++) {
            turned[v] = t2.data()[(47 - v / plane) * plane + v % plane];
        }
        for (int row = 0; row < 3; row++) {
            affine[row][3] += 47 * affine[row][0];
            affine[row][0] = -affine[row][0];
        }
        NiftiHeader header =
                NiftiHeader.create(new int[] {48, 48, 48}, affine, t2.header().datatype());
        NiftiWriter.write(file("t2"), header, turned);

        assertThat(check(0).stream().filter(line -> line.startsWith("  case")))
                .containsExactly(
                        "  case Phantom-0001: Phantom-0001_t2.nii.gz: axes RPS, those of"
                                + " Phantom-0001_flair.nii.gz LPS: turned on reading");
    }

    @Test
    void casesOfSeveralSizesAreOdd() throws IOException {
        copy("Phantom-0003");
        PhantomSettings small = PhantomSettings.ofSeed(5).withShape(32, 32, 32);
        PhantomCohort.write(folder.resolve("more"), 2, small, done -> {});
        Files.move(folder.resolve("more/Phantom-0001"), folder.resolve("more/small"));
        Files.move(folder.resolve("more/Phantom-0002"), folder.resolve("more/smaller"));
        copy("Phantom-0004");

        assertThat(check(0))
                .contains("  sizes differ: 48x48x48 in 3 cases, 32x32x32 in 2 cases")
                .anyMatch(line -> line.startsWith("  spacings differ: 4.21x4.21x4.21 in 3 cases, "))
                .noneMatch(line -> line.startsWith("  axes differ"));
    }

    @Test
    void labelsAreWholeNumbersAndSomeAreThere() {
        NiftiImage seg = NiftiReader.read(file("seg"));
        float[] labels = new float[seg.data().length];
        NiftiWriter.write(file("seg"), seg.header(), labels);
        assertThat(check(0)).contains("  case Phantom-0001: segmentation: all voxels are 0");

        labels[3] = 1.5f;
        labels[4] = Float.NaN;
        labels[5] = 1.0005f;
        NiftiWriter.write(file("seg"), seg.header().withDatatype(NiftiDatatype.FLOAT32), labels);
        assertThat(check(2))
                .contains(
                        "  case Phantom-0001: segmentation holds 2 voxels that are no whole"
                                + " numbers");
    }

    @Test
    void whatIsLeftOutIsNamedAndTheExitCodeSaysSo() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.createFile(other.resolve("scan.nii"));
        assertThat(check(2))
                .contains(
                        "Left out:",
                        "  "
                                + other
                                + ": left out scan.nii: expected names like other_flair.nii.gz or"
                                + " other-t2f.nii.gz");
        assertThat(check(0, "--skip-unknown")).contains("Left out:");
    }

    @Test
    void intensitiesWithoutABackgroundOfZeroAreOdd() {
        // As in CT: air is -1000.
        for (String what : List.of("flair", "t1ce", "t1", "t2")) {
            NiftiImage image = NiftiReader.read(file(what));
            float[] air = image.data().clone();
            for (int v = 0; v < air.length; v++) {
                air[v] = air[v] == 0 ? -1000 : air[v];
            }
            NiftiWriter.write(file(what), image.header(), air);
        }
        assertThat(check(0))
                .contains(
                        "  case Phantom-0001: the foreground (nonzero) fills 100 % of its box, a"
                                + " brain about half: does the setting foreground fit?");
    }

    @Test
    void aFolderWithoutCasesIsRefused() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThat(gss.run("check", empty.toString())).isEqualTo(2);
        assertThat(gss.errLines())
                .containsExactly(
                        "gss check: data folder "
                                + empty
                                + ": no case in it, expected files like <case>/<case>_flair.nii.gz"
                                + " or <case>/<case>-t2f.nii.gz, or dataset.json, imagesTr and"
                                + " labelsTr of nnU-Net");
        assertThat(gss.run("check", "nowhere")).isEqualTo(2);
        assertThat(gss.errLines())
                .containsExactly("gss check: FOLDER nowhere: expected a folder, got nothing there");
    }
}
