/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.runfolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.engine.Engine;
import io.github.gssloss.core.GroupDistillation;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.config.RunSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

    private static final RunSettings SETTINGS =
            RunSettings.of(Map.of("epochs", "3", "loss.beta", "0.5"));

    @TempDir private Path folder;

    @Test
    void keepsSettingsAndVersions() throws IOException {
        Path path = folder.resolve("runs/run-a");
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("program", "0.1.0");
        versions.put("commandLine", "gss train --set \"crop=[16, 24, 32]\" --seed=4");

        RunFolder made = RunFolder.create(path, SETTINGS, versions);

        assertThat(made.settings()).isEqualTo(SETTINGS);
        assertThat(path.resolve("settings.yaml")).hasContent(SETTINGS.toYaml());
        assertThat(Files.readString(path.resolve("versions.yaml")))
                .isEqualTo(
                        """
                        program: "0.1.0"
                        commandLine: "gss train --set \\"crop=[16, 24, 32]\\" --seed=4"
                        """);
        assertThat(made.checkpoints()).isEqualTo(path.resolve("checkpoints")).isDirectory();
        assertThat(made.losses()).isEqualTo(path.resolve("losses.csv"));
        assertThat(made.learningCurve()).isEqualTo(path.resolve("learning-curve.png"));
    }

    @Test
    void opensWhatItMade() throws IOException {
        RunFolder made = RunFolder.create(folder.resolve("run-a"), SETTINGS, Map.of());

        RunFolder opened = RunFolder.open(made.path());

        assertThat(opened.settings()).isEqualTo(SETTINGS);
        assertThat(opened.path()).isEqualTo(made.path());
    }

    @Test
    void keepsTheCasesOfATraining() throws IOException {
        Map<String, String> versions = new LinkedHashMap<>(Map.of("seed", "4"));
        SortedMap<String, String> keys = new TreeMap<>(Map.of("case-1", "ab"));
        RunCases cases =
                new RunCases(keys, new TreeMap<>(), new TreeMap<>(), null, null, Optional.empty());

        RunFolder made = RunFolder.create(folder.resolve("run-a"), SETTINGS, versions, cases);

        assertThat(made.cases()).isEqualTo(made.path().resolve("cases.yaml"));
        assertThat(RunCases.read(made.cases())).isEqualTo(cases);
        assertThat(made.versions()).isEqualTo(versions);
        Files.delete(made.path().resolve("versions.yaml"));
        assertThatThrownBy(made::versions)
                .isInstanceOf(UserInputException.class)
                .hasMessageStartingWith(
                        made.path().resolve("versions.yaml")
                                + ": expected the versions of a run, got: ");
    }

    @Test
    void isFinishedWithItsLastStateWhateverWasDrawn() throws IOException {
        RunSettings settings =
                RunSettings.of(Map.of("epochs", "3", "iterations", "5", "rounds", "2"));
        RunFolder run = RunFolder.create(folder.resolve("run-a"), settings, Map.of());

        assertThat(run.state(30)).isEqualTo(run.checkpoints().resolve("state-00000030.yaml"));
        assertThat(run.isFinished()).isFalse();
        Files.createFile(run.state(15));
        Files.createFile(run.learningCurve());
        assertThat(run.isFinished()).isFalse();
        Files.createFile(run.state(30));
        assertThat(run.isFinished()).isTrue();
        Files.delete(run.learningCurve());
        assertThat(run.isFinished()).isTrue();
    }

    @Test
    void isOpenedWithSomeSettingsReplaced() throws IOException {
        RunFolder made = RunFolder.create(folder.resolve("run-a"), SETTINGS, Map.of());

        RunFolder opened = RunFolder.open(made.path(), Map.of("workers", "7"));

        assertThat(opened.settings().workers()).isEqualTo(7);
        assertThat(opened.settings().epochs()).isEqualTo(3);
        assertThat(RunFolder.open(made.path()).settings()).isEqualTo(SETTINGS);
    }

    @Test
    void aFolderWithOtherFilesMayBecomeARun() throws IOException {
        Files.writeString(folder.resolve("notes.txt"), "mine");

        RunFolder.create(folder, SETTINGS, Map.of());

        assertThat(folder.resolve("notes.txt")).hasContent("mine");
        assertThat(folder.resolve("settings.yaml")).exists();
    }

    @Test
    void neverWritesOverARun() throws IOException {
        Path path = folder.resolve("run-a");
        RunFolder.create(path, SETTINGS, Map.of());

        assertThatThrownBy(() -> RunFolder.create(path, RunSettings.defaults(), Map.of()))
                .isInstanceOf(UserInputException.class)
                .hasMessage(path + ": already holds a run (settings.yaml); choose another folder");
        assertThat(RunFolder.open(path).settings()).isEqualTo(SETTINGS);
    }

    @Test
    void refusesAFile() throws IOException {
        Path file = Files.createFile(folder.resolve("run-a"));

        assertThatThrownBy(() -> RunFolder.create(file, SETTINGS, Map.of()))
                .isInstanceOf(UserInputException.class)
                .hasMessage(file + ": expected a folder for the run, but " + file + " is a file");
        assertThatThrownBy(() -> RunFolder.create(file.resolve("deeper"), SETTINGS, Map.of()))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        file.resolve("deeper")
                                + ": expected a folder for the run, but "
                                + file
                                + " is a file");
    }

    @Test
    void refusesToOpenWhatIsNoRun() throws IOException {
        assertThatThrownBy(() -> RunFolder.open(folder.resolve("none")))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        folder.resolve("none")
                                + ": expected the folder of a run or a model that gss export has"
                                + " written, got nothing there");
        assertThatThrownBy(() -> RunFolder.open(folder))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        folder + ": expected the folder of a run, found no settings.yaml in it");
        Files.writeString(folder.resolve("settings.yaml"), "optimiser: adam\n");
        assertThatThrownBy(() -> RunFolder.open(folder))
                .isInstanceOf(UserInputException.class)
                .hasMessageStartingWith(
                        folder.resolve("settings.yaml") + ":1: unknown key 'optimiser' (known: ");
    }

    @Test
    void versionsNameEverythingBelow() {
        Map<String, String> versions = RunVersions.collect(Device.cpu(), 42, "gss train --seed=42");

        assertThat(versions)
                .containsEntry("java", System.getProperty("java.runtime.version"))
                .containsEntry("djl", Engine.getDjlVersion())
                .containsEntry("engine", "PyTorch " + Engine.getInstance().getVersion())
                .containsEntry("device", "cpu()")
                .containsEntry("distillation", GroupDistillation.cpuPath())
                .containsEntry("seed", "42")
                .containsEntry("commandLine", "gss train --seed=42");
        assertThat(versions.get("program")).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
        assertThat(versions.get("commit")).matches("[\\w.-]+");
        assertThat(versions.get("os")).startsWith(System.getProperty("os.name"));
    }

    @Test
    void whatMayChangeTheLastBitsIsReported() {
        Map<String, String> before = RunVersions.collect(Device.cpu(), 1, "gss train");
        assertThat(RunVersions.difference(before, RunVersions.collect(Device.cpu(), 2, "other")))
                .isEmpty();
        Map<String, String> now = new LinkedHashMap<>(before);
        now.put("processors", "96");
        now.put("engine", "PyTorch 9");
        now.put("distillation", "another way");
        assertThat(RunVersions.difference(before, now))
                .contains(
                        "processors %s, now 96; engine %s, now PyTorch 9; distillation %s, now another way"
                                .formatted(
                                        before.get("processors"),
                                        before.get("engine"),
                                        GroupDistillation.cpuPath()));
    }
}
