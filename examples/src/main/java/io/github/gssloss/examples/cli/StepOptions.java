/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.cli;

import io.github.gssloss.examples.UserInputException;
import io.github.gssloss.examples.bench.StepCase;
import picocli.CommandLine.Option;

/** The options of measurements that train RFNet. */
final class StepOptions {

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
            description = "Voxels of a side of the crops.")
    private int crop;

    @Option(names = "--batch", paramLabel = "N", defaultValue = "2", description = "Samples.")
    private int batch;

    /** Returns the checked size. */
    StepCase size() {
        Inputs.atLeast("--batch", batch, 1);
        return checked(width, crop, batch);
    }

    /** Returns a size after checking its options {@code --width} and {@code --crop}. */
    static StepCase checked(int width, int crop, int batch) {
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
