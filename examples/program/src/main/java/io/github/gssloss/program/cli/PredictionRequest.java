/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.program.runfolder.RunFolder;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the user wants segmented.
 *
 * @param run the run
 * @param checkpoint an existing file with the weights to use; empty: the run's last
 * @param subject an existing folder of one case
 * @param modalities the modalities to use; empty: those that there are
 * @param out the file to write
 */
public record PredictionRequest(
        RunFolder run,
        Optional<Path> checkpoint,
        Path subject,
        Optional<ModalitySubset> modalities,
        Path out) {}
