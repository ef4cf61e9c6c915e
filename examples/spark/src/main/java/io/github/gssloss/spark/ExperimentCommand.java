/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.spark;

import io.github.gssloss.program.experiment.ExperimentResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder for everything, which all machines share.")
    private Path out;

    @Option(names = "--data", paramLabel = "FOLDER", description = "Cases to train on.")
    private String data = "";

    @Option(names = "--evaluate", paramLabel = "FOLDER", description = "Cases to evaluate on.")
    private String evaluate = "";

    @Option(
            names = "--cache",
            required = true,
            paramLabel = "FOLDER",
            description = "Folder for the prepared cases, on each machine's disk or shared.")
    private Path cache;

    @Option(
            names = "--java-option",
            paramLabel = "OPTION",
            description =
                    "Option for the Java of each cell, for example -Xmx8g; default: as much memory"
                            + " as the executor has.")
    private List<String> options = List.of();

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        ExperimentPlace place =
                new ExperimentPlace(
                        experiment.toAbsolutePath().toString(),
                        data,
                        evaluate,
                        out.toAbsolutePath().toString(),
                        cache.toAbsolutePath().toString(),
                        options);
        try (SparkSession spark = SparkSession.builder().appName("gss " + out).getOrCreate()) {
            JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
            ExperimentResult result =
                    new SparkExperiment(place)
                            .run(context, line -> spec.commandLine().getOut().println(line));
            spec.commandLine().getOut().println("Tables and report in " + out);
            return GssSpark.exit(spec.commandLine(), result.failures());
        }
    }
}
