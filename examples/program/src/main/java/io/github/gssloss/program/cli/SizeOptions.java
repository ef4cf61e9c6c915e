/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.bench.StepCase;
import picocli.CommandLine.Option;

/** The size of the RFNet that a measurement works with, and of what it is given. */
final class SizeOptions {

    private static final int WIDTHS = 4;
    private static final int SIDES = 8;

    @Option(
            names = "--width",
            paramLabel = "N",
            defaultValue = "16",
            description = "Channels of the network's finest level.")
    private int width;

    @Option(
            names = "--crop",
            paramLabel = "N",
            defaultValue = "80",
            description = "Voxels of a side of what the network is given.")
    private int crop;

    /** Returns the checked size. */
    StepCase size(int batch) {
        multiple("--width", width, WIDTHS, WIDTHS);
        multiple("--crop", crop, SIDES, 2 * SIDES);
        return new StepCase(width, crop, batch);
    }

    private static void multiple(String option, int value, int of, int least) {
        if (value < least || value % of != 0) {
            throw new UserInputException(
                    "%s: expected a multiple of %d of at least %d, got %d"
                            .formatted(option, of, least, value));
        }
    }
}
