/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.spark;

import io.github.gssloss.program.evaluation.EvaluationSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder for tables and pictures, which all machines share.")
    private Path out;

    @Option(
            names = "--cache",
            required = true,
            paramLabel = "FOLDER",
            description = "Folder for the prepared cases, on each machine's disk or shared.")
    private Path cache;

    @Option(names = "--checkpoint", paramLabel = "FILE", description = "Weights to evaluate.")
    private String checkpoint = "";

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

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        CohortPlace place =
                new CohortPlace(
                        run.toAbsolutePath().toString(),
                        checkpoint,
                        subsets,
                        overlap,
                        unseen,
                        data.toAbsolutePath().toString(),
                        out.toAbsolutePath().toString(),
                        cache.toAbsolutePath().toString());
        try (SparkSession spark = SparkSession.builder().appName("gss " + out).getOrCreate()) {
            SparkCohort.Result result = new SparkCohort(place).run(spark);
            if (!parquet.isEmpty()) {
                result.scores().coalesce(1).write().parquet(parquet);
            }
            spec.commandLine()
                    .getOut()
                    .println(
                            "%d rows of scores; tables and report in %s"
                                    .formatted(result.scores().count(), out));
            return GssSpark.exit(spec.commandLine(), result.evaluation().problems());
        }
    }
}
