/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import io.github.gssloss.program.Silent;
import io.github.gssloss.program.TinyRun;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.evaluation.EvaluationRun;
import io.github.gssloss.program.evaluation.EvaluationSettings;
import io.github.gssloss.program.runfolder.Checkpoints;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.runfolder.RunWeights;
import io.github.gssloss.program.training.TrainingRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a model says of whoever trained it: neither patients nor folders, unless it is asked to. */
class ExportedNamesTest {

    @TempDir private Path folder;
    private Path data;
    private RunFolder run;

    /** A training that began with weights, which its settings name. */
    @BeforeEach
    void aRunWithFoldersInItsSettings() throws IOException {
        data = folder.resolve("data");
        PhantomSettings phantoms = PhantomSettings.ofSeed(5).withShape(32, 32, 32);
        PhantomCohort.write(data, 2, phantoms, done -> {});
        RunFolder before = TinyRun.create(folder.resolve("before"), 3, Map.of());
        RunSettings settings =
                RunSettings.of(
                        Map.of(
                                "model.width", "4",
                                "model.weights", Checkpoints.last(before).toString(),
                                "crop", "16",
                                "batch", "1",
                                "epochs", "1",
                                "iterations", "1",
                                "loss.preset", "none"));
        run =
                new TrainingRun(settings, new Silent())
                        .run(
                                data,
                                folder.resolve("run"),
                                folder.resolve("cache"),
                                "gss train --data /home/somebody",
                                line -> {});
    }

    private Path export(boolean caseNames, Optional<Path> evaluated) throws IOException {
        Path out = folder.resolve("model.zip");
        RunWeights weights = RunWeights.of(run, Optional.empty());
        new ModelExport(weights, evaluated, Optional.empty(), caseNames).write(out, false);
        return out;
    }

    private EvaluationRun evaluation(RunFolder of, EvaluationSettings settings) {
        return new EvaluationRun(of, Optional.empty(), settings, new Silent());
    }

    @Test
    void noEntryNamesAPatientOrAFolder() throws IOException {
        EvaluationSettings all = new EvaluationSettings(List.of(Brats.BRATS2020.all()), 0.5);
        Path evaluated = folder.resolve("evaluated");
        evaluation(run, all).evaluate(data, evaluated, folder.resolve("cache"));

        Path model = export(false, Optional.of(evaluated));

        try (ZipFile zip = new ZipFile(model.toFile())) {
            List<? extends ZipEntry> entries = Collections.list(zip.entries());
            assertThat(entries).hasSize(7);
            for (ZipEntry one : entries) {
                assertThat(text(zip, one.getName()))
                        .as(one.getName())
                        .doesNotContain("Phantom", "somebody", folder.toString());
            }
            assertThat(text(zip, "README.md")).contains("| from the weights | epoch-00001.npz |");
            assertThat(text(zip, "settings.yaml")).contains("weights: epoch-00001.npz\n");
        }
        RunFolder opened = RunFolder.open(model);
        assertThatThrownBy(
                        () ->
                                evaluation(opened, all.ofUnseen())
                                        .evaluate(
                                                data,
                                                folder.resolve("unseen"),
                                                folder.resolve("cache")))
                .isInstanceOf(UserInputException.class)
                .hasMessage(model + ": expected a run that says which cases it was trained on");
    }

    @Test
    void namesOfCasesAreKeptOnRequest() throws IOException {
        try (ZipFile zip = new ZipFile(export(true, Optional.empty()).toFile())) {
            assertThat(text(zip, "cases.yaml")).contains("Phantom-0002: ");
        }
    }

    private static String text(ZipFile zip, String name) throws IOException {
        return new String(
                zip.getInputStream(zip.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
    }
}
