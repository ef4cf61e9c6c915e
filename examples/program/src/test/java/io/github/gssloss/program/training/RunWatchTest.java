/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.github.gssloss.files.Sha256;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.files.WholeFile;
import io.github.gssloss.program.FailingAt;
import io.github.gssloss.program.SameRun;
import io.github.gssloss.program.Silent;
import io.github.gssloss.program.StoppedRuns;
import io.github.gssloss.program.TinyRun;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.runfolder.Checkpoints;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong while a run is trained, and what is left then. */
class RunWatchTest {

    @TempDir private static Path folder;
    private static StoppedRuns runs;
    private static int number;

    private Path path;

    @BeforeAll
    static void neverStopped() throws IOException {
        runs = new StoppedRuns(folder);
    }

    @BeforeEach
    void name() {
        path = folder.resolve("run-" + ++number);
        runs.notes().clear();
    }

    @Test
    void twoTrainingsNeverShareARun() {
        runs.failAt(3, path, Map.of());
        Silent second =
                new Silent() {
                    @Override
                    public void start(long steps) {
                        assertThatThrownBy(
                                        () ->
                                                TrainingRun.resume(
                                                        RunFolder.open(path),
                                                        runs.data(),
                                                        runs.cache(),
                                                        this,
                                                        line -> {}))
                                .isInstanceOf(UserInputException.class)
                                .hasMessage(
                                        path
                                                + ": expected a run that nobody trains, found"
                                                + " another training at work on it");
                        throw new IllegalStateException("seen");
                    }
                };

        assertThatThrownBy(() -> runs.resume(path, second)).hasMessage("seen");
    }

    @Test
    void howLongItMayTakeIsSaidOnceAfterTheFirstSteps() {
        Map<String, String> values = new HashMap<>(StoppedRuns.TINY);
        // So many that the rest takes more than a minute on any machine.
        values.put("epochs", "1000000");
        TrainingRun training = new TrainingRun(RunSettings.of(values), new FailingAt(8));
        List<String> lines = new ArrayList<>();

        assertThatThrownBy(() -> training.run(runs.data(), path, runs.cache(), "test", lines::add))
                .hasMessage("power cut at step 8");

        assertThat(lines)
                .filteredOn(line -> line.startsWith("time "))
                .singleElement(as(STRING))
                .matches(
                        "time     3999994 steps to go, about .+ at [0-9.]+ s a step \\(the first,"
                                + " with [0-9.]+ s, not counted\\)");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere there is no /dev/full")
    void aFullDiskNeverCostsTheLastCheckpoint() throws IOException {
        Silent filling =
                new Silent() {
                    @Override
                    public void update(long progress, String message) {
                        if (progress == 3 && message.startsWith("epoch")) {
                            fill("epoch-00002.npz");
                        }
                    }
                };
        TrainingRun training = new TrainingRun(RunSettings.of(StoppedRuns.TINY), filling);
        String words =
                "gss train --resume "
                        + path
                        + " --data "
                        + runs.data()
                        + " --cache "
                        + runs.cache();
        assertThatThrownBy(() -> training.run(runs.data(), path, runs.cache(), "test", line -> {}))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        path
                                + ": cannot be written: "
                                + path.resolve("checkpoints").resolve("epoch-00002.npz")
                                + ": cannot be written: java.io.IOException: No space left on"
                                + " device; what was saved after step 2 is whole, go on with: "
                                + words);
        SameRun.check(runs.resume(path, new Silent()), runs.whole());
        assertThat(runs.notes()).containsExactly(path + ": going on after step 2 of 12");
    }

    /** A device that is always full, where a file will be written. */
    private void fill(String name) {
        try {
            Path aside = path.resolve("checkpoints").resolve(name + WholeFile.TEMPORARY);
            Files.createSymbolicLink(aside, Path.of("/dev/full"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void lossesThatAreNoNumbersStopTheRunWithItsLastCheckpointWhole() throws IOException {
        Path spoilt = folder.resolve("spoilt");
        Silent spoiling =
                new Silent() {
                    @Override
                    public void update(long progress, String message) {
                        if (progress == 3 && message.startsWith("epoch")) {
                            spoil(spoilt);
                        }
                    }
                };
        TrainingRun training = new TrainingRun(RunSettings.of(StoppedRuns.TINY), spoiling);
        assertThatThrownBy(() -> training.run(runs.data(), path, spoilt, "test", line -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageMatching(
                        "step \\d+ of epoch \\d+, cases Phantom-000[12]: the loss is not finite:"
                                + " fused is NaN, branches is NaN, auxiliary is NaN, distillation"
                                + " is NaN");
        SameRun.check(runs.resume(path, new Silent()), runs.whole());
    }

    /** Makes prepared images, which the training has mapped, what no image is. */
    private static void spoil(Path cache) {
        try (Stream<Path> files = Files.list(cache)) {
            for (Path file : files.toList()) {
                byte[] nothing = new byte[(int) Files.size(file) * 3 / 4];
                Arrays.fill(nothing, (byte) 0xff);
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.write(ByteBuffer.wrap(nothing), 96);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theWeightsItStartedFromHaveToBeTheSame() throws IOException {
        Path weights = Checkpoints.last(TinyRun.create(path.resolve("start"), 7, Map.of()));
        path = path.resolve("run");
        runs.failAt(1, path, Map.of("model.weights", weights.toString()));
        Files.copy(Checkpoints.last(runs.whole()), weights, StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> runs.resume(path, new Silent()))
                .isInstanceOf(UserInputException.class)
                .hasMessageStartingWith(
                        path
                                + ": expected a file to start from with the weightsSha256 "
                                + RunFolder.open(path).versions().get("weightsSha256"))
                .hasMessageEndingWith(" got " + Sha256.ofFile(weights));
    }
}
