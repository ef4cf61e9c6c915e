/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.experiment;

import io.github.gssloss.imaging.compare.Comparison;
import java.util.List;
import java.util.Optional;

/**
 * What came of an experiment.
 *
 * @param comparison the arms beside each other; empty where no cell is finished
 * @param failures a line for each cell that failed
 */
public record ExperimentResult(Optional<Comparison> comparison, List<String> failures) {

    /**
     * Keeps a copy of the lines.
     *
     * @param comparison the arms beside each other; empty where no cell is finished
     * @param failures a line for each cell that failed
     */
    public ExperimentResult {
        failures = List.copyOf(failures);
    }
}
