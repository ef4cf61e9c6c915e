/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.util.Progress;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.nifti.NiftiDatatype;
import io.github.gssloss.imaging.nifti.NiftiHeader;
import io.github.gssloss.imaging.nifti.NiftiReader;
import io.github.gssloss.imaging.nifti.NiftiWriter;
import io.github.gssloss.imaging.prepare.WorkingSpacing;
import io.github.gssloss.imaging.segment.Cleaning;
import io.github.gssloss.imaging.segment.Components;
import io.github.gssloss.imaging.segment.PredictionFile.MapType;
import io.github.gssloss.imaging.segment.WindowUse;
import io.github.gssloss.program.PlainPrediction;
import io.github.gssloss.program.Silent;
import io.github.gssloss.program.TinyRun;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.runfolder.RunWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One case, segmented in several ways into the same folder. */
class CasePredictionTest {

    private static final int[] SHAPE = {20, 17, 22};

    @TempDir private Path folder;
    private Path out;
    private RunFolder run;

    @BeforeEach
    void aCaseAndARun() throws IOException {
        out = folder.resolve("out");
        Path subject = Files.createDirectories(folder.resolve("data/S"));
        for (Modality modality : Brats.MODALITIES) {
            SplittableRandom random = new SplittableRandom(modality.index());
            short[] image = new short[SHAPE[0] * SHAPE[1] * SHAPE[2]];
            for (int v = 0; v < image.length; v++) {
                image[v] = (short) random.nextInt(1, 500);
            }
            NiftiWriter.write(
                    subject.resolve("S_" + modality.label() + ".nii.gz"),
                    NiftiHeader.create(SHAPE, new float[] {2, 1, 1}, NiftiDatatype.INT16),
                    image);
        }
        run = TinyRun.create(folder.resolve("run"), 5, Map.of());
    }

    private static PredictionSettings settings(
            Optional<String> spacing, Optional<MapType> maps, Cleaning.Step... steps) {
        return new PredictionSettings(
                Optional.empty(),
                spacing.map(WorkingSpacing::parse),
                WindowUse.PLAIN,
                maps,
                maps.isPresent(),
                maps.isPresent(),
                new Cleaning(List.of(steps)));
    }

    private FolderPrediction.Result result(PredictionSettings settings, boolean overwrite)
            throws IOException {
        PredictionRun prediction =
                new PredictionRun(
                        List.of(RunWeights.of(run, Optional.empty())), settings, new Silent());
        return new FolderPrediction(prediction, folder.resolve("data"), out, overwrite).segment();
    }

    private List<String> predict(PredictionSettings settings, boolean overwrite)
            throws IOException {
        FolderPrediction.Result result = result(settings, overwrite);
        assertThat(result.problems()).isEmpty();
        return result.lines();
    }

    private float[] data(String name) {
        return NiftiReader.read(out.resolve(name)).data();
    }

    /** Beside a segmentation of other weights they would be taken for its maps. */
    @Test
    void theMapsOfTheFormerPredictionGo() throws IOException {
        Files.createDirectories(out);
        Path foreign = Files.writeString(out.resolve("S_mine.nii.gz"), "mine");
        predict(settings(Optional.empty(), Optional.of(MapType.UINT8)), false);
        assertThat(out)
                .isDirectoryContaining("glob:**/S_probability-4.nii.gz")
                .isDirectoryContaining("glob:**/S_entropy.nii.gz")
                .isDirectoryContaining("glob:**/S_disagreement.nii.gz");
        TinyRun.addCheckpoint(run, 6, 2);
        predict(PlainPrediction.SETTINGS, true);
        try (var files = Files.list(out)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            ".lock", "S.nii.gz", "S.yaml", "S_mine.nii.gz", "volumes.csv");
        }
        assertThat(foreign).hasContent("mine");
        assertThat(out.resolve("S.yaml")).content().contains("maps: []");
    }

    /** Between voxels of the network a border lies as the probabilities say. */
    @Test
    void aResampledCaseHasTheClassOfItsLargestProbability() throws IOException {
        List<String> lines =
                predict(settings(Optional.of("4x2x2"), Optional.of(MapType.FLOAT32)), false);
        assertThat(lines.get(1))
                .isEqualTo(
                        "S: voxels of 2 x 1 x 1 mm were brought to 4 x 1.8889 x 2 mm for the"
                                + " network, and back");
        int[] labels = {0, 1, 2, 4};
        float[][] all = new float[4][];
        for (int c = 0; c < 4; c++) {
            all[c] = data("S_probability-" + labels[c] + ".nii.gz");
        }
        float[] classes = data("S.nii.gz");
        for (int v = 0; v < classes.length; v++) {
            int best = 0;
            for (int c = 1; c < 4; c++) {
                best = all[c][v] > all[best][v] ? c : best;
            }
            assertThat(classes[v]).isEqualTo(labels[best]);
        }
        assertThat(classes).contains(1).contains(2).contains(4);
    }

    /** A voxel has 2 mm^3: the largest component of n voxels is kept from 2 n mm^3 on. */
    @Test
    void componentsAreMeasuredInCubicMillimetres() throws IOException {
        predict(PlainPrediction.SETTINGS, false);
        float[] labels = data("S.nii.gz");
        Components found =
                Components.of(v -> labels[v] != 0, SHAPE, Components.Neighbourhood.CORNERS);
        int largest = 0;
        for (int number = 1; number <= found.count(); number++) {
            largest = Math.max(largest, found.size(number));
        }
        Cleaning.Target all = Cleaning.Target.FOREGROUND;
        predict(
                settings(
                        Optional.empty(),
                        Optional.empty(),
                        new Cleaning.Smallest(all, 2.0 * largest)),
                true);
        int kept = 0;
        for (float label : data("S.nii.gz")) {
            kept += label == 0 ? 0 : 1;
        }
        assertThat(kept).isPositive().isEqualTo(largest);
        List<String> lines =
                predict(
                        settings(
                                Optional.empty(),
                                Optional.empty(),
                                new Cleaning.Smallest(all, 2.0 * largest + 1)),
                        true);
        assertThat(data("S.nii.gz")).containsOnly(0);
        int foreground = 0;
        for (float label : labels) {
            foreground += label == 0 ? 0 : 1;
        }
        assertThat(lines)
                .filteredOn(line -> line.startsWith("S: "))
                .last()
                .asString()
                .endsWith(": %d, %d voxels".formatted(found.count(), foreground));
        assertThat(lines.get(lines.size() - 1))
                .endsWith(": 0 voxels of NCR/NET, 0 voxels of ED, 0 voxels of ET");
    }

    /** The branches see each window after the network has: the display never goes back. */
    @Test
    void progressCountsThePassesOfBranchesToo() throws IOException {
        List<Long> seen = new ArrayList<>();
        Progress counting =
                new Silent() {
                    @Override
                    public void update(long progress, String message) {
                        seen.add(progress);
                    }
                };
        new PredictionRun(
                        List.of(RunWeights.of(run, Optional.empty())),
                        settings(Optional.empty(), Optional.of(MapType.UINT8)),
                        counting)
                .predict(folder.resolve("data/S"), out.resolve("S.nii.gz"), false);
        assertThat(seen).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(8);
    }

    /** Where an image does not reach is 0: its user is told how much that is. */
    @Test
    void anImageOnAnotherGridIsNamedWithWhatItReaches() throws IOException {
        Path t2 = folder.resolve("data/S/S_t2.nii.gz");
        double[][] affine = NiftiReader.readHeader(t2).geometry().affine();
        // Fifteen of twenty voxels of 2 mm.
        affine[0][3] += 30;
        short[] image = new short[SHAPE[0] * SHAPE[1] * SHAPE[2]];
        for (int v = 0; v < image.length; v++) {
            image[v] = (short) (1 + v % 300);
        }
        NiftiWriter.write(t2, NiftiHeader.create(SHAPE, affine, NiftiDatatype.INT16), image);
        assertThat(predict(PlainPrediction.SETTINGS, false))
                .contains(
                        "S: t2 lies on another grid than the first image and reaches 25 % of it:"
                                + " resampled, linearly, as the affines say; nothing was"
                                + " registered");
        assertThat(out.resolve("S.yaml")).content().contains("resampledImages:\n- \"t2\"\n");
    }

    /** Weights alone do not say in which windows and at which spacing they are used. */
    @Test
    void cropAndSpacingOfTheRunMakeAnotherPrediction() throws IOException {
        predict(PlainPrediction.SETTINGS, false);
        assertThat(predict(PlainPrediction.SETTINGS, false)).containsExactly("S: is there already");
        Path weights = RunWeights.of(run, Optional.empty()).checkpoint();
        run = TinyRun.create(folder.resolve("larger"), 5, Map.of("crop", "24"));
        Files.copy(
                weights,
                RunWeights.of(run, Optional.empty()).checkpoint(),
                StandardCopyOption.REPLACE_EXISTING);
        assertThat(result(PlainPrediction.SETTINGS, false).problems()).hasSize(1);
        predict(PlainPrediction.SETTINGS, true);
        assertThat(predict(PlainPrediction.SETTINGS, false)).containsExactly("S: is there already");
        recordSpacing(run);
        assertThat(result(PlainPrediction.SETTINGS, false).problems()).hasSize(1);
        assertThat(predict(PlainPrediction.SETTINGS, true))
                .anyMatch(line -> line.contains("were brought to"));
    }

    private static void recordSpacing(RunFolder run) throws IOException {
        Files.writeString(
                run.cases(),
                """
                training: {A: "1"}
                validation: {}
                spacing:
                  lowest: [3.0, 1.0, 1.0]
                  median: [3.0, 1.0, 1.0]
                  highest: [3.0, 1.0, 1.0]
                """);
    }

    @Test
    void itsUserIsToldWhichSpacingIsTaken() throws IOException {
        RunFolder other = TinyRun.create(folder.resolve("other"), 6, Map.of());
        String none =
                ": does not record the spacing that it was trained at: images keep theirs,"
                        + " --spacing gives one";
        assertThat(warnings(Optional.empty(), run, other)).containsExactly(run.path() + none);
        recordSpacing(run);
        assertThat(warnings(Optional.empty(), run)).isEmpty();
        assertThat(warnings(Optional.empty(), run, other))
                .containsExactly(
                        other.path()
                                + ": records other spacings of its training cases than "
                                + run.path()
                                + ", whose are taken for all runs");
        assertThat(warnings(Optional.of("1x1x1"), run, other)).isEmpty();
        recordSpacing(other);
        assertThat(warnings(Optional.empty(), run, other)).isEmpty();
    }

    private static List<String> warnings(Optional<String> spacing, RunFolder... runs)
            throws IOException {
        return new PredictionRun(
                        Stream.of(runs).map(one -> RunWeights.of(one, Optional.empty())).toList(),
                        settings(spacing, Optional.empty()),
                        new Silent())
                .warnings().stream()
                        // The record of these cases has their spacing alone.
                        .filter(line -> !line.contains("was trained otherwise"))
                        .toList();
    }
}
