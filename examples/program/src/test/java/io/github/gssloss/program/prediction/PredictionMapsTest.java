/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.nifti.Geometry;
import io.github.gssloss.imaging.nifti.NiftiDatatype;
import io.github.gssloss.imaging.nifti.NiftiHeader;
import io.github.gssloss.imaging.nifti.NiftiImage;
import io.github.gssloss.imaging.nifti.NiftiReader;
import io.github.gssloss.imaging.nifti.NiftiWriter;
import io.github.gssloss.imaging.nifti.Reorientation;
import io.github.gssloss.imaging.prepare.WorkingSpacing;
import io.github.gssloss.imaging.segment.Cleaning;
import io.github.gssloss.imaging.segment.Mirroring;
import io.github.gssloss.imaging.segment.PredictionFile.MapType;
import io.github.gssloss.imaging.segment.WindowUse;
import io.github.gssloss.imaging.segment.WindowWeights;
import io.github.gssloss.program.PlainPrediction;
import io.github.gssloss.program.Silent;
import io.github.gssloss.program.TinyRun;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.runfolder.RunWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Maps, mirroring, ensembles and other grids, with networks that have learned nothing. */
class PredictionMapsTest {

    @TempDir private Path folder;
    private Path subject;
    private RunFolder run;

    @BeforeEach
    void aSubjectAndARun() throws IOException {
        subject = NoiseSubject.write(folder);
        run = TinyRun.create(folder.resolve("run"), 5, Map.of());
    }

    private Path file(Modality modality) {
        return subject.resolve("S_" + modality.label() + ".nii.gz");
    }

    private static PredictionSettings settings(WindowUse use, Optional<MapType> type) {
        return new PredictionSettings(
                Optional.empty(),
                Optional.empty(),
                use,
                type,
                type.isPresent(),
                type.isPresent(),
                new Cleaning(List.of()));
    }

    private List<String> predict(PredictionSettings settings, Path out, RunFolder... runs)
            throws IOException {
        List<RunWeights> weights = new ArrayList<>();
        for (RunFolder one : runs.length == 0 ? new RunFolder[] {run} : runs) {
            weights.add(RunWeights.of(one, Optional.empty()));
        }
        return new PredictionRun(weights, settings, new Silent()).predict(subject, out, false);
    }

    private float[] data(String name) {
        return NiftiReader.read(folder.resolve(name)).data();
    }

    private float[][] probabilities(String name) {
        float[][] all = new float[4][];
        int[] labels = {0, 1, 2, 4};
        for (int c = 0; c < 4; c++) {
            all[c] = data(name + "_probability-" + labels[c] + ".nii.gz");
        }
        return all;
    }

    @Test
    void mapsSayWhatTheSegmentationSays() throws IOException {
        predict(PlainPrediction.SETTINGS, folder.resolve("plain.nii.gz"));
        PredictionSettings maps = settings(WindowUse.PLAIN, Optional.of(MapType.FLOAT32));
        predict(maps, folder.resolve("maps.nii.gz"));
        assertThat(folder.resolve("maps.nii.gz"))
                .hasSameBinaryContentAs(folder.resolve("plain.nii.gz"));
        float[] labels = data("maps.nii.gz");
        float[][] all = probabilities("maps");
        float[] entropy = data("maps_entropy.nii.gz");
        for (int v = 0; v < labels.length; v++) {
            double sum = 0;
            double information = 0;
            int best = 0;
            for (int c = 0; c < 4; c++) {
                double p = all[c][v];
                sum += p;
                information -= p > 0 ? p * Math.log(p) / Math.log(4) : 0;
                best = all[c][v] > all[best][v] ? c : best;
            }
            assertThat(sum).isCloseTo(1, within(1e-5));
            assertThat((double) entropy[v]).isCloseTo(information, within(1e-5));
            assertThat(labels[v]).isEqualTo(best == 3 ? 4 : best);
        }
        float most = 0;
        for (float value : data("maps_disagreement.nii.gz")) {
            assertThat(value).isBetween(0f, 1f);
            most = Math.max(most, value);
        }
        assertThat(most).isPositive();
        NiftiHeader header = NiftiReader.readHeader(folder.resolve("maps_entropy.nii.gz"));
        assertThat(header.datatype()).isEqualTo(NiftiDatatype.FLOAT32);
        assertThat(header.geometry().matches(NiftiReader.readHeader(file(Brats.T1)).geometry()))
                .isTrue();
    }

    @Test
    void bytesAreScaledByTheHeader() throws IOException {
        predict(
                settings(WindowUse.PLAIN, Optional.of(MapType.FLOAT32)),
                folder.resolve("a.nii.gz"));
        predict(settings(WindowUse.PLAIN, Optional.of(MapType.UINT8)), folder.resolve("b.nii.gz"));
        Path bytes = folder.resolve("b_probability-2.nii.gz");
        assertThat(NiftiReader.readHeader(bytes).datatype()).isEqualTo(NiftiDatatype.UINT8);
        float[] exact = data("a_probability-2.nii.gz");
        float[] scaled = data("b_probability-2.nii.gz");
        for (int v = 0; v < exact.length; v++) {
            assertThat(scaled[v]).isCloseTo(exact[v], within(0.5f / 255 + 1e-6f));
        }
        assertThat(Files.size(bytes))
                .isLessThan(Files.size(folder.resolve("a_probability-2.nii.gz")));
    }

    @Test
    void runsAreAveraged() throws IOException {
        RunFolder other = TinyRun.create(folder.resolve("other"), 6, Map.of());
        PredictionSettings maps = settings(WindowUse.PLAIN, Optional.of(MapType.FLOAT32));
        predict(maps, folder.resolve("one.nii.gz"), run);
        predict(maps, folder.resolve("two.nii.gz"), other);
        predict(maps, folder.resolve("both.nii.gz"), run, other);
        float[][] one = probabilities("one");
        float[][] two = probabilities("two");
        float[][] both = probabilities("both");
        for (int c = 0; c < 4; c++) {
            for (int v = 0; v < both[c].length; v++) {
                assertThat(both[c][v]).isCloseTo((one[c][v] + two[c][v]) / 2, within(1e-5f));
            }
        }
        assertThat(one[2]).isNotEqualTo(two[2]);
        List<String> lines =
                new PredictionRun(
                                List.of(
                                        RunWeights.of(run, Optional.empty()),
                                        RunWeights.of(other, Optional.empty())),
                                settings(
                                        new WindowUse(
                                                Mirroring.of(List.of("x", "z")),
                                                WindowWeights.GAUSSIAN),
                                        Optional.empty()),
                                new Silent())
                        .weights();
        assertThat(lines)
                .hasSize(3)
                .contains("8 passes for each window: 2 networks, each window seen in 4 ways");
        RunFolder larger = TinyRun.create(folder.resolve("larger"), 6, Map.of("crop", "32"));
        assertThatThrownBy(() -> predict(maps, folder.resolve("no.nii.gz"), run, larger))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        "--run: expected runs of one crop to average, got %s and %s with different"
                                        .formatted(run.path(), larger.path())
                                + " ones");
    }

    /** Mirrored along x and back: a mirrored subject has the mirrored result. */
    @Test
    void aMirroredSubjectHasTheMirroredResult() throws IOException {
        WindowUse mirrored = new WindowUse(Mirroring.of(List.of("x")), WindowWeights.UNIFORM);
        PredictionSettings maps = settings(mirrored, Optional.of(MapType.FLOAT32));
        predict(maps, folder.resolve("a.nii.gz"));
        for (Modality modality : Brats.MODALITIES) {
            NiftiImage image = NiftiReader.read(file(modality));
            NiftiWriter.write(file(modality), image.header(), turned(image.data()));
        }
        predict(maps, folder.resolve("b.nii.gz"));
        float[] expected = data("a_probability-1.nii.gz");
        float[] found = turned(data("b_probability-1.nii.gz"));
        assertThat(found).containsExactly(expected, within(1e-4f));
    }

    private static float[] turned(float[] data) {
        float[] turned = new float[data.length];
        int plane = NoiseSubject.SHAPE[1] * NoiseSubject.SHAPE[2];
        for (int v = 0; v < data.length; v++) {
            turned[(NoiseSubject.SHAPE[0] - 1 - v / plane) * plane + v % plane] = data[v];
        }
        return turned;
    }

    @Test
    void anotherOrientationGivesTheSameVoxels() throws IOException {
        predict(PlainPrediction.SETTINGS, folder.resolve("a.nii.gz"));
        Geometry before = Geometry.of(NoiseSubject.SHAPE, NoiseSubject.AFFINE);
        Geometry after = before.in("IRA");
        Reorientation way = Reorientation.between(before, after).orElseThrow();
        for (Modality modality : Brats.MODALITIES) {
            NiftiImage image = NiftiReader.read(file(modality));
            NiftiWriter.write(
                    file(modality),
                    NiftiHeader.create(after.size(), after.affine(), NiftiDatatype.INT16),
                    way.apply(image.data()));
        }
        List<String> lines = predict(PlainPrediction.SETTINGS, folder.resolve("b.nii.gz"));
        assertThat(lines.get(0))
                .isEqualTo("S: axes that lead to IRA were turned to LPS for the network, and back");
        assertThat(data("b.nii.gz")).isEqualTo(way.apply(data("a.nii.gz")));
        assertThat(NiftiReader.readHeader(folder.resolve("b.nii.gz")).shape())
                .isEqualTo(after.size());
    }

    @Test
    void aSpacingOfItsOwnIsBroughtToThatOfTheTraining() throws IOException {
        Files.writeString(
                run.cases(),
                """
                training: {A: "1"}
                validation: {}
                spacing:
                  lowest: [2.0, 1.0, 1.0]
                  median: [2.0, 1.0, 1.0]
                  highest: [2.2, 1.0, 1.0]
                """);
        Path out = folder.resolve("a.nii.gz");
        List<String> lines = predict(PlainPrediction.SETTINGS, out);
        assertThat(lines.get(0))
                .isEqualTo(
                        "S: voxels of 1 x 1 x 1 mm were brought to 2 x 1 x 1 mm for the network,"
                                + " and back");
        assertThat(NiftiReader.readHeader(out).shape()).isEqualTo(NoiseSubject.SHAPE);
        assertThat(folder.resolve("a.yaml"))
                .content()
                .contains("resampled: true", "spacing:\n  - 2.0\n  - 1.0\n  - 1.0");
        PredictionSettings asIs =
                new PredictionSettings(
                        Optional.empty(),
                        Optional.of(WorkingSpacing.parse("1x1x1")),
                        WindowUse.PLAIN,
                        Optional.empty(),
                        false,
                        false,
                        new Cleaning(List.of()));
        assertThat(predict(asIs, folder.resolve("b.nii.gz"))).hasSize(1);
        assertThat(data("b.nii.gz")).isNotEqualTo(data("a.nii.gz"));
    }

    @Test
    void aSingleModalityHasNothingToDisagreeWith() throws IOException {
        for (Modality modality : List.of(Brats.T1, Brats.T1CE, Brats.FLAIR)) {
            Files.delete(file(modality));
        }
        List<String> lines =
                predict(
                        settings(WindowUse.PLAIN, Optional.of(MapType.UINT8)),
                        folder.resolve("a.nii.gz"));
        assertThat(lines).contains("S: no map of the disagreement: t2 is a single branch");
        assertThat(folder.resolve("a_disagreement.nii.gz")).doesNotExist();
    }
}
