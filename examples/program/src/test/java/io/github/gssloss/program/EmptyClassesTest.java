/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.Region;
import io.github.gssloss.imaging.measure.Measures;
import io.github.gssloss.imaging.measure.Score;
import io.github.gssloss.imaging.nifti.NiftiImage;
import io.github.gssloss.imaging.nifti.NiftiReader;
import io.github.gssloss.imaging.nifti.NiftiWriter;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import io.github.gssloss.program.evaluation.EvaluationResult;
import io.github.gssloss.program.evaluation.EvaluationRun;
import io.github.gssloss.program.evaluation.EvaluationSettings;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cases that lack a class, and brains that fill the volume, from the files to the report. */
class EmptyClassesTest {

    private static final String NAME = "Phantom-0001";
    private static final int ENHANCING = 4;

    @TempDir private Path folder;
    private Path home;

    @BeforeEach
    void aPhantom() {
        PhantomSettings small = PhantomSettings.ofSeed(4).withShape(32, 32, 32);
        PhantomCohort.write(folder.resolve("data"), 1, small, done -> {});
        home = folder.resolve("data").resolve(NAME);
    }

    @Test
    void withoutEnhancingTumour() throws IOException {
        relabel(label -> label == ENHANCING ? 1 : label);

        Measures enhancing = evaluate().get(Brats.ENHANCING);

        expectEmptyTruth(Brats.ENHANCING, enhancing);
    }

    @Test
    void withoutAnyTumourInABrainThatFillsTheVolume() throws IOException {
        relabel(label -> 0);
        for (String modality : List.of("flair", "t1ce", "t1", "t2")) {
            Path file = home.resolve(NAME + "_" + modality + ".nii.gz");
            NiftiImage image = NiftiReader.read(file);
            float[] filled = image.data().clone();
            for (int v = 0; v < filled.length; v++) {
                filled[v] += 40;
            }
            NiftiWriter.write(file, image.header(), filled);
        }

        Map<Region, Measures> regions = evaluate();

        for (Region region : Brats.BRATS2020.regions()) {
            expectEmptyTruth(region, regions.get(region));
        }
    }

    private interface Change {
        int apply(int label);
    }

    private void relabel(Change change) {
        Path seg = home.resolve(NAME + "_seg.nii.gz");
        NiftiImage truth = NiftiReader.read(seg);
        byte[] labels = new byte[truth.data().length];
        for (int v = 0; v < labels.length; v++) {
            labels[v] = (byte) change.apply((int) truth.data()[v]);
        }
        NiftiWriter.write(seg, truth.header(), labels);
    }

    private Map<Region, Measures> evaluate() throws IOException {
        RunFolder run = TinyRun.create(folder.resolve("run"), 1, Map.of());
        EvaluationSettings all =
                new EvaluationSettings(List.of(Brats.BRATS2020.all()), EvaluationSettings.HALF);
        PlainPrediction.of(run).predict(home, prediction(), false);
        Path out = folder.resolve("out");
        EvaluationResult result =
                new EvaluationRun(run, Optional.empty(), all, new Silent())
                        .evaluate(folder.resolve("data"), out, folder.resolve("cache"));
        assertThat(result.problems()).isEmpty();
        assertThat(out.resolve("overlay-" + NAME + ".png")).isNotEmptyFile();
        assertThat(Files.readAllLines(out.resolve("scores.csv"))).hasSize(1 + 3);
        return result.table().orElseThrow().rows().stream()
                .collect(Collectors.toMap(Score::region, Score::measures));
    }

    private Path prediction() {
        return folder.resolve("seg.nii.gz");
    }

    /**
     * Of the region nothing is true: whatever was predicted of it, counted in its file, is wrong.
     */
    private void expectEmptyTruth(Region region, Measures measures) {
        float[] labels = NiftiReader.read(prediction()).data();
        long predicted = 0;
        for (float label : labels) {
            boolean inside =
                    switch (region.label()) {
                        case "whole" -> label != 0;
                        case "core" -> label == 1 || label == ENHANCING;
                        default -> label == ENHANCING;
                    };
            predicted += inside ? 1 : 0;
        }
        double wrong = predicted / (double) labels.length;
        assertThat(measures.specificity()).isCloseTo(1 - wrong, within(1e-12));
        assertThat(measures.dice()).isCloseTo(predicted == 0 ? 1 : 0, within(1e-8));
        assertThat(measures.precision()).isEqualTo(predicted == 0 ? 1 : 0);
        assertThat(measures.sensitivity()).isEqualTo(predicted == 0 ? 1 : 0);
        assertThat(measures.hd95()).isEqualTo(predicted == 0 ? 0 : Measures.HD95_ONE_EMPTY);
    }
}
