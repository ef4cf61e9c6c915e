/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.program.config.Experiment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The experiment that the user wants done.
 *
 * @param experiment what to do
 * @param data the cases to train on; empty: those that the experiment names
 * @param judge the cases to judge on; empty: likewise
 * @param out the folder for everything
 * @param only the arms to work on; empty: all
 * @param seeds the seeds to work on; empty: all
 * @param list whether the cells are listed and nothing is done
 */
public record AblateRequest(
        Experiment experiment,
        Optional<Path> data,
        Optional<Path> judge,
        Path out,
        List<String> only,
        List<Long> seeds,
        boolean list) {

    /**
     * Keeps copies of the lists.
     *
     * @param experiment what to do
     * @param data the cases to train on; empty: those that the experiment names
     * @param judge the cases to judge on; empty: likewise
     * @param out the folder for everything
     * @param only the arms to work on; empty: all
     * @param seeds the seeds to work on; empty: all
     * @param list whether the cells are listed and nothing is done
     */
    public AblateRequest {
        only = List.copyOf(only);
        seeds = List.copyOf(seeds);
    }
}
