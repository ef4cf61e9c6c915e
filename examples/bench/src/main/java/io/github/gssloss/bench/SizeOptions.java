/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import picocli.CommandLine.Option;

/** The size of the RFNet that a bench works with, and of what it is given. */
final class SizeOptions {

    @Option(
            names = "--width",
            paramLabel = "N",
            description = "Channels of the network's finest level.")
    private int width = 16;

    @Option(
            names = "--crop",
            paramLabel = "N",
            description = "Voxels of a side of what the network is given.")
    private int crop = 80;

    StepCase size(int batch) {
        return new StepCase(width, crop, batch);
    }
}
