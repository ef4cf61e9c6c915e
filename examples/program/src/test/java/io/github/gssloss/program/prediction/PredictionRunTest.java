/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.measure.Metric;
import io.github.gssloss.imaging.nifti.NiftiDatatype;
import io.github.gssloss.imaging.nifti.NiftiHeader;
import io.github.gssloss.imaging.nifti.NiftiImage;
import io.github.gssloss.imaging.nifti.NiftiReader;
import io.github.gssloss.imaging.nifti.NiftiWriter;
import io.github.gssloss.networks.weights.NpzFile;
import io.github.gssloss.program.PlainPrediction;
import io.github.gssloss.program.Silent;
import io.github.gssloss.program.TinyRun;
import io.github.gssloss.program.evaluation.EvaluationResult;
import io.github.gssloss.program.evaluation.EvaluationRun;
import io.github.gssloss.program.evaluation.EvaluationSettings;
import io.github.gssloss.program.runfolder.Checkpoints;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PredictionRunTest {

    private static final int[] SHAPE = {20, 22, 18};
    private static final double[][] AFFINE = {
        {-1, 0, 0, 90}, {0, -0.5, 0.25, 12}, {0, 0.25, 2, -7}, {0, 0, 0, 1}
    };

    @TempDir private Path folder;
    private Path subject;
    private RunFolder run;

    @BeforeEach
    void aSubjectAndARun() throws IOException {
        subject = Files.createDirectories(folder.resolve("S"));
        // The brain touches the border of the volume on three sides.
        int seed = 0;
        for (String modality : List.of("flair", "t1ce", "t1", "t2")) {
            SplittableRandom random = new SplittableRandom(++seed);
            short[] image = new short[SHAPE[0] * SHAPE[1] * SHAPE[2]];
            for (int v = 0; v < image.length; v++) {
                int x = v / SHAPE[2] / SHAPE[1];
                image[v] = (short) (x < 18 ? random.nextInt(1, 500) : 0);
            }
            NiftiWriter.write(
                    file(modality), NiftiHeader.create(SHAPE, AFFINE, NiftiDatatype.INT16), image);
        }
        run = TinyRun.create(folder.resolve("run"), 5, Map.of());
    }

    private Path file(String modality) {
        return subject.resolve("S_" + modality + ".nii.gz");
    }

    private String predict(String modalities, Path out) throws IOException {
        return predict(modalities, out, true);
    }

    private String predict(String modalities, Path out, boolean overwrite) throws IOException {
        List<String> lines =
                PlainPrediction.of(
                                run,
                                Optional.of(modalities)
                                        .filter(text -> !text.isEmpty())
                                        .map(Brats.BRATS2020::subset))
                        .predict(subject, out, overwrite);
        return lines.get(lines.size() - 1);
    }

    @Test
    void weightsThatOverflowWriteNothing() throws IOException {
        Path weights = Checkpoints.last(run);
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList arrays = NpzFile.read(manager, weights);
            NDList large = new NDList();
            for (NDArray array : arrays) {
                NDArray scaled = array.mul(1e37f);
                scaled.setName(array.getName());
                large.add(scaled);
            }
            NpzFile.write(weights, large);
        }
        Path out = folder.resolve("seg.nii.gz");

        assertThatThrownBy(() -> predict("", out))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        "case S with flair+t1ce+t1+t2, window at [0, 0, 0]: expected finite"
                                + " probabilities, got NaN");
        assertThat(out).doesNotExist();
    }

    @Test
    void theResultLiesOnTheGridOfTheInput() throws IOException {
        Path out = folder.resolve("new/seg.nii.gz");
        String line = predict("", out);

        NiftiImage result = NiftiReader.read(out);
        assertThat(result.header().shape()).isEqualTo(SHAPE);
        assertThat(result.header().geometry().affine())
                .isDeepEqualTo(NiftiReader.readHeader(file("flair")).geometry().affine());
        assertThat(result.header().datatype()).isEqualTo(NiftiDatatype.UINT8);
        assertThat(result.header().geometry().spacing())
                .isEqualTo(NiftiReader.readHeader(file("flair")).geometry().spacing());
        long[] voxels = new long[5];
        for (float label : result.data()) {
            voxels[(int) label]++;
        }
        assertThat(voxels[3]).isZero();
        assertThat(voxels[1] + voxels[2] + voxels[4]).isPositive();
        assertThat(line)
                .isEqualTo(
                        "S with flair+t1ce+t1+t2: %d voxels of NCR/NET, %d voxels of ED, %d voxels"
                                        .formatted(voxels[1], voxels[2], voxels[4])
                                + " of ET");
        // Outside the crop, which here is widened by nothing, all is background.
        for (int v = 18 * SHAPE[1] * SHAPE[2]; v < result.data().length; v++) {
            assertThat(result.data()[v]).isZero();
        }
    }

    @Test
    void labelsAreThoseOfTheDataSet() throws IOException {
        Path out = folder.resolve("seg2020.nii");
        predict("", out);
        float[] labels2020 = NiftiReader.read(out).data();
        run = TinyRun.create(folder.resolve("run2023"), 5, Map.of("labels", "brats2023"));
        predict("", out);
        float[] labels2023 = NiftiReader.read(out).data();
        assertThat(labels2020).contains(4).doesNotContain(3);
        for (int v = 0; v < labels2020.length; v++) {
            assertThat(labels2023[v]).isEqualTo(labels2020[v] == 4 ? 3 : labels2020[v]);
        }
    }

    @Test
    void aMissingFileIsAsGoodAsOneThatIsNotAskedFor() throws IOException {
        Path chosen = folder.resolve("chosen.nii.gz");
        Path left = folder.resolve("left.nii.gz");
        predict("flair+t2", chosen);
        Files.delete(file("t1ce"));
        Files.delete(file("t1"));
        predict("", left);
        assertThat(left).hasSameBinaryContentAs(chosen);
        Path single = folder.resolve("single.nii.gz");
        predict("t2", single);
        assertThat(NiftiReader.read(single).data()).isNotEqualTo(NiftiReader.read(chosen).data());
    }

    /** The truth is what was predicted: an evaluation with the same modalities finds no error. */
    @Test
    void someOfTheModalitiesArePreparedAsInAnEvaluation() throws IOException {
        short[] elsewhere = new short[SHAPE[0] * SHAPE[1] * SHAPE[2]];
        elsewhere[elsewhere.length - 1] = 400;
        elsewhere[elsewhere.length - 2] = 200;
        NiftiWriter.write(
                file("t2"), NiftiHeader.create(SHAPE, AFFINE, NiftiDatatype.INT16), elsewhere);
        predict("flair", file("seg"));

        EvaluationResult result =
                new EvaluationRun(
                                run,
                                Optional.empty(),
                                EvaluationSettings.of(
                                        List.of("flair"), EvaluationSettings.HALF, Brats.BRATS2020),
                                new Silent())
                        .evaluate(subject, folder.resolve("out"), folder.resolve("cache"));

        assertThat(result.problems()).isEmpty();
        assertThat(result.table().orElseThrow().mean(Metric.DICE)).isEqualTo(1);
    }

    @Test
    void refusesWhatCannotBe() throws IOException {
        Path out = folder.resolve("seg.nii.gz");
        refuses(
                "",
                folder.resolve("seg.mha"),
                "prediction "
                        + folder.resolve("seg.mha")
                        + ": expected a name ending .nii or .nii.gz");
        refuses(
                "",
                file("t1"),
                "prediction " + file("t1") + ": expected a new file, this one belongs to case S");
        Files.delete(file("t2"));
        refuses("flair+t2", out, "case S: no t2 file, expected S_t2.nii.gz in " + subject);
        for (String modality : List.of("flair", "t1ce", "t1")) {
            Files.delete(file(modality));
        }
        refuses(
                "",
                out,
                "data folder "
                        + subject
                        + ": no case in it, expected files like <case>/<case>_flair.nii.gz or"
                        + " <case>/<case>-t2f.nii.gz, or dataset.json, imagesTr and labelsTr of"
                        + " nnU-Net");
        Files.createFile(file("seg"));
        refuses(
                "",
                out,
                "case S: no modality, expected at least one of flair, t1ce, t1, t2 as"
                        + " S_flair.nii.gz or S-t2f.nii.gz in "
                        + subject);
        subject = folder;
        Files.createDirectories(folder.resolve("T"));
        Files.createFile(folder.resolve("T/T_t1.nii"));
        refuses("", out, "subject " + folder + ": expected the folder of one case, got 2: S, T...");
        assertThat(out).doesNotExist();
    }

    @Test
    void aSecondPredictionToTheSameOutputIsToOverwrite() throws IOException {
        Path out = folder.resolve("seg.nii.gz");
        Files.writeString(out, "before");
        assertThatThrownBy(() -> predict("", out, false))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        "prediction "
                                + out
                                + ": expected a new file, this one exists; --overwrite replaces"
                                + " it");
        assertThat(out).hasContent("before");
        predict("", out, true);
        assertThat(NiftiReader.read(out).data()).hasSize(SHAPE[0] * SHAPE[1] * SHAPE[2]);
    }

    /** Through links a folder, and so a file in it, has other names. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "only administrators make links there")
    void anOutputOverAnInputIsRefused() throws IOException {
        Files.copy(file("flair"), file("seg"));
        Path real = subject;
        subject = Files.createSymbolicLink(folder.resolve("link"), real);
        Path hard = Files.createLink(folder.resolve("hard.nii.gz"), real.resolve("S_seg.nii.gz"));
        Path soft =
                Files.createSymbolicLink(
                        folder.resolve("soft.nii.gz"), real.resolve("S_t1.nii.gz"));
        byte[] before = Files.readAllBytes(hard);
        for (Path out :
                List.of(
                        real.resolve("S_seg.nii.gz"),
                        real.resolve("S_t2.nii.gz"),
                        folder.resolve("link/../S/S_flair.nii.gz"),
                        hard,
                        soft)) {
            refuses(
                    "flair",
                    out,
                    "prediction "
                            + out
                            + ": expected a new file, this one belongs to case "
                            + CaseFiles.find(subject).get(0).name());
        }
        assertThat(hard).hasBinaryContent(before);
    }

    private void refuses(String modalities, Path out, String message) {
        assertThatThrownBy(() -> predict(modalities, out))
                .isInstanceOf(UserInputException.class)
                .hasMessage(message);
    }
}
