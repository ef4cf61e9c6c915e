/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.segment.Mirroring;
import io.github.gssloss.imaging.segment.WindowUse;
import io.github.gssloss.imaging.segment.WindowWeights;
import java.util.List;
import picocli.CommandLine.Option;

/** How networks see windows; of every command that segments. */
final class WindowOptions {

    @Option(
            names = "--mirror",
            paramLabel = "AXIS",
            split = ",",
            description =
                    "Axes along which each window is also seen mirrored, in all combinations: x,y,z"
                            + " takes 8 times as long; default: none.")
    private List<String> mirror = List.of();

    @Option(
            names = "--window",
            paramLabel = "WEIGHTS",
            description =
                    "How much overlapping windows count: uniform, or gaussian, less near their"
                            + " borders; default: uniform.")
    private WindowWeights window = WindowWeights.UNIFORM;

    WindowUse use() {
        try {
            return new WindowUse(Mirroring.of(mirror), window);
        } catch (IllegalArgumentException e) {
            throw new UserInputException("--mirror: " + e.getMessage(), e);
        }
    }
}
