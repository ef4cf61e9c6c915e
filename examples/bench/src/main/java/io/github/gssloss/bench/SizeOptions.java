/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import java.util.Optional;
import picocli.CommandLine.Option;

/** The size of the network that a bench works with, and of what it is given. */
final class SizeOptions {

    @Option(
            names = "--width",
            paramLabel = "N",
            description =
                    "Channels of the network's finest level; default: as published, 16 for RFNet.")
    private Optional<Integer> width;

    @Option(
            names = "--crop",
            paramLabel = "N",
            description = "Voxels of a side of what the network is given.")
    private int crop = 80;

    /** The size of an RFNet. */
    StepCase size(int batch) {
        return size(BenchNetwork.RFNET, batch);
    }

    StepCase size(BenchNetwork network, int batch) {
        return new StepCase(network, width.orElse(network.published()), crop, batch);
    }
}
