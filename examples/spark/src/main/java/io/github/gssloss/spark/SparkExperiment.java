/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.spark;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.experiment.ExperimentResult;
import io.github.gssloss.program.experiment.SharedExperiment;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Works on the cells of an experiment as tasks of Spark, a cell a partition, each in a process of
 * its own with as many threads of the engine as the task has cores. All machines share the folders.
 * A task that is killed, or whose executor is, is tried again by Spark, anywhere: its cell goes on
 * from its last checkpoint. What is finished is not repeated. The starts of a continued experiment
 * come first. Tables and report are those of {@code gss ablate}.
 */
public final class SparkExperiment {

    private final ExperimentPlace place;

    /**
     * Prepares a sweep.
     *
     * @param place the experiment and its folders
     */
    public SparkExperiment(ExperimentPlace place) {
        this.place = place;
    }

    /**
     * What came of a task.
     *
     * @param failure why its cell is not finished; empty: it is
     * @param notes what was done, a line each
     */
    private record CellEnd(String failure, List<String> notes) implements Serializable {}

    /**
     * Works on all cells that are not finished, then writes the tables.
     *
     * @param spark the cluster, or local threads
     * @param notes gets a line for each cell
     * @return the tables, and a line for each cell that failed
     * @throws UserInputException if cases cannot be used, the folder holds another experiment, or
     *     Spark would run the same cell twice at once
     * @throws IOException if writing fails
     */
    public ExperimentResult run(JavaSparkContext spark, Consumer<String> notes) throws IOException {
        Speculation.refuse(spark, "as two tasks never work on the same cell");
        SharedExperiment shared = place.open();
        shared.prepare(CohortPlace.silent());
        // A task that is not wanted any more saves what it trained.
        spark.setJobGroup("gss", "cells of " + place.file(), true);
        work(spark, shared.starts(), shared, notes);
        work(spark, shared.cells(), shared, notes);
        return shared.collect();
    }

    private void work(
            JavaSparkContext spark,
            List<String> names,
            SharedExperiment shared,
            Consumer<String> notes) {
        List<String> all = new ArrayList<>(names);
        all.retainAll(shared.waiting());
        if (names.size() > all.size()) {
            notes.accept(names.size() - all.size() + " cells were finished before");
        }
        if (all.isEmpty()) {
            return;
        }
        ExperimentPlace where = place;
        List<CellEnd> ends =
                spark.parallelize(all, all.size()).map(name -> work(where, name)).collect();
        ends.stream()
                .flatMap(end -> Stream.concat(end.notes().stream(), failure(end).stream()))
                .forEach(notes);
    }

    private static Optional<String> failure(CellEnd end) {
        return end.failure().isEmpty() ? Optional.empty() : Optional.of(end.failure());
    }

    /** In an executor. */
    private static CellEnd work(ExperimentPlace place, String name) throws IOException {
        TaskContext task = TaskContext.get();
        SharedExperiment shared =
                place.open(ExecutorJava.forTask(place.childOptions()), task.cpus());
        List<String> notes = new ArrayList<>();
        Optional<String> failure =
                shared.cell(
                        name,
                        CohortPlace.silent(),
                        line ->
                                notes.add(
                                        "%s (task %d, attempt %d)"
                                                .formatted(
                                                        line,
                                                        task.partitionId(),
                                                        task.attemptNumber())));
        return new CellEnd(failure.orElse(""), new ArrayList<>(notes));
    }
}
