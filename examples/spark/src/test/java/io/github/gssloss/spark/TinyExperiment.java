/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.spark;

import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import io.github.gssloss.program.cli.CellMain;
import io.github.gssloss.program.config.Experiment;
import io.github.gssloss.program.experiment.ExperimentResult;
import io.github.gssloss.program.experiment.ExperimentRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** An experiment of small cells on phantoms, worked on by Spark or by one process. */
record TinyExperiment(Path folder, Path file) {

    static TinyExperiment of(Path folder, String seeds, int iterations) throws IOException {
        Path data = folder.resolve("data");
        PhantomCohort.write(data, 1, PhantomSettings.ofSeed(5).withShape(32, 32, 32), done -> {});
        Path file =
                Files.writeString(
                        folder.resolve("tiny.yaml"),
                        """
                        name: Tiny
                        data: %s
                        evaluate: %s
                        subsets: [all, flair]
                        overlap: 0
                        seeds: %s
                        settings: {model.width: 4, crop: 16, batch: 1, epochs: 4, iterations: %d, checkpointEvery: 1}
                        arms: {base: {loss.preset: none}, gss: {}}
                        """
                                .formatted(data, data, seeds, iterations));
        return new TinyExperiment(folder, file);
    }

    ExperimentPlace place(String out) {
        return new ExperimentPlace(
                file.toString(),
                "",
                "",
                folder.resolve(out).toString(),
                folder.resolve("cache").toString(),
                List.of("-Xmx600m", "-Dai.djl.offline=true"));
    }

    /** What gss ablate does, in this process. */
    ExperimentResult alone(String out) throws IOException {
        System.setProperty("OPT_OUT_TRACKING", "true");
        return ExperimentRun.of(
                        Experiment.read(file),
                        Optional.empty(),
                        Optional.empty(),
                        folder.resolve(out),
                        folder.resolve("cache"),
                        CellMain.class,
                        Optional.of(1))
                .run(List.of(), List.of(), CohortPlace.silent(), line -> {});
    }
}
