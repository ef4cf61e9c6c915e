/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.program.evaluation.EvaluationSettings;
import io.github.gssloss.program.runfolder.RunFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the user wants judged.
 *
 * @param runs the runs, at least one
 * @param checkpoint an existing file with the weights to judge, of one run alone; empty: each run's
 *     last
 * @param settings how to judge
 * @param data an existing folder of cases
 * @param out the folder for tables and pictures
 * @param cache the folder of the prepared cases; made where it is missing
 */
public record EvaluationRequest(
        List<RunFolder> runs,
        Optional<Path> checkpoint,
        EvaluationSettings settings,
        Path data,
        Path out,
        Path cache) {

    /**
     * Keeps a copy of the runs.
     *
     * @param runs the runs, at least one
     * @param checkpoint an existing file with the weights to judge; empty: each run's last
     * @param settings how to judge
     * @param data an existing folder of cases
     * @param out the folder for tables and pictures
     * @param cache the folder of the prepared cases; made where it is missing
     */
    public EvaluationRequest {
        runs = List.copyOf(runs);
    }
}
