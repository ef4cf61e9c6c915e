/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.spark;

import io.github.gssloss.imaging.measure.MeasureSettings;
import io.github.gssloss.imaging.measure.Score;
import io.github.gssloss.program.evaluation.CaseEvaluator;
import io.github.gssloss.program.evaluation.EvaluationResult;
import io.github.gssloss.program.evaluation.EvaluationRun;
import io.github.gssloss.program.report.page.HtmlReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Evaluates a cohort as tasks of Spark, a case a partition, with one loaded network an executor. A
 * case that was finished before, by Spark or by {@code gss evaluate}, is not repeated; each leaves
 * its scores in the shared folder as soon as it is done. The scores come back as a Dataset, and the
 * tables and the report are the files of {@code gss evaluate}.
 *
 * <p>An executor evaluates one case at a time: {@code spark.task.cpus} is to be the number of its
 * cores.
 */
public final class SparkCohort {

    private final CohortPlace place;

    /**
     * Prepares an evaluation.
     *
     * @param place the runs, the cases and the folders
     */
    public SparkCohort(CohortPlace place) {
        this.place = place;
    }

    /**
     * The result of a cohort.
     *
     * @param scores a row for each case, subset and region with the columns of {@code scores.csv},
     *     in its order; kept by the executors until it is unpersisted
     * @param evaluation the tables, and a line for each case that could not be evaluated
     */
    public record Result(Dataset<Row> scores, EvaluationResult evaluation) {}

    /**
     * Evaluates all cases that are not finished, then writes the tables and the report.
     *
     * @param spark the cluster, or local threads
     * @return the scores and the tables
     * @throws io.github.gssloss.files.UserInputException if there is no case or the run has no
     *     weights
     * @throws IOException if writing fails
     */
    public Result run(SparkSession spark) throws IOException {
        CohortPlace where = place.withWeights();
        EvaluationRun evaluation = where.evaluation();
        List<String> names;
        try (CaseEvaluator here = where.cases(evaluation)) {
            names = here.names();
        }
        String number = UUID.randomUUID().toString();
        Dataset<Row> scores =
                scores(
                        spark,
                        names,
                        evaluation.settings().measures(),
                        name -> evaluate(number, where, name));
        scores.count();
        Path out = Path.of(place.out());
        EvaluationResult tables = where.collect(evaluation);
        if (tables.table().isPresent()) {
            HtmlReport.write(out, out.resolve(HtmlReport.FILE));
        }
        return new Result(scores, tables);
    }

    /**
     * Has something done with every case.
     *
     * @param spark the cluster, or local threads
     * @param names the names of the cases, at least one
     * @param measures what is measured
     * @param work what is done
     * @return a row for each score, in the order of the names; the work is done when it is first
     *     looked at, and not again while the rows are kept
     */
    public static Dataset<Row> scores(
            SparkSession spark, List<String> names, MeasureSettings measures, CaseScoring work) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        JavaRDD<Row> rows =
                context.parallelize(names, names.size())
                        .flatMap(name -> ScoreRows.rows(work.evaluate(name)).iterator());
        // Kept as what they are: a Dataset of its own would keep a copy in columns for each case.
        rows.persist(StorageLevel.MEMORY_AND_DISK());
        return spark.createDataFrame(rows, ScoreRows.schema(measures));
    }

    /** In an executor. */
    private static List<Score> evaluate(String number, CohortPlace place, String name)
            throws IOException {
        CaseEvaluator cases =
                ExecutorNetworks.of(
                        number, CaseEvaluator.class, () -> place.cases(place.evaluation()));
        return cases.evaluate(name, CohortPlace.silent());
    }
}
