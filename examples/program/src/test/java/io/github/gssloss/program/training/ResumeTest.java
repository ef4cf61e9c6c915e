/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.program.Damage;
import io.github.gssloss.program.FailingAt;
import io.github.gssloss.program.LossRow;
import io.github.gssloss.program.SameRun;
import io.github.gssloss.program.Silent;
import io.github.gssloss.program.StoppedRuns;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs that fail on the way and go on, compared to the bit with one that never did. */
class ResumeTest {

    @TempDir private static Path folder;
    private static StoppedRuns runs;
    private static RunFolder whole;
    private static int number;

    private Path path;

    @BeforeAll
    static void neverStopped() throws IOException {
        runs = new StoppedRuns(folder);
        whole = runs.whole();
    }

    @BeforeEach
    void name() {
        path = folder.resolve("run-" + ++number);
        runs.notes().clear();
    }

    @Test
    void aRunThatFailedAgainAndAgainEndsWithTheSameBits() throws IOException {
        runs.failAt(2, path, Map.of("workers", "2"));
        assertThat(RunFolder.open(path).isFinished()).isFalse();
        // In the first epoch, within a round, at the end of one, at the start of the next.
        for (int step : new int[] {2, 5, 6, 7, 12}) {
            assertThatThrownBy(() -> runs.resume(path, new FailingAt(step)))
                    .hasMessage("power cut at step " + step);
        }
        RunFolder run = runs.resume(path, new Silent());

        assertThat(run.isFinished()).isTrue();
        SameRun.check(run, runs.whole());
        assertThat(runs.notes())
                .extracting(note -> note.replaceAll(".*: ", ""))
                .containsExactly(
                        "going on after step 0 of 12",
                        "going on after step 0 of 12",
                        "going on after step 4 of 12",
                        "going on after step 4 of 12",
                        "going on after step 6 of 12",
                        "going on after step 10 of 12");
    }

    @Test
    void onlyTheLastCheckpointsStay() {
        assertThat(whole.checkpoints().toFile().list())
                .containsExactlyInAnyOrder(
                        "epoch-00004.npz",
                        "epoch-00005.npz",
                        "epoch-00006.npz",
                        "state-00000008.npz",
                        "state-00000008.yaml",
                        "state-00000010.npz",
                        "state-00000010.yaml",
                        "state-00000012.npz",
                        "state-00000012.yaml");
    }

    @Test
    void everyRoundHasAFreshScheduleAndItsOwnSamples() throws IOException {
        List<LossRow> rows = LossRow.read(whole.losses());
        assertThat(rows).hasSize(12);
        List<Double> rates = rows.stream().map(LossRow::lr).toList();
        assertThat(rates.subList(6, 12)).isEqualTo(rates.subList(0, 6));
        assertThat(rates.get(0)).isNotEqualTo(rates.get(5));
        assertThat(rows.get(11).epoch()).isEqualTo(5);
        assertThat(rows.get(11).step()).isEqualTo(11);
        assertThat(whole.timings())
                .content()
                .startsWith("epoch,steps,secondsPerStep,peakMegabytes");
        assertThat(Files.readAllLines(whole.timings())).hasSize(7);
    }

    @ParameterizedTest
    @CsvSource({
        "TRUNCATED, epoch-00003.npz",
        "EMPTIED, state-00000006.yaml",
        "FLIPPED, state-00000006.npz"
    })
    void aDamagedCheckpointIsReportedAndTheOneBeforeTaken(Damage damage, String name)
            throws IOException {
        runs.failAt(8, path, Map.of());
        damage.to(path.resolve("checkpoints").resolve(name));
        RunFolder run = runs.resume(path, new Silent());

        assertThat(runs.notes())
                .containsExactly(
                        "checkpoint of step 6: "
                                + name
                                + " is damaged: its checksum is wrong; taking the one of step 4",
                        path + ": going on after step 4 of 12");
        SameRun.check(run, runs.whole());
    }

    @Test
    void withoutAWholeCheckpointThereIsNothingToGoOnFrom() throws IOException {
        runs.failAt(5, path, Map.of());
        Damage.TRUNCATED.to(path.resolve("checkpoints/state-00000004.npz"));
        Files.delete(path.resolve("checkpoints/epoch-00001.npz"));

        assertThatThrownBy(() -> runs.resume(path, new Silent()))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        path.resolve("checkpoints")
                                + ": expected a whole checkpoint, found none: checkpoint of step 4:"
                                + " state-00000004.npz is damaged: its checksum is wrong;"
                                + " checkpoint of step 2: epoch-00001.npz is missing");
    }

    @Test
    void anotherSystemIsReported() throws IOException {
        runs.failAt(11, path, Map.of());
        Path versions = path.resolve("versions.yaml");
        String changed = Files.readString(versions).replaceAll("processors: .*", "processors: 77");
        Files.writeString(versions, changed);
        runs.resume(path, new Silent());

        assertThat(runs.notes())
                .containsExactly(
                        path + ": going on after step 10 of 12",
                        "it began on another system, and may differ in its last bits: processors"
                                + " 77, now "
                                + Runtime.getRuntime().availableProcessors());
    }

    @Test
    void aFinishedRunStaysAsItIs() throws IOException {
        byte[] before = Files.readAllBytes(whole.losses());
        path = whole.path();
        RunFolder run = runs.resume(path, new FailingAt(0));

        assertThat(run.path()).isEqualTo(path);
        assertThat(runs.notes()).containsExactly(path + ": all 12 steps are done");
        assertThat(whole.losses()).hasBinaryContent(before);
        assertThat(whole.isFinished()).isTrue();
    }

    @Test
    void aPictureThatCannotBeDrawnLeavesTheRunFinished() throws IOException {
        path = whole.path();
        byte[] curve = Files.readAllBytes(whole.learningCurve());
        Files.delete(whole.learningCurve());
        // In the way of the file that the picture is first written to.
        Path inTheWay = Files.createDirectory(path.resolve("learning-curve.png.part"));
        Path file = Files.createFile(inTheWay.resolve("file"));

        assertThat(runs.resume(path, new FailingAt(0)).isFinished()).isTrue();
        assertThat(whole.learningCurve()).doesNotExist();

        Files.delete(file);
        Files.delete(inTheWay);
        assertThat(runs.resume(path, new FailingAt(0)).isFinished()).isTrue();
        assertThat(whole.learningCurve()).hasBinaryContent(curve);
    }

    /** As after {@code cp -r}. */
    @Test
    void dataCopiedToAnotherPlaceAreTheSame() throws IOException {
        runs.failAt(5, path, Map.of());
        Path copy = folder.resolve("copy");
        PathUtils.copyDirectory(runs.data(), copy);

        TrainingRun.resume(RunFolder.open(path), copy, runs.cache(), new Silent(), line -> {});
        SameRun.check(RunFolder.open(path), runs.whole());
    }

    /** One bit is another, the file has the size and the time it had. */
    @Test
    void dataChangedBehindTheCacheAreRefused() throws IOException {
        runs.failAt(5, path, Map.of());
        Path copy = folder.resolve("changed");
        PathUtils.copyDirectory(runs.data(), copy);
        Path seg = copy.resolve("Phantom-0002/Phantom-0002_seg.nii.gz");
        FileTime time = Files.getLastModifiedTime(seg);
        byte[] bytes = Files.readAllBytes(seg);
        bytes[bytes.length / 2] ^= 1;
        Files.write(seg, bytes);
        Files.setLastModifiedTime(seg, time);

        assertThatThrownBy(
                        () ->
                                TrainingRun.resume(
                                        RunFolder.open(path),
                                        copy,
                                        runs.cache(),
                                        new Silent(),
                                        line -> {}))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        "%s: cannot go on with %s: expected the training case Phantom-0002 as it"
                                + " was, got files of other content",
                        path, copy);
    }

    @Test
    void otherCasesAreRefused() throws IOException {
        runs.failAt(5, path, Map.of());
        Path other = folder.resolve("other");
        PhantomCohort.write(other, 3, StoppedRuns.phantoms(), done -> {});

        assertThatThrownBy(
                        () ->
                                TrainingRun.resume(
                                        RunFolder.open(path),
                                        other,
                                        runs.cache(),
                                        new Silent(),
                                        line -> {}))
                .isInstanceOf(UserInputException.class)
                .hasMessageStartingWith(path + ": cannot go on with " + other + ": expected the ");
    }
}
