/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.measure.Score;
import io.github.gssloss.imaging.nifti.NiftiImage;
import io.github.gssloss.imaging.nifti.NiftiReader;
import io.github.gssloss.imaging.nifti.NiftiWriter;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import io.github.gssloss.networks.weights.NpzFile;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.evaluation.EvaluationResult;
import io.github.gssloss.program.evaluation.EvaluationRun;
import io.github.gssloss.program.evaluation.EvaluationSettings;
import io.github.gssloss.program.runfolder.Checkpoints;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.training.TrainingRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The five classes of BraTS 2015 through data, groups, networks, measures and pictures. */
class Brats2015WayTest {

    @TempDir private Path folder;
    private Path data;
    private float[] truth;

    /** A phantom whose necrosis is a checkerboard of NCR (1) and NET (3). */
    @BeforeEach
    void cases() {
        data = folder.resolve("cases");
        PhantomCohort.write(data, 1, PhantomSettings.ofSeed(5).withShape(32, 32, 32), done -> {});
        Path seg = data.resolve("Phantom-0001/Phantom-0001_seg.nii.gz");
        NiftiImage image = NiftiReader.read(seg);
        truth = image.data().clone();
        for (int v = 0; v < truth.length; v++) {
            if (truth[v] == 1 && v % 2 == 0) {
                truth[v] = 3;
            }
        }
        assertThat(truth).contains(0, 1, 2, 3, 4);
        NiftiWriter.write(seg, image.header(), truth);
    }

    static List<Map<String, String>> networks() {
        return List.of(
                Map.of("model.width", "4", "crop", "16"),
                Map.of(
                        "model.name", "mmformer",
                        "model.width", "2",
                        "model.heads", "2",
                        "model.tokenWidth", "4",
                        "model.hiddenWidth", "8",
                        "crop", "32"));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void aNetworkLearnsFiveClassesAndIsEvaluatedOnThem(Map<String, String> network)
            throws IOException {
        RunFolder run = train(network);

        assertThat(LossRow.read(run.losses()))
                .hasSize(2)
                .allMatch(row -> row.parts().get("distillation") > 0);
        try (NDManager manager = NDManager.newBaseManager()) {
            Shape head =
                    NpzFile.read(manager, Checkpoints.last(run))
                            .get("decoder_sep.seg_layer.bias")
                            .getShape();
            assertThat(head).isEqualTo(new Shape(5));
        }
        Path evaluated = folder.resolve("evaluated");
        EvaluationSettings all =
                new EvaluationSettings(List.of(Brats.BRATS2020.all()), EvaluationSettings.HALF);
        EvaluationResult result =
                new EvaluationRun(run, Optional.empty(), all, new Silent())
                        .evaluate(data, evaluated, folder.resolve("cache"));
        assertThat(result.problems()).isEmpty();
        assertThat(evaluated.resolve("decisions-Phantom-0001.png")).isNotEmptyFile();

        Path out = folder.resolve("seg.nii.gz");
        String line =
                PlainPrediction.of(run).predict(data.resolve("Phantom-0001"), out, false).get(0);
        assertThat(line).contains("voxels of NCR, ", "voxels of ED, ", "voxels of NET, ", " of ET");
        float[] predicted = NiftiReader.read(out).data();
        TreeSet<Float> labels = new TreeSet<>();
        for (float label : predicted) {
            labels.add(label);
        }
        assertThat(labels).isSubsetOf(0f, 1f, 2f, 3f, 4f).hasSizeGreaterThan(1);
        for (Score score : result.table().orElseThrow().rows()) {
            assertThat(score.measures().dice())
                    .as(score.region().label())
                    .isCloseTo(dice(predicted, score.region().label()), within(1e-6));
        }
    }

    /** Whole is everything, core leaves out the oedema (2), enhancing is 4. */
    private double dice(float[] predicted, String region) {
        long both = 0;
        long sum = 0;
        for (int v = 0; v < truth.length; v++) {
            boolean p = contains(region, predicted[v]);
            boolean t = contains(region, truth[v]);
            both += p && t ? 1 : 0;
            sum += (p ? 1 : 0) + (t ? 1 : 0);
        }
        return sum == 0 ? 1 : 2.0 * both / sum;
    }

    private static boolean contains(String region, float label) {
        return switch (region) {
            case "whole" -> label != 0;
            case "core" -> label != 0 && label != 2;
            default -> label == 4;
        };
    }

    private RunFolder train(Map<String, String> network) throws IOException {
        Map<String, String> values = new HashMap<>(network);
        values.putAll(
                Map.of("labels", "brats2015", "batch", "1", "epochs", "1", "iterations", "2"));
        return new TrainingRun(RunSettings.of(values), new Silent())
                .run(data, folder.resolve("run"), folder.resolve("cache"), "test", line -> {});
    }
}
