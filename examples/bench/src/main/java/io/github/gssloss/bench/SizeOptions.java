/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import picocli.CommandLine.Option;

/** The size of the RFNet that a bench works with, and of what it is given. */
final class SizeOptions {

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

    StepCase size(int batch) {
        return new StepCase(width, crop, batch);
    }
}
