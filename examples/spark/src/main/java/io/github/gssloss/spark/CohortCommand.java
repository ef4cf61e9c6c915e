/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.spark;

import io.github.gssloss.files.Counted;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.program.cli.EvaluationOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gss-spark cohort}: what gss evaluate does, a case a task. */
@Command(
        name = "cohort",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Evaluates the network of a run on a folder of cases.",
            "One network an executor: spark.task.cpus is to be the cores of an executor."
        })
final class CohortCommand implements Callable<Integer> {

    @Mixin private CohortOptions cohort;
    @Mixin private ClusterOptions cluster;
    @Mixin private SharedCacheOption cache;
    @Mixin private EvaluationOptions how;

    @Option(
            names = "--parquet",
            paramLabel = "DIR",
            description = "Folder to write the scores to as a Dataset, too; a new one.")
    private String parquet = "";

    @Override
    public Integer call() throws IOException {
        DataDescription description = cohort.check();
        List<String> options = OptionWords.of(how, cluster.given());
        CohortPlace place = cohort.place(options, cluster.out(), cache.text());
        place.evaluation();
        List<String> problems = new ArrayList<>(cohort.leftOut(description));
        try (SparkSession spark = cluster.session()) {
            checkParquet(spark);
            SparkCohort.Result result = new SparkCohort(place).run(spark);
            if (!parquet.isEmpty()) {
                result.scores().coalesce(1).write().parquet(parquet);
            }
            cluster.print(
                    "%s of scores; tables and report in %s"
                            .formatted(Counted.of(result.scores().count(), "row"), place.out()));
            problems.addAll(result.evaluation().problems());
            return cluster.exit(problems);
        }
    }

    /** Before the cases are evaluated; Spark may keep it on any file system that it knows. */
    private void checkParquet(SparkSession spark) throws IOException {
        if (parquet.isEmpty()) {
            return;
        }
        var folder = new org.apache.hadoop.fs.Path(parquet);
        if (folder.getFileSystem(spark.sparkContext().hadoopConfiguration()).exists(folder)) {
            throw new UserInputException(
                    "--parquet %s: expected a new folder, got one that exists".formatted(parquet));
        }
    }
}
