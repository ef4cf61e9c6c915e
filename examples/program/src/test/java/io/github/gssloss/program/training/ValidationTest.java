/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.Region;
import io.github.gssloss.imaging.measure.Score;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import io.github.gssloss.program.SameRun;
import io.github.gssloss.program.Silent;
import io.github.gssloss.program.StoppedRuns;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.evaluation.EvaluationRun;
import io.github.gssloss.program.evaluation.EvaluationSettings;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.runfolder.SavedState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scores on the way of a training. */
class ValidationTest {

    @TempDir private static Path folder;
    private static StoppedRuns runs;
    private static Path evaluated;
    private static RunFolder run;

    @BeforeAll
    static void train() throws IOException {
        runs = new StoppedRuns(folder);
        evaluated = folder.resolve("evaluated");
        PhantomCohort.write(
                evaluated, 2, PhantomSettings.ofSeed(9).withShape(32, 32, 32), done -> {});
        run =
                new TrainingRun(settings(), new Silent())
                        .run(runs.data(), folder.resolve("run"), runs.cache(), "test", line -> {});
    }

    private static RunSettings settings() {
        Map<String, String> values = new HashMap<>(StoppedRuns.TINY);
        values.put("validation", evaluated.toString());
        values.put("validateEvery", "2");
        values.put("keepCheckpoints", "9");
        return RunSettings.of(values);
    }

    @Test
    void itChangesNothingInTheTraining() {
        SameRun.check(run, runs.whole());
        assertThat(runs.whole().validation()).doesNotExist();
        assertThat(runs.whole().checkpoints().resolve("best.npz")).doesNotExist();
    }

    @Test
    void everyRowIsWhatAnEvaluationOfTheCheckpointSays() throws IOException {
        List<List<String>> rows = rows(run);
        assertThat(rows.get(0)).containsExactly("epoch", "dice", "whole", "core", "enhancing");
        // Every second epoch, and the last of each round of three.
        assertThat(rows.stream().skip(1).map(row -> row.get(0)))
                .containsExactly("2", "3", "4", "6");
        EvaluationSettings all =
                new EvaluationSettings(List.of(Brats.BRATS2020.all()), EvaluationSettings.HALF);
        Path weights = run.checkpoints().resolve("epoch-00004.npz");
        List<Score> scores =
                new EvaluationRun(run, Optional.of(weights), all, new Silent())
                        .evaluate(evaluated, folder.resolve("out"), runs.cache())
                        .table()
                        .orElseThrow()
                        .rows();
        double sum = 0;
        for (Region region : Brats.BRATS2020.regions()) {
            double regionSum = 0;
            for (Score score : scores) {
                regionSum += score.region().equals(region) ? score.measures().dice() : 0;
            }
            double mean =
                    Double.parseDouble(
                            rows.get(3).get(2 + Brats.BRATS2020.regions().indexOf(region)));
            assertThat(mean).isCloseTo(regionSum / 2, within(1e-12));
            sum += regionSum;
        }
        assertThat(Double.parseDouble(rows.get(3).get(1))).isCloseTo(sum / 6, within(1e-12));
    }

    @Test
    void theBestWeightsAreKept() throws IOException {
        int best = 0;
        double most = -1;
        for (List<String> row : rows(run).subList(1, 5)) {
            if (Double.parseDouble(row.get(1)) > most) {
                most = Double.parseDouble(row.get(1));
                best = Integer.parseInt(row.get(0));
            }
        }
        assertThat(run.checkpoints().resolve("best.npz"))
                .hasSameBinaryContentAs(
                        run.checkpoints().resolve("epoch-0000%d.npz".formatted(best)));
        SavedState last = SavedState.read(run.state(12));
        assertThat(last).isEqualTo(results(last, 6, best, most));
    }

    @Test
    void theEarliestOfEqualsIsTheBest() {
        SavedState none = SavedState.NONE;
        SavedState first = none.validated(2, 0);
        assertThat(first).isEqualTo(results(none, 2, 2, 0));
        assertThat(first.validated(4, 0)).isEqualTo(results(none, 4, 2, 0));
        assertThat(first.validated(4, 0.5).validated(6, 0.25)).isEqualTo(results(none, 6, 4, 0.5));
    }

    private static SavedState results(SavedState of, int validated, int bestEpoch, double dice) {
        return new SavedState(
                of.step(),
                of.weights(),
                of.weightsSha256(),
                of.moments(),
                of.momentsSha256(),
                validated,
                bestEpoch,
                dice);
    }

    @Test
    void aRunThatFailedWhileItWasValidatedMakesUpForIt() throws IOException {
        Path path = folder.resolve("failed");
        Silent failing =
                new Silent() {
                    @Override
                    public void increment(long cases) {
                        throw new IllegalStateException("power cut");
                    }
                };
        TrainingRun training = new TrainingRun(settings(), failing);
        assertThatThrownBy(() -> training.run(runs.data(), path, runs.cache(), "test", line -> {}))
                .hasMessage("power cut");
        assertThat(RunFolder.open(path).validation()).doesNotExist();
        for (int times = 0; times < 2; times++) {
            assertThatThrownBy(() -> runs.resume(path, failing)).hasMessage("power cut");
        }
        RunFolder resumed = runs.resume(path, new Silent());

        assertThat(runs.notes()).allMatch(note -> note.endsWith("going on after step 4 of 12"));
        SameRun.check(resumed, run);
        assertThat(resumed.validation()).hasSameBinaryContentAs(run.validation());
        SavedState last = SavedState.read(run.state(12));
        SavedState now = SavedState.read(resumed.state(12));
        assertThat(now)
                .isEqualTo(results(now, last.validated(), last.bestEpoch(), last.bestDice()));
    }

    @Test
    void aFolderWithoutCasesIsRefusedBeforeAnythingIsMade() throws IOException {
        Map<String, String> values = new HashMap<>(StoppedRuns.TINY);
        values.put("validation", Files.createDirectory(folder.resolve("empty")).toString());
        TrainingRun training = new TrainingRun(RunSettings.of(values), new Silent());
        Path path = folder.resolve("never");
        assertThatThrownBy(() -> training.run(runs.data(), path, runs.cache(), "test", line -> {}))
                .isInstanceOf(UserInputException.class)
                .hasMessageStartingWith(
                        "data folder " + folder.resolve("empty") + ": no case in it");
        assertThat(path).doesNotExist();
    }

    private static List<List<String>> rows(RunFolder run) throws IOException {
        return Files.readAllLines(run.validation()).stream()
                .map(line -> Arrays.asList(line.split(",", -1)))
                .toList();
    }
}
