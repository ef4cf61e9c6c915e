/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.experiment;

import ai.djl.util.Progress;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.training.TrainingRun;
import java.io.IOException;

/**
 * The training of a cell. One that was stopped is resumed; what was left by one with other settings
 * makes way.
 */
final class CellTraining {

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
}
