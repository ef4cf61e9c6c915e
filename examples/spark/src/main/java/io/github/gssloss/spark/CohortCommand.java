/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.spark;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.cli.Inputs;
import io.github.gssloss.program.evaluation.EvaluationSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

    @Option(
            names = "--run",
            required = true,
            paramLabel = "RUN",
            description = "Folder that gss train has left.")
    private Path run;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "FOLDER",
            description = "Folder of the cases, which all machines share.")
    private Path data;

    @Option(names = "--checkpoint", paramLabel = "FILE", description = "Weights to evaluate.")
    private Optional<Path> checkpoint;

    @Option(
            names = "--subsets",
            split = ",",
            paramLabel = "SUBSET",
            description = "Modalities to evaluate with; default: all subsets.")
    private List<String> subsets = List.of();

    @Option(
            names = "--overlap",
            paramLabel = "X",
            description = "Share of a window that the next one covers again; default: 0.5.")
    private double overlap = EvaluationSettings.HALF;

    @Option(names = "--unseen", description = "Leave out the cases that the run was trained on.")
    private boolean unseen;

    @Option(
            names = "--parquet",
            paramLabel = "DIR",
            description = "Folder to write the scores to as a Dataset, too; a new one.")
    private String parquet = "";

    @Mixin private ClusterOptions cluster;

    @Override
    public Integer call() throws IOException {
        CohortPlace place = place();
        place.evaluation();
        try (SparkSession spark = cluster.session()) {
            checkParquet(spark);
            SparkCohort.Result result = new SparkCohort(place).run(spark);
            if (!parquet.isEmpty()) {
                result.scores().coalesce(1).write().parquet(parquet);
            }
            cluster.print(
                    "%d rows of scores; tables and report in %s"
                            .formatted(result.scores().count(), place.out()));
            return cluster.exit(result.evaluation().problems());
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

    private CohortPlace place() {
        Inputs.folder("--data", data);
        checkpoint.ifPresent(file -> Inputs.file("--checkpoint", file));
        if (!(overlap >= 0 && overlap < 1)) {
            throw new UserInputException(
                    "--overlap: expected a number from 0 to below 1, got " + overlap);
        }
        return new CohortPlace(
                ClusterOptions.text(run),
                ClusterOptions.text(checkpoint),
                subsets,
                overlap,
                unseen,
                ClusterOptions.text(data),
                cluster.out(),
                cluster.cache());
    }
}
