/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A standalone cluster on this machine, of which an executor and a worker are killed. */
@Tag("cluster")
class ClusterTest {

    private static final int STEPS = 40;
    private static final List<String> CELLS =
            List.of("base-seed1", "gss-seed1", "base-seed2", "gss-seed2");

    @TempDir private Path folder;
    private final long begun = System.nanoTime();

    @Test
    void aSweepAndACohortSurviveTheirExecutorsAndAWorker() throws Exception {
        TinyExperiment tiny = TinyExperiment.of(folder, "[1, 2]", STEPS / 4);
        try (StandaloneCluster cluster = new StandaloneCluster(folder)) {
            Process one = cluster.worker("one");
            Process two = cluster.worker("two");
            Process sweep =
                    cluster.submit(
                            "sweep",
                            "experiment",
                            tiny.file().toString(),
                            "--out=" + folder.resolve("spark"),
                            "--cache=" + folder.resolve("cache"),
                            "--java-option=-Xmx600m",
                            "--java-option=-Dai.djl.offline=true");
            Path log = cluster.log("sweep");
            // Both workers are at a cell and have saved its first epoch.
            await(sweep, log, () -> begunCells() >= 2 && working(one) == 1 && working(two) == 1);
            ProcessHandle executor = StandaloneCluster.executors(one).get(0);
            List<ProcessHandle> children = StandaloneCluster.cells(executor);
            say("an executor is killed");
            assertThat(executor.destroyForcibly()).isTrue();
            endWithinTenSeconds(children);

            await(sweep, log, () -> finished() >= 1 && working(two) == 1);
            List<ProcessHandle> orphans =
                    StandaloneCluster.executors(two).stream()
                            .flatMap(each -> StandaloneCluster.cells(each).stream())
                            .toList();
            say("a worker is killed, with %d cells finished".formatted(finished()));
            two.destroyForcibly();
            endWithinTenSeconds(orphans);

            assertThat(sweep.waitFor(10, TimeUnit.MINUTES)).isTrue();
            say("the sweep has ended");
            assertThat(sweep.exitValue()).as(Files.readString(log)).isZero();
            cohort(cluster, one);
            prediction(cluster, one);
        }
        sameAsAlone(tiny);
    }

    /** Tables, losses and weights, and how often a cell was resumed. */
    private void sameAsAlone(TinyExperiment tiny) throws IOException {
        assertThat(tiny.alone("whole").failures()).isEmpty();
        for (String table : List.of("results.md", "results.csv", "experiment.yaml")) {
            assertThat(folder.resolve("spark").resolve(table))
                    .hasSameBinaryContentAs(folder.resolve("whole").resolve(table));
        }
        int resumed = 0;
        for (String cell : CELLS) {
            Path run = folder.resolve("spark/cells").resolve(cell);
            // Two that had shared a run would have left steps twice, or other weights.
            assertThat(run.resolve("losses.csv"))
                    .hasSameBinaryContentAs(
                            folder.resolve("whole/cells").resolve(cell).resolve("losses.csv"));
            assertThat(Files.readAllLines(run.resolve("losses.csv"))).hasSize(1 + STEPS);
            String weights = "checkpoints/epoch-00004.npz";
            assertThat(run.resolve(weights))
                    .hasSameBinaryContentAs(
                            folder.resolve("whole/cells").resolve(cell).resolve(weights));
            String log = Files.readString(folder.resolve("spark/logs/" + cell + ".log"));
            assertThat(log.split("Training 100 %", -1)).as(log).hasSize(2);
            resumed += log.contains("going on after step") ? 1 : 0;
        }
        assertThat(resumed).isBetween(1, 2);
    }

    /** An executor is killed after the first case. */
    private void cohort(StandaloneCluster cluster, Process worker) throws Exception {
        PhantomSettings small = PhantomSettings.ofSeed(2).withShape(32, 32, 32);
        PhantomCohort.write(folder.resolve("cohort"), 12, small, done -> {});
        Path run = folder.resolve("spark/cells/base-seed1");
        Process cohort =
                cluster.submit(
                        "cohort",
                        "cohort",
                        "--run=" + run,
                        "--data=" + folder.resolve("cohort"),
                        "--out=" + folder.resolve("evaluated"),
                        "--cache=" + folder.resolve("cache"),
                        "--overlap=0");
        Path cases = folder.resolve("evaluated/cases");
        survives("cohort", cohort, cluster, worker, () -> count(cases, ".csv"));
        Path whole = folder.resolve("evaluated-alone");
        CohortPlace place =
                new CohortPlace(
                        List.of(run.toString()),
                        List.of(),
                        List.of("--overlap=0"),
                        folder.resolve("cohort").toString(),
                        whole.toString(),
                        folder.resolve("cache").toString());
        place.evaluation().evaluate(folder.resolve("cohort"), whole, folder.resolve("cache"));
        for (String file : List.of("scores.csv", "summary.md", "summary.csv", "evaluation.yaml")) {
            assertThat(folder.resolve("evaluated").resolve(file))
                    .hasSameBinaryContentAs(whole.resolve(file));
        }
    }

    /** An executor is killed after the first case, and the work ends well all the same. */
    private void survives(
            String what,
            Process work,
            StandaloneCluster cluster,
            Process worker,
            IntSupplier begunCases)
            throws Exception {
        Path log = cluster.log(what);
        await(work, log, () -> begunCases.getAsInt() >= 2);
        say("the executor of a %s is killed, with %d cases".formatted(what, begunCases.getAsInt()));
        StandaloneCluster.executors(worker).forEach(ProcessHandle::destroyForcibly);
        assertThat(work.waitFor(5, TimeUnit.MINUTES)).isTrue();
        say("the %s has ended".formatted(what));
        assertThat(work.exitValue()).as(Files.readString(log)).isZero();
    }

    /** Of the cohort before; an executor is killed after the first case. */
    private void prediction(StandaloneCluster cluster, Process worker) throws Exception {
        Path run = folder.resolve("spark/cells/base-seed1");
        Path out = folder.resolve("predicted");
        Process predicting =
                cluster.submit(
                        "prediction",
                        "predict",
                        "--run=" + run,
                        "--data=" + folder.resolve("cohort"),
                        "--out=" + out,
                        "--entropy");
        survives("prediction", predicting, cluster, worker, () -> count(out, ".yaml"));
        Path whole = folder.resolve("predicted-alone");
        CohortPlace place =
                new CohortPlace(
                        List.of(run.toString()),
                        List.of(),
                        List.of("--entropy"),
                        folder.resolve("cohort").toString(),
                        whole.toString(),
                        "");
        assertThat(place.prediction().segment().problems()).isEmpty();
        for (int i = 1; i <= 12; i++) {
            String name = "Phantom-%04d".formatted(i);
            for (String file : List.of(name + ".nii.gz", name + "_entropy.nii.gz")) {
                assertThat(out.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
            }
        }
        assertThat(volumes(out)).isEqualTo(volumes(whole)).hasSize(13);
    }

    /** The table without the seconds that a case took. */
    private static List<String> volumes(Path out) throws IOException {
        return Files.readAllLines(out.resolve("volumes.csv")).stream()
                .map(line -> line.replaceAll(",[^,]*$", ""))
                .toList();
    }

    private static int working(Process worker) {
        return StandaloneCluster.executors(worker).stream()
                .mapToInt(one -> StandaloneCluster.cells(one).size())
                .sum();
    }

    /** Cells that have a checkpoint and are not finished. */
    private int begunCells() {
        return (int)
                CELLS.stream()
                        .filter(
                                cell ->
                                        count(
                                                        folder.resolve("spark/cells/" + cell)
                                                                .resolve("checkpoints"),
                                                        ".npz")
                                                > 0)
                        .count();
    }

    private int finished() {
        return (int)
                CELLS.stream()
                        .filter(
                                cell ->
                                        Files.exists(
                                                folder.resolve("spark/evaluated/" + cell)
                                                        .resolve("scores.csv")))
                        .count();
    }

    private static int count(Path folder, String ending) {
        try (Stream<Path> files = Files.list(folder)) {
            return (int) files.filter(file -> file.toString().endsWith(ending)).count();
        } catch (IOException e) {
            // It is not there yet.
            return 0;
        }
    }

    private static void await(Process process, Path log, BooleanSupplier until) throws Exception {
        while (!until.getAsBoolean()) {
            assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static void endWithinTenSeconds(List<ProcessHandle> processes) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (processes.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(processes).isNotEmpty().noneMatch(ProcessHandle::isAlive);
    }

    private void say(String what) {
        System.out.printf("%.0f s: %s%n", (System.nanoTime() - begun) / 1e9, what);
    }
}
