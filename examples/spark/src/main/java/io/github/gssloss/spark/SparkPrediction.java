/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.spark;

import io.github.gssloss.program.prediction.CaseSegmenter;
import io.github.gssloss.program.prediction.FolderPrediction;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Segments a cohort as tasks of Spark, a case a partition, with one loaded network an executor. A
 * case that was finished before, by Spark or by {@code gss predict}, is not repeated; each leaves
 * its files in the shared folder as soon as it is done. The files are those of {@code gss predict}.
 *
 * <p>An executor segments one case at a time: {@code spark.task.cpus} is to be the number of its
 * cores.
 */
public final class SparkPrediction {

    private final CohortPlace place;

    /**
     * Prepares a prediction.
     *
     * @param place the runs, the cases and the folders
     */
    public SparkPrediction(CohortPlace place) {
        this.place = place;
    }

    /**
     * Segments all cases that are not finished, then writes the table.
     *
     * @param spark the cluster, or local threads
     * @return what was done, and a line for each case that could not be segmented
     * @throws io.github.gssloss.files.UserInputException if there is no case, a run has no weights,
     *     or Spark would replace a file by two tasks at once
     * @throws IOException if writing fails
     */
    public FolderPrediction.Result run(SparkSession spark) throws IOException {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        if (place.overwrites()) {
            Speculation.refuse(context, "as two tasks never replace the same files");
        }
        CohortPlace where = place.withWeights();
        FolderPrediction prediction = where.prediction();
        List<String> names;
        try (CaseSegmenter here = prediction.cases()) {
            names = here.names();
        }
        String number = UUID.randomUUID().toString();
        List<String> lines =
                context.parallelize(names, names.size())
                        .flatMap(name -> segment(number, where, name).iterator())
                        .collect();
        return new FolderPrediction.Result(prediction.collect().counts(), List.copyOf(lines));
    }

    /** In an executor: what was done, in lines. */
    private static List<String> segment(String number, CohortPlace place, String name)
            throws IOException {
        CaseSegmenter cases =
                ExecutorNetworks.of(number, CaseSegmenter.class, () -> place.prediction().cases());
        return cases.segment(name, CohortPlace.silent()).lines();
    }
}
