/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.experiment;

import static io.github.gssloss.program.experiment.TrialExperiment.GRID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.Silent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedExperimentTest {

    private static final String SIX = GRID.replace("seeds: [1, 2]", "seeds: [1, 2, 3]");

    private static final List<String> TABLES =
            List.of("results.md", "results.csv", "cells.csv", "report.html", "experiment.yaml");

    @TempDir private Path folder;
    private TrialExperiment trial;
    private final List<String> notes = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void trial() {
        trial = new TrialExperiment(folder);
    }

    /** Each job is a process of its own, which opens the experiment anew. */
    private Optional<String> cell(String yaml, String out, int number) throws IOException {
        return trial.open(yaml, out).shared().cell(number, new Silent(), notes::add);
    }

    @Test
    void cellsInAnyOrderTwoAtOnceOneKilledAndOneRepeatedGiveTheTablesOfOneMachine()
            throws Exception {
        trial.run(SIX, "whole");
        trial.runner.done.clear();
        assertThat(trial.open(SIX, "parts").shared().cells())
                .containsExactly(
                        "base-seed1",
                        "gss-seed1",
                        "base-seed2",
                        "gss-seed2",
                        "base-seed3",
                        "gss-seed3");

        assertThat(cell(SIX, "parts", 5)).isEmpty();
        trial.runner.killedIn = "base-seed2";
        assertThatThrownBy(() -> cell(SIX, "parts", 2)).hasMessage("killed");
        trial.runner.killedIn = "";
        ExecutorService pool = Executors.newFixedThreadPool(2);
        Future<Optional<String>> one = pool.submit(() -> cell(SIX, "parts", 0));
        Future<Optional<String>> other = pool.submit(() -> cell(SIX, "parts", 4));
        assertThat(one.get()).isEmpty();
        assertThat(other.get()).isEmpty();
        pool.shutdown();
        assertThat(cell(SIX, "parts", 5)).isEmpty();
        assertThat(notes).contains("cell 5, gss-seed3, was finished before");

        ExperimentResult some = trial.open(SIX, "parts").shared().collect();
        assertThat(some.failures())
                .containsExactly(
                        "gss-seed1 is missing: it is not finished",
                        "base-seed2 is missing: it is not finished",
                        "gss-seed2 is missing: it is not finished");
        assertThat(trial.out("parts").resolve("results.md")).content().contains("3 of 6 cells");

        for (int number : List.of(3, 2, 1)) {
            assertThat(cell(SIX, "parts", number)).isEmpty();
        }
        assertThat(trial.open(SIX, "parts").shared().waiting()).isEmpty();
        assertThat(trial.open(SIX, "parts").shared().collect().failures()).isEmpty();
        for (String file : TABLES) {
            assertThat(trial.out("parts").resolve(file))
                    .hasSameBinaryContentAs(trial.out("whole").resolve(file));
        }
        assertThat(trial.runner.done).doesNotHaveDuplicates().hasSize(12);
    }

    @Test
    void whoTakesTheSameCellWaitsAndFindsItDone() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        trial.runner.trained =
                () -> {
                    begun.countDown();
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                };
        ExecutorService pool = Executors.newFixedThreadPool(2);
        Callable<Optional<String>> job = () -> cell(GRID, "out", 1);
        Future<Optional<String>> first = pool.submit(job);
        begun.await();
        Future<Optional<String>> second = pool.submit(job);
        Thread.sleep(500);
        assertThat(second).isNotDone();
        goOn.countDown();
        assertThat(first.get()).isEmpty();
        assertThat(second.get()).isEmpty();
        pool.shutdown();
        assertThat(trial.runner.done).filteredOn(one -> one.startsWith("train")).hasSize(1);
    }

    @Test
    void whoNeedsAStartTrainsItOnceAndAFailedOneIsNamed() throws Exception {
        String continued = GRID + "start: {loss.preset: none, epochs: 5}\n";
        trial.run(continued, "whole");
        trial.runner.done.clear();
        assertThat(trial.open(continued, "parts").shared().cells()).hasSize(4);
        ExecutorService pool = Executors.newFixedThreadPool(2);
        Future<Optional<String>> one = pool.submit(() -> cell(continued, "parts", 1));
        Future<Optional<String>> other = pool.submit(() -> cell(continued, "parts", 0));
        assertThat(one.get()).isEmpty();
        assertThat(other.get()).isEmpty();
        pool.shutdown();
        assertThat(trial.runner.done)
                .doesNotHaveDuplicates()
                .containsOnlyOnce("train start-seed1", "train base-seed1", "train gss-seed1");

        trial.runner.failing.put("start-seed2", "the disk is full");
        String failure = "base-seed2 failed: start-seed2, which it goes on from, failed";
        assertThat(cell(continued, "parts", 2)).contains(failure);
        assertThat(trial.open(continued, "parts").shared().collect().failures())
                .containsExactly(
                        "start-seed2 failed: the disk is full",
                        failure,
                        "gss-seed2 is missing: it is not finished");
        trial.runner.failing.clear();
        assertThat(cell(continued, "parts", 3)).isEmpty();
        assertThat(cell(continued, "parts", 2)).isEmpty();
        assertThat(trial.open(continued, "parts").shared().collect().failures()).isEmpty();
        for (String file : TABLES) {
            assertThat(trial.out("parts").resolve(file))
                    .hasSameBinaryContentAs(trial.out("whole").resolve(file));
        }
    }

    @Test
    void refusesWhatIsNotThere() throws IOException {
        assertThatThrownBy(() -> cell(GRID, "out", 4))
                .isInstanceOf(UserInputException.class)
                .hasMessage("--cell: expected a number from 0 to 3, got 4");
        assertThatThrownBy(() -> trial.open(GRID, "out").shared().collect())
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        trial.out("out")
                                + ": expected the folder of an experiment that was begun, found no"
                                + " experiment.yaml in it");
        assertThat(trial.out("out")).doesNotExist();
    }
}
