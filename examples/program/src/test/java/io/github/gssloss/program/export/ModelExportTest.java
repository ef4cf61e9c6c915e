/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.Sha256;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import io.github.gssloss.program.PlainPrediction;
import io.github.gssloss.program.Silent;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.evaluation.EvaluationRun;
import io.github.gssloss.program.evaluation.EvaluationSettings;
import io.github.gssloss.program.runfolder.Checkpoints;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.runfolder.RunWeights;
import io.github.gssloss.program.training.TrainingRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** A run that was trained and stopped, exported, and used in place of its folder. */
@TestInstance(Lifecycle.PER_CLASS)
class ModelExportTest {

    private static final Map<String, String> SMALL =
            Map.of("model.width", "4", "crop", "16", "batch", "1", "epochs", "1");

    private Path folder;
    private RunFolder run;
    private Path model;

    @BeforeAll
    void aRunAndItsModel(@TempDir Path temporary) throws IOException {
        folder = temporary;
        PhantomSettings phantoms = PhantomSettings.ofSeed(5).withShape(32, 32, 32);
        PhantomCohort.write(folder.resolve("data"), 2, phantoms, done -> {});
        run = train("run", Map.of("loss.preset", "none"));
        model = folder.resolve("model.zip");
        export(model);
    }

    private RunFolder train(String name, Map<String, String> more) throws IOException {
        Map<String, String> values = new HashMap<>(SMALL);
        values.put("iterations", "2");
        values.putAll(more);
        return new TrainingRun(RunSettings.of(values), new Silent())
                .run(
                        folder.resolve("data"),
                        folder.resolve(name),
                        folder.resolve("cache"),
                        "gss train --data /home/somebody",
                        line -> {});
    }

    private List<String> export(Path out) throws IOException {
        return export(out, Optional.empty());
    }

    private List<String> export(Path out, Optional<Path> evaluated) throws IOException {
        RunWeights weights = RunWeights.of(run, Optional.empty());
        return new ModelExport(weights, evaluated, Optional.of("CC-BY-4.0"), false)
                .write(out, true);
    }

    private void evaluate(RunFolder of, Path out) throws IOException {
        EvaluationSettings settings =
                new EvaluationSettings(
                        List.of(Brats.BRATS2020.all(), Brats.BRATS2020.subset("flair")), 0.5);
        new EvaluationRun(of, Optional.empty(), settings, new Silent())
                .evaluate(folder.resolve("data"), out, folder.resolve("cache"));
    }

    private String entry(Path archive, String name) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            return new String(
                    zip.getInputStream(zip.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void theSameRunGivesTheSameBytes() throws IOException {
        Path again = folder.resolve("again.zip");
        export(again);

        assertThat(again).hasSameBinaryContentAs(model);
        try (ZipFile zip = new ZipFile(model.toFile())) {
            assertThat(zip.stream().map(Object::toString).collect(Collectors.toList()))
                    .containsExactly(
                            "manifest.yaml",
                            "README.md",
                            "cases.yaml",
                            "model.yaml",
                            "settings.yaml",
                            "checkpoints/epoch-00001.npz");
        }
    }

    @Test
    void itPredictsAsTheRunDoes() throws IOException {
        Path subject = folder.resolve("data/Phantom-0001");
        Path one = folder.resolve("one.nii.gz");
        Path two = folder.resolve("two.nii.gz");
        RunFolder opened = RunFolder.open(model);

        PlainPrediction.of(run).predict(subject, one, false);
        PlainPrediction.of(opened).predict(subject, two, false);

        assertThat(two).hasSameBinaryContentAs(one);
        assertThat(opened.name()).isEqualTo("model");
        assertThat(folder.resolve("two.yaml"))
                .content()
                .contains(
                        "run: \"" + model + "\"",
                        "checkpoint: \"" + model.resolve("checkpoints/epoch-00001.npz") + "\"");
    }

    @Test
    void itIsEvaluatedAsTheRunIs() throws IOException {
        Path one = folder.resolve("evaluated-run");
        Path two = folder.resolve("evaluated-model");
        evaluate(run, one);
        evaluate(RunFolder.open(model), two);

        assertThat(two.resolve("scores.csv")).hasSameBinaryContentAs(one.resolve("scores.csv"));
        // What the run has finished is finished for the model, too.
        assertThat(two.resolve("cases/Phantom-0001.csv"))
                .hasSameBinaryContentAs(one.resolve("cases/Phantom-0001.csv"));
    }

    @Test
    void aTrainingBeginsWithItsWeights() throws IOException {
        String weights = Sha256.ofFile(Checkpoints.last(run));
        RunFolder first = train("from-run", weights(Checkpoints.last(run)));
        RunFolder second = train("from-model", weights(model));

        assertThat(Checkpoints.last(second)).hasSameBinaryContentAs(Checkpoints.last(first));
        assertThat(second.path().resolve("versions.yaml"))
                .content()
                .contains("weightsSha256: \"" + weights + "\"");
        assertThatThrownBy(
                        () ->
                                train(
                                        "wide",
                                        Map.of(
                                                "model.weights",
                                                model.toString(),
                                                "model.width",
                                                "8")))
                .isInstanceOf(UserInputException.class)
                .hasMessageStartingWith(
                        model + "/checkpoints/epoch-00001.npz: does not fit the network:");
    }

    private static Map<String, String> weights(Path file) {
        return Map.of("model.weights", file.toString(), "loss.preset", "none");
    }

    /** A model of weights that no state of the run names, without measures and licence. */
    private Path exported(String weights) throws IOException {
        Path file = folder.resolve(weights);
        Files.copy(Checkpoints.last(run), file);
        Path out = folder.resolve(weights.replace(".npz", ".zip"));
        new ModelExport(
                        RunWeights.of(run, Optional.of(file)),
                        Optional.empty(),
                        Optional.empty(),
                        false)
                .write(out, false);
        return out;
    }

    /** Weights between two epochs have no state in a model that would name them. */
    @Test
    void weightsOfAStepAreFound() throws IOException {
        Path out = exported("step-00000001.npz");

        RunFolder opened = RunFolder.open(out);
        assertThat(RunWeights.of(opened, Optional.empty()).words())
                .isEqualTo("weights of step-00000001: step-00000001.npz, after step 1 of 2");
        assertThat(entry(out, "README.md")).contains("## Licence\n\nNot given.");
    }

    @Test
    void theBestWeightsAreHandedOverAsWell() throws IOException {
        Path out = exported("best.npz");

        assertThat(Checkpoints.last(RunFolder.open(out)))
                .hasSameBinaryContentAs(folder.resolve("best.npz"));
        assertThat(entry(out, "model.yaml")).contains("weights: \"weights of run: best.npz\"");
    }

    @Test
    void theCardSaysWhatIsKnown() throws IOException {
        Path evaluated = folder.resolve("measured/inside");
        Files.createDirectories(evaluated);
        evaluate(run, evaluated);
        Path out = folder.resolve("measured.zip");

        List<String> lines = export(out, Optional.of(folder.resolve("measured")));

        assertThat(lines)
                .contains(
                        "measures from %s, of 2 cases, 2 of which it was trained on: the measures flatter it"
                                .formatted(evaluated),
                        "licence: CC-BY-4.0");
        assertThat(entry(out, "README.md"))
                .contains(
                        "# run\n",
                        "Segments NCR/NET, ED, ET in images of flair, t1ce, t1, t2,",
                        "## Licence\n\nCC-BY-4.0\n",
                        "| ET | 4 |",
                        "| whole | NCR/NET, ED, ET |",
                        "| orientation | LPS |",
                        "Of 2 cases, 2 of which it was trained on",
                        "| overlap | 0.5 |");
        String mm = "[0-9.]+ x [0-9.]+ x [0-9.]+ mm";
        assertThat(entry(out, "README.md"))
                .containsPattern(
                        "The prepared training cases were at " + mm + "; images elsewhere");
        assertThat(entry(out, "README.md"))
                .contains(
                        "gss train --weights run.zip --model rfnet --model.width 4 --crop 16"
                                + " --batch 1 --epochs 1 --iterations 2 --lr 2.0E-4 --seed 0"
                                + " --loss.preset none --data FOLDER --out FOLDER\n",
                        "| network | rfnet, width: 4, padding: zeros |",
                        "| crops | 16 x 16 x 16 voxels, 1 a step |",
                        "| learning rate | 2.0E-4 in the first epoch |",
                        "| seed | 0 |",
                        "| loss | none |",
                        "| cases | 2 |",
                        "| steps | 2: 1 epoch of 2 |",
                        "| subsets | [flair+t1ce+t1+t2,flair] |",
                        "| window | [16,16,16] |",
                        "| emptyMasks | ",
                        "| hd95 | ",
                        "| program | ",
                        "| engine | PyTorch ",
                        "| device | cpu");
        assertThat(entry(out, "summary.csv"))
                .isEqualTo(Files.readString(evaluated.resolve("summary.csv")));
        assertThat(entry(model, "README.md")).contains("None: no evaluation of these weights");
    }

    @Test
    void anEvaluationOfOtherWeightsIsRefused() throws IOException {
        RunFolder other = train("other", Map.of("seed", "9", "loss.preset", "none"));
        Path evaluated = folder.resolve("evaluated-other");
        evaluate(other, evaluated);
        Path out = folder.resolve("refused.zip");

        assertThatThrownBy(() -> export(out, Optional.of(evaluated)))
                .isInstanceOf(UserInputException.class)
                .hasMessageStartingWith(evaluated + ": expected an evaluation of ")
                .hasMessageEndingWith("found none");
        assertThat(out).doesNotExist();
    }

    @Test
    void whatIsThereIsKept() {
        RunWeights weights = RunWeights.of(run, Optional.empty());
        ModelExport export = new ModelExport(weights, Optional.empty(), Optional.empty(), false);
        assertThatThrownBy(() -> export.write(model, false))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        model
                                + ": expected a new file for the model, this one exists;"
                                + " --overwrite replaces it");
        assertThatThrownBy(() -> export.write(weights.checkpoint(), true))
                .isInstanceOf(UserInputException.class)
                .hasMessage(weights.checkpoint() + ": expected a name ending .zip for the model");
    }
}
