/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import ai.djl.Device;
import ai.djl.engine.Engine;
import io.github.gssloss.files.UserInputException;
import picocli.CommandLine.Option;

/** The options of every bench that computes in this process. */
final class BenchOptions {

    /** The threads of an operation. The engine reads this property once, when it starts. */
    static final String ENGINE_THREADS = "ai.djl.pytorch.num_threads";

    private enum Kind {
        CPU,
        GPU
    }

    @Option(
            names = "--device",
            paramLabel = "cpu|gpu",
            defaultValue = "cpu",
            description = "Where to compute.")
    private Kind device;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of the engine; by default as many as there are processors.")
    private int threads = Runtime.getRuntime().availableProcessors();

    /** Returns the device, on an engine of that many threads; to be called before any other. */
    Device start() {
        setThreads(threads);
        if (device == Kind.CPU) {
            return Device.cpu();
        }
        if (Engine.getInstance().getGpuCount() == 0) {
            throw new UserInputException(
                    "--device: expected a CUDA device and the CUDA natives of PyTorch for gpu,"
                            + " found none");
        }
        return Device.gpu();
    }

    static void setThreads(int threads) {
        atLeast("--threads", threads, 1);
        System.setProperty(ENGINE_THREADS, Integer.toString(threads));
    }

    static void atLeast(String option, int value, int least) {
        if (value < least) {
            throw new UserInputException(
                    "%s: expected a whole number of at least %d, got %d"
                            .formatted(option, least, value));
        }
    }
}
