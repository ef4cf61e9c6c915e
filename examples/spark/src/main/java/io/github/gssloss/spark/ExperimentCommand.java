/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.spark;

import io.github.gssloss.program.cli.Inputs;
import io.github.gssloss.program.experiment.ExperimentResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gss-spark experiment}: what gss ablate does, a cell a task. */
@Command(
        name = "experiment",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Trains and evaluates the cells of an experiment, each in a process of its own.",
            "A cell has as many threads as its task has cores: --conf spark.task.cpus=N."
        })
final class ExperimentCommand implements Callable<Integer> {

    @Parameters(paramLabel = "EXPERIMENT", description = "A YAML file that all machines see.")
    private Path experiment;

    @Option(names = "--data", paramLabel = "FOLDER", description = "Cases to train on.")
    private Optional<Path> data;

    @Option(names = "--evaluate", paramLabel = "FOLDER", description = "Cases to evaluate on.")
    private Optional<Path> evaluate;

    @Option(
            names = "--java-option",
            paramLabel = "OPTION",
            description =
                    "Option for the Java of each cell, for example -Xmx8g; default: as much memory"
                            + " as the executor has.")
    private List<String> options = List.of();

    @Mixin private ClusterOptions cluster;
    @Mixin private SharedCacheOption cache;

    @Override
    public Integer call() throws IOException {
        Inputs.file("EXPERIMENT", experiment);
        data.ifPresent(folder -> Inputs.folder("--data", folder));
        evaluate.ifPresent(folder -> Inputs.folder("--evaluate", folder));
        ExperimentPlace place =
                new ExperimentPlace(
                        ClusterOptions.text(experiment),
                        ClusterOptions.text(data),
                        ClusterOptions.text(evaluate),
                        cluster.out(),
                        cache.text(),
                        options);
        place.open();
        try (SparkSession spark = cluster.session()) {
            JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
            ExperimentResult result = new SparkExperiment(place).run(context, cluster::print);
            cluster.print("Tables and report in " + place.out());
            return cluster.exit(result.failures());
        }
    }
}
