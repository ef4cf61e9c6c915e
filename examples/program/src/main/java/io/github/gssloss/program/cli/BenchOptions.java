/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import ai.djl.Device;
import io.github.gssloss.program.bench.EngineThreads;
import io.github.gssloss.program.config.DeviceKind;
import io.github.gssloss.program.model.Devices;
import picocli.CommandLine.Option;

/** The options of every measurement. */
final class BenchOptions {

    @Option(
            names = "--device",
            paramLabel = "cpu|gpu",
            defaultValue = "cpu",
            description = "Where to compute.")
    private DeviceKind device;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "2",
            description = "Threads of the engine.")
    private int threads;

    /** Returns the device, on an engine of that many threads; to be called before any other. */
    Device start() {
        Inputs.atLeast("--threads", threads, 1);
        EngineThreads.set(threads);
        return Devices.of(device);
    }

    int threads() {
        return threads;
    }
}
