/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import ai.djl.Device;
import ai.djl.engine.Engine;
import io.github.gssloss.files.UserInputException;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of every bench that computes in this process: where, and with how many threads. */
final class BenchOptions {

    /** The threads of an operation. The engine reads this property once, when it starts. */
    static final String ENGINE_THREADS = "ai.djl.pytorch.num_threads";

    private enum Kind {
        CPU,
        GPU
    }

    @Spec(Spec.Target.MIXEE)
    private CommandSpec bench;

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

    @Option(
            names = "--repeats",
            paramLabel = "N",
            description = "How many rounds, training steps or pairs of them are timed.")
    private int repeats;

    /** Creates the options of a bench that is repeated so often unless the user says otherwise. */
    BenchOptions(int repeats) {
        this.repeats = repeats;
    }

    int repeats() {
        atLeast("--repeats", repeats, 1);
        return repeats;
    }

    /** Refuses an option that another leaves nothing to do. */
    static void excludes(String option, boolean given, String other, boolean otherGiven) {
        if (given && otherGiven) {
            throw new UserInputException(
                    "%s: expected without %s, got both".formatted(option, other));
        }
    }

    boolean onCpu() {
        return device == Kind.CPU;
    }

    PrintWriter out() {
        return bench.commandLine().getOut();
    }

    /**
     * Starts an engine of that many threads, prints what it runs on and returns the device; to be
     * called before anything else that needs the engine.
     */
    Device start() {
        setThreads(threads);
        Device chosen = device == Kind.CPU ? Device.cpu() : gpu();
        Machine.start(out(), chosen);
        return chosen;
    }

    private static Device gpu() {
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
