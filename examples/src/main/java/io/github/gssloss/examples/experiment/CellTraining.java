/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.experiment;

import ai.djl.util.Progress;
import io.github.gssloss.examples.UserInputException;
import io.github.gssloss.examples.runs.TrainingRun;
import io.github.gssloss.examples.train.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The training of a cell. One that was stopped is resumed; what was left by one with other settings
 * makes way.
 */
final class CellTraining {

    private static final String CHECKPOINT = "epoch-\\d+\\.(npz|pt)";

    private CellTraining() {}

    /** Trains to the end, from the beginning or from where an attempt was stopped. */
    static void train(CellJob job, Progress progress) throws IOException {
        if (RunFolder.holdsRun(job.run())
                && RunFolder.open(job.run()).settings().equals(job.settings())) {
            TrainingRun.resume(job.run(), job.data(), job.cache(), progress);
            return;
        }
        Trees.remove(job.run());
        new TrainingRun(job.settings(), progress)
                .run(job.data(), job.run(), job.cache(), "gss ablate, cell " + job.name());
    }

    /**
     * Finds the weights that a training came to.
     *
     * @throws UserInputException if there are none
     */
    static Path weights(Path run) throws IOException {
        Path folder = run.resolve("checkpoints");
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                var last =
                        files.filter(file -> file.getFileName().toString().matches(CHECKPOINT))
                                .max(Comparator.naturalOrder());
                if (last.isPresent()) {
                    return last.get().toAbsolutePath().normalize();
                }
            }
        }
        throw new UserInputException(folder + ": expected the weights of a run, found none");
    }
}
