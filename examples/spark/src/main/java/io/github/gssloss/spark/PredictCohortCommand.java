/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.spark;

import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.program.cli.PredictionOptions;
import io.github.gssloss.program.prediction.FolderPrediction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gss-spark predict}: what gss predict does with a folder, a case a task. */
@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Segments a folder of cases with the network of a run.",
            "One network an executor: spark.task.cpus is to be the cores of an executor."
        })
final class PredictCohortCommand implements Callable<Integer> {

    @Mixin private CohortOptions cohort;
    @Mixin private ClusterOptions cluster;
    @Mixin private PredictionOptions how;

    @Override
    public Integer call() throws IOException {
        DataDescription description = cohort.check();
        List<String> options = OptionWords.of(how, cluster.given());
        CohortPlace place = cohort.place(options, cluster.out(), "");
        place.prediction();
        List<String> problems = new ArrayList<>(cohort.leftOut(description));
        try (SparkSession spark = cluster.session()) {
            FolderPrediction.Result result = new SparkPrediction(place).run(spark);
            result.lines().forEach(cluster::print);
            if (result.counts().before() > 0) {
                cluster.print("Segmentations and volumes.csv in " + place.out());
            }
            problems.addAll(result.problems());
            return cluster.exit(problems);
        }
    }
}
