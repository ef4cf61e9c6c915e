/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.util.Progress;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.program.FailingAt;
import io.github.gssloss.program.LossRow;
import io.github.gssloss.program.SameRun;
import io.github.gssloss.program.Silent;
import io.github.gssloss.program.StoppedRuns;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.model.RunNetwork;
import io.github.gssloss.program.model.TorchScriptNetworkTest;
import io.github.gssloss.program.runfolder.Checkpoints;
import io.github.gssloss.program.runfolder.RunCases;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs on cases that lack modalities, by themselves or since files are hidden. */
class IncompleteTrainingTest {

    /** What the three phantoms keep: two, one, three, and never t2. */
    private static final String SCHEME =
            """
            case,modalities
            Phantom-0001,flair+t1
            Phantom-0002,t1ce
            Phantom-0003,flair+t1ce+t1
            """;

    @TempDir private static Path folder;
    private static Path complete;
    private static Path scheme;

    /** The same as the scheme leaves, the other files removed. */
    private static Path incomplete;

    private static int number;
    private final List<String> notes = new ArrayList<>();
    private Path path;

    @BeforeAll
    static void makeCases() throws IOException {
        complete = folder.resolve("complete");
        PhantomCohort.write(complete, 3, StoppedRuns.phantoms(), done -> {});
        scheme = Files.writeString(folder.resolve("scheme.csv"), SCHEME);
        incomplete = folder.resolve("incomplete");
        PathUtils.copyDirectory(complete, incomplete);
        for (String file : List.of("1_t1ce", "1_t2", "2_flair", "2_t1", "2_t2", "3_t2")) {
            String name = "Phantom-000" + file.charAt(0);
            Files.delete(incomplete.resolve(name).resolve("Phantom-000" + file + ".nii.gz"));
        }
    }

    @BeforeEach
    void name() {
        path = folder.resolve("run-" + ++number);
    }

    private static RunSettings settings(String... more) {
        Map<String, String> values = new HashMap<>(StoppedRuns.TINY);
        values.put("batch", "2");
        for (int i = 0; i < more.length; i += 2) {
            values.put(more[i], more[i + 1]);
        }
        return RunSettings.of(values);
    }

    private RunFolder train(RunSettings settings, Path data, Path out, Progress progress)
            throws IOException {
        return new TrainingRun(settings, progress)
                .run(data, out, folder.resolve("cache"), "test", notes::add);
    }

    private RunFolder resume(Path data) throws IOException {
        return TrainingRun.resume(
                RunFolder.open(path), data, folder.resolve("cache"), new Silent(), notes::add);
    }

    private void failAt(int step, RunSettings settings, Path data) {
        assertThatThrownBy(() -> train(settings, data, path, new FailingAt(step)))
                .hasMessage("power cut at step " + step);
    }

    @Test
    void filesThatAreHiddenAreAsIfRemoved() throws IOException {
        RunFolder removed = train(settings(), incomplete, path, new Silent());
        assertThat(notes)
                .contains(
                        "missing  3 of 3 cases lack a modality: flair 1, t1ce 1, t1 1, t2 3",
                        "warning: no case to train on has t2: what the network makes of it is not"
                                + " trained");
        RunSettings hiding = settings("missing.scheme", scheme.toString());
        RunFolder hidden = train(hiding, complete, folder.resolve("hidden"), new Silent());
        assertThat(notes)
                .contains(
                        "missing  3 of 3 cases lack a modality: flair 1, t1ce 1, t1 1, t2 3;"
                                + " hidden from 3");

        SameRun.check(hidden, removed);
        RunCases cases = RunCases.read(hidden.cases());
        assertThat(cases.incomplete())
                .containsExactly(
                        Map.entry("Phantom-0001", "flair+t1"),
                        Map.entry("Phantom-0002", "t1ce"),
                        Map.entry("Phantom-0003", "flair+t1ce+t1"));
        assertThat(cases.hidden())
                .containsExactly(
                        Map.entry("Phantom-0001", "t1ce+t2"),
                        Map.entry("Phantom-0002", "flair+t1+t2"),
                        Map.entry("Phantom-0003", "t2"));
        assertThat(RunCases.read(removed.cases()).incomplete()).isEqualTo(cases.incomplete());
        assertThat(RunCases.read(removed.cases()).hidden()).isEmpty();
        assertThat(hidden.versions()).containsKey("missingSchemeSha256");
        assertThat(removed.versions()).doesNotContainKey("missingSchemeSha256");
    }

    /** Nothing comes from an image that is not there: no branch, no fusion, no other task. */
    @Test
    void theEncoderOfAModalityThatIsNeverThereIsNotTouched() throws IOException {
        RunSettings settings = settings("weightDecay", "0");
        Path initial = folder.resolve("initial.npz");
        Training.seed(settings.seed(), -1);
        try (RunNetwork network = RunNetwork.create(settings, Device.cpu())) {
            network.save(initial);
        }
        RunFolder run = train(settings, incomplete, path, new Silent());

        Map<String, ByteBuffer> before = SameRun.arrays(initial);
        Map<String, ByteBuffer> after = SameRun.arrays(Checkpoints.last(run));
        assertThat(after.keySet()).isEqualTo(before.keySet());
        int touched = 0;
        for (String name : before.keySet()) {
            boolean same = after.get(name).equals(before.get(name));
            if (name.startsWith("t2_encoder")) {
                assertThat(same).as(name).isTrue();
            }
            touched += same ? 0 : 1;
        }
        assertThat(after.get("t1_encoder.e1_c1.conv.weight"))
                .isNotEqualTo(before.get("t1_encoder.e1_c1.conv.weight"));
        assertThat(touched).isGreaterThan(before.size() / 2);
    }

    @Test
    void whatWasHiddenStaysHiddenWhateverWouldBeDrawnNow() throws IOException {
        RunSettings settings = settings("missing.rate", "unbalanced", "loss.readiness.bar", "0.01");
        RunFolder whole = train(settings, complete, folder.resolve("whole"), new Silent());
        assertThat(RunCases.read(whole.cases()).hidden()).isNotEmpty();
        failAt(5, settings, complete);
        // As if this version drew otherwise.
        Path written = path.resolve("settings.yaml");
        String yaml = Files.readString(written);
        assertThat(yaml).contains("rate: unbalanced");
        Files.writeString(written, yaml.replace("rate: unbalanced", "rate: mirrored"));

        RunFolder run = resume(complete);

        SameRun.check(run, whole);
        assertThat(run.cases()).hasSameTextualContentAs(whole.cases());
    }

    @Test
    void aRunOnIncompleteCasesGoesOnWithTheSameOnesAlone() throws IOException {
        RunSettings settings = settings("validation", incomplete.toString(), "validateEvery", "3");
        RunFolder whole = train(settings, incomplete, folder.resolve("validated"), new Silent());
        assertThat(notes)
                .contains(
                        "warning: of the validation 3 of 3 cases lack a modality: flair 1, t1ce 1,"
                                + " t1 1, t2 3; each is validated with all that it has");
        failAt(9, settings, incomplete);

        assertThatThrownBy(() -> resume(complete))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        "%s: cannot go on with %s: expected the training case Phantom-0001 with"
                                + " flair+t1, got all modalities",
                        path, complete);
        RunFolder run = resume(incomplete);
        SameRun.check(run, whole);
        assertThat(run.validation()).hasSameTextualContentAs(whole.validation());
        assertThat(Files.readAllLines(run.validation())).hasSize(3);
    }

    /** A network of TorchScript is not told which images there are: they are 0. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                TorchScriptNetworkTest.TRACED + "|" + TorchScriptNetworkTest.TRACED_LAYOUT,
                TorchScriptNetworkTest.SCRIPTED + "|" + TorchScriptNetworkTest.SCRIPTED_LAYOUT
            })
    void networksOfTorchScriptAreTrainedToo(String name, String layout) throws IOException {
        Map<String, String> values =
                Map.of("crop", "16", "epochs", "1", "iterations", "3", "lr", "0.01");
        RunSettings settings = TorchScriptNetworkTest.settings(name, layout, values);
        RunFolder run = train(settings, incomplete, path, new Silent());
        assertThat(LossRow.read(run.losses()))
                .hasSize(3)
                .allMatch(row -> row.parts().get("distillation") > 0);
    }

    @Test
    void mmFormerIsTrainedToo() throws IOException {
        RunSettings settings =
                RunSettings.of(
                        Map.of(
                                "model.name", "mmformer",
                                "model.width", "1",
                                "model.heads", "2",
                                "model.tokenWidth", "8",
                                "model.hiddenWidth", "8",
                                "crop", "32",
                                "batch", "1",
                                "epochs", "1",
                                "iterations", "3",
                                "subsetDraw", "halves"));
        RunFolder run = train(settings, incomplete, path, new Silent());
        assertThat(LossRow.read(run.losses()))
                .hasSize(3)
                .allMatch(row -> Double.isFinite(row.parts().get("total")));
    }

    @Test
    void theReleasedEditionIsRefusedBeforeAnyWork() {
        assertThatThrownBy(
                        () ->
                                train(
                                        settings("loss.preset", "released"),
                                        incomplete,
                                        path,
                                        new Silent()))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        "loss.preset: expected another where cases lack modalities, got released: 3"
                                + " of 3 cases lack a modality: flair 1, t1ce 1, t1 1, t2 3");
        assertThat(path).doesNotExist();
    }

    @Test
    void aCaseWithoutAnyImageIsRefused() throws IOException {
        Path none = folder.resolve("none");
        PathUtils.copyDirectory(incomplete, none);
        Path file = none.resolve("Phantom-0002/Phantom-0002_t1ce.nii.gz");
        Files.delete(file);
        assertThatThrownBy(() -> train(settings(), none, path, new Silent()))
                .isInstanceOf(UserInputException.class)
                .hasMessageStartingWith("case Phantom-0002: no modality, expected at least one of");
    }
}
