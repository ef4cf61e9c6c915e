/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.program.bench.StepCase;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of measurements that train RFNet. */
final class StepOptions {

    @Mixin private SizeOptions network;

    @Option(names = "--batch", paramLabel = "N", defaultValue = "2", description = "Samples.")
    private int batch;

    /** Returns the checked size. */
    StepCase size() {
        Inputs.atLeast("--batch", batch, 1);
        return network.size(batch);
    }
}
