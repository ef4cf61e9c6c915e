/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.FailingAt;
import io.github.gssloss.program.SameRun;
import io.github.gssloss.program.Silent;
import io.github.gssloss.program.StoppedRuns;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.report.SeriesCsv;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The running counts of readiness are state of a run: saved, restored, carried over rounds. */
class ReadinessResumeTest {

    private static final Map<String, String> READY =
            Map.of(
                    "loss.readiness.bar", "0.3",
                    "loss.readiness.decay", "0.6",
                    "keepCheckpoints", "9");

    @TempDir private static Path folder;
    private static StoppedRuns runs;
    private static RunFolder whole;

    @BeforeAll
    static void neverStopped() throws IOException {
        runs = new StoppedRuns(folder);
        whole = train("ready", READY);
    }

    private static RunFolder train(String name, Map<String, String> more) throws IOException {
        Map<String, String> values = new HashMap<>(StoppedRuns.TINY);
        values.putAll(more);
        return new TrainingRun(RunSettings.of(values), new Silent())
                .run(runs.data(), folder.resolve(name), runs.cache(), "test", line -> {});
    }

    private static double[] counts(RunFolder run, int step) {
        return MomentsFile.leaderCounts(
                run.checkpoints().resolve("state-%08d.npz".formatted(step)));
    }

    @Test
    void aStoppedRunEndsWithTheSameBits() throws IOException {
        Path path = folder.resolve("stopped");
        runs.notes().clear();
        runs.failAt(5, path, READY);
        // It goes on within the first round, at the start of the second, and within that.
        for (int step : new int[] {7, 9}) {
            assertThatThrownBy(() -> runs.resume(path, new FailingAt(step)))
                    .hasMessage("power cut at step " + step);
        }
        RunFolder run = runs.resume(path, new Silent());

        SameRun.check(run, whole);
        for (int step = 2; step <= 12; step += 2) {
            assertThat(counts(run, step)).isEqualTo(counts(whole, step)).hasSize(12);
        }
        assertThat(runs.notes())
                .extracting(note -> note.replaceAll(".*: ", ""))
                .containsExactly(
                        "going on after step 4 of 12",
                        "going on after step 6 of 12",
                        "going on after step 8 of 12");
    }

    @Test
    void theCountsGoOnFromRoundToRound() {
        // A crop of 16 has 4096 voxels, and each count sums those of its batches: with a decay of
        // 0.6 the labels of all classes together, of one or two leaders each, weigh 1 - 0.6^steps.
        double sum = 1 - Math.pow(0.6, 8);
        assertThat(labelled(counts(whole, 8))).isBetween(sum * 4096 - 1e-6, sum * 2 * 4096 + 1e-6);
        assertThat(labelled(counts(whole, 2))).isLessThanOrEqualTo((1 - 0.36) * 2 * 4096);
    }

    private static double labelled(double[] counts) {
        double sum = 0;
        for (int c = 8; c < 12; c++) {
            sum += counts[c];
        }
        return sum;
    }

    @Test
    void aValidationLeavesTheCountsAlone() throws IOException {
        Map<String, String> values = new HashMap<>(READY);
        values.put("validation", runs.data().toString());
        values.put("validateEvery", "1");
        RunFolder validated = train("validated", values);

        assertThat(Files.readAllLines(validated.validation())).hasSize(7);
        SameRun.check(validated, whole);
    }

    @Test
    void whetherAClassIsReadyIsLogged() throws IOException {
        List<String> ready = List.of("BG ready", "NCR/NET ready", "ED ready", "ET ready");
        for (var one : SeriesCsv.read(whole.decisions(), "step", ready)) {
            assertThat(one.y()).hasSize(6);
            for (double value : one.y()) {
                assertThat(value).as(one.name()).isIn(0.0, 1.0);
            }
        }
        // The untrained network knows no tumour; a class that is not ready changes the target.
        assertThat(SeriesCsv.read(whole.decisions(), "step", ready).get(3).y()).contains(0);
        assertThat(Files.readString(whole.losses()))
                .isNotEqualTo(Files.readString(runs.whole().losses()));
    }

    @Test
    void aStateWithoutCountsIsRefusedWhereReadinessIsOn() throws IOException {
        Path path = folder.resolve("without");
        runs.failAt(5, path, Map.of());
        Path state = path.resolve("checkpoints/state-00000004.npz");
        assertThat(SameRun.arrays(state)).doesNotContainKey("leaderCounts");
        Path settings = path.resolve("settings.yaml");
        Files.writeString(
                settings,
                Files.readString(settings)
                        .replace(
                                "  preset: paper\n", "  preset: paper\n  readiness: {bar: 0.3}\n"));

        assertThatThrownBy(() -> runs.resume(path, new Silent()))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        state
                                + ": expected leaderCounts, which loss.readiness.bar needs to go"
                                + " on, got none");
    }
}
