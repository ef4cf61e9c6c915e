/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.gssloss.files.StoppedException;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.evaluation.EvaluationSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CellProcessTest {

    private static final EvaluationSettings HOW =
            new EvaluationSettings(
                    List.of(Brats.BRATS2020.all(), Brats.BRATS2020.subset("flair+t2")), 0.25);

    @TempDir private Path folder;

    /** Does as a cell's process does, by the name of the cell. */
    static final class Child {

        private Child() {}

        public static void main(String[] args) throws Exception {
            CellJob job = CellJob.read(Path.of(args[0]));
            System.out.println(
                    job.name() + " with " + System.getProperty("ai.djl.pytorch.num_threads"));
            if (job.name().startsWith("saves")) {
                save();
            }
            if (job.name().startsWith("dies")) {
                System.exit(7);
            }
            CellOutcome outcome = new FakeRunner().run(job, null);
            if (job.name().startsWith("fails")) {
                outcome.withFailure("too wide").write(job.outcome());
                System.exit(1);
            }
        }

        private static void save() throws InterruptedException {
            AtomicBoolean alone = new AtomicBoolean();
            Thread reader = new Thread(() -> alone.set(catchThrowable(System.in::read) == null));
            reader.setDaemon(true);
            reader.start();
            Runtime.getRuntime()
                    .addShutdownHook(
                            new Thread(
                                    () -> {
                                        LockSupport.parkNanos(500_000_000);
                                        System.out.println(
                                                "parent " + (alone.get() ? "gone" : "there"));
                                    }));
            System.out.println("begun");
            TimeUnit.MINUTES.sleep(1);
        }
    }

    @Test
    void aCellThatIsAskedToStopIsWaitedForAndKeepsItsStandardInput() throws Exception {
        CellJob job = job("saves", Optional.empty());
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread parent =
                new Thread(
                        () ->
                                thrown.set(
                                        catchThrowable(
                                                () ->
                                                        new CellProcess(
                                                                        ChildJava.likeThis(
                                                                                Child.class),
                                                                        1)
                                                                .run(job, null))));
        parent.start();
        while (!Files.exists(job.log()) || !Files.readString(job.log()).contains("begun")) {
            assertThat(parent.isAlive()).isTrue();
            TimeUnit.MILLISECONDS.sleep(20);
        }
        parent.interrupt();
        parent.join();

        assertThat(thrown.get()).isInstanceOf(StoppedException.class);
        // A cell whose standard input ends has lost its parent, and little time to save.
        assertThat(job.log()).content().contains("parent there");
        assertThat(CellOutcome.read(job.outcome(), job.run()).failed()).isFalse();
    }

    @Test
    void theJobSurvivesItsFile() throws IOException {
        for (Optional<EvaluationSettings> evaluation :
                List.of(Optional.of(HOW), Optional.<EvaluationSettings>empty())) {
            CellJob job = job("a", evaluation);
            Path file = folder.resolve("job.yaml");
            job.write(file);
            CellJob read = CellJob.read(file);

            assertThat(read).isEqualTo(job);
        }
    }

    @Test
    void theOutcomeIsThatOfTheProcess() throws IOException {
        CellProcess processes = new CellProcess(ChildJava.likeThis(Child.class), 3);

        CellOutcome fine = processes.run(job("fine", Optional.of(HOW)), null);
        assertThat(fine.failed()).isFalse();
        assertThat(fine.evaluatedWith()).isEqualTo("flair+t1ce+t1+t2,flair+t2; overlap 0.25");
        assertThat(folder.resolve("evaluated/fine/scores.csv")).isNotEmptyFile();
        assertThat(folder.resolve("logs/fine.log")).content().contains("fine with 3");

        assertThat(processes.run(job("fails", Optional.of(HOW)), null).failure())
                .isEqualTo("too wide");
        CellJob dies = job("dies", Optional.of(HOW));
        assertThat(processes.run(dies, null).failure())
                .isEqualTo(
                        "its process ended with exit code 7, see "
                                + folder.resolve("logs/dies.log"));
        assertThat(CellOutcome.read(dies.outcome(), dies.run()).failed()).isTrue();
    }

    private CellJob job(String name, Optional<EvaluationSettings> evaluation) {
        return new CellJob(
                name,
                RunSettings.of(Map.of("loss.beta", "0.5", "seed", "3")),
                folder.resolve("data"),
                folder.resolve("evaluate"),
                folder.resolve("cache"),
                folder.resolve("cells/" + name),
                folder.resolve("evaluated/" + name),
                folder.resolve("outcomes/" + name + ".yaml"),
                folder.resolve("logs/" + name + ".log"),
                evaluation);
    }
}
