/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import static io.github.gssloss.bench.LossContenders.AUTOGRAD;
import static io.github.gssloss.bench.LossContenders.BACKWARD;
import static io.github.gssloss.bench.LossContenders.ENGINE;
import static io.github.gssloss.bench.LossContenders.FLOOR;
import static io.github.gssloss.bench.LossContenders.FORWARD;
import static io.github.gssloss.bench.LossContenders.GSS;
import static io.github.gssloss.bench.LossContenders.REMEDIES;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.github.gssloss.core.GroupDistillation;
import io.github.gssloss.files.ResidentMemory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gss bench loss}: what a forward and backward pass of the distillation costs. */
@Command(
        name = "loss",
        description = {
            "Times forward and backward of the distillation against plain DJL operations and"
                    + " against softmaxes alone, and measures its memory.",
            "Ends with lines 'ratio NAME VALUE'."
        })
final class LossBench implements Callable<Void> {

    /** A loss is more than a thousand calls into the engine: compiled by Java's second compiler. */
    private static final int WARM_UP = 20;

    @Mixin private final BenchOptions options = new BenchOptions(15);

    @Option(names = "--size", paramLabel = "N", description = "Voxels of a side of the cubes.")
    private int size = 80;

    @Option(names = "--batch", paramLabel = "N", description = "Samples.")
    private int batch = 2;

    @Option(names = "--modalities", paramLabel = "N", description = "Branches.")
    private int modalities = 4;

    @Option(names = "--classes", paramLabel = "N", description = "Classes.")
    private int classes = 4;

    @Option(
            names = "--scaling",
            paramLabel = "FOLDER",
            description =
                    "Instead of the ratios: the time by number of voxels, modalities and classes,"
                            + " as tables and as a chart in this folder.")
    private Optional<Path> scaling;

    @Option(
            names = "--busy",
            description =
                    "Instead of the ratios: the loss alone on the quiet machine, and with one busy"
                            + " process of low priority a processor, in turn.")
    private boolean busy;

    @Override
    public Void call() throws IOException {
        LossCase logits = new LossCase(batch, size, modalities, classes);
        int repeats = options.repeats();
        BenchOptions.excludes("--busy", busy, "--scaling", scaling.isPresent());
        scaling.ifPresent(LossScaling::make);
        Device device = options.start();
        PrintWriter out = options.out();
        out.println(
                "distillation: "
                        + (device.isGpu()
                                ? "operations of the engine"
                                : GroupDistillation.cpuPath()));
        if (scaling.isPresent()) {
            new LossScaling(out, device, repeats).run(scaling.get());
        } else if (busy) {
            busy(logits, repeats, device, out);
        } else {
            compare(logits, repeats, device, out);
        }
        return null;
    }

    private static void compare(LossCase logits, int repeats, Device device, PrintWriter out)
            throws IOException {
        out.println(logits);
        Map<String, Stopwatch> times;
        try (NDManager manager = NDManager.newBaseManager(device)) {
            LossContenders contenders = new LossContenders(logits, manager);
            times = Stopwatch.rounds(manager, WARM_UP, repeats, contenders.compared());
        }
        NumberTable table =
                new NumberTable(
                        out,
                        "median of " + repeats + " rounds, ms",
                        FORWARD,
                        BACKWARD,
                        "both",
                        "least");
        times.forEach(
                (name, watch) ->
                        table.row(
                                name,
                                watch.median(FORWARD),
                                watch.median(BACKWARD),
                                watch.median(),
                                watch.least()));
        OptionalDouble memory = memory(logits, device, out);
        operations(device, out);
        out.println();
        double ours = times.get(GSS).median();
        ratio(out, "time-vs-autograd", times.get(AUTOGRAD).median() / ours);
        memory.ifPresent(value -> ratio(out, "memory-vs-logits", value));
        ratio(out, "time-vs-softmax-floor", ours / times.get(FLOOR).median());
        ratio(out, "engine-vs-loss", times.get(ENGINE).median() / ours);
        ratio(out, "remedies-vs-paper", times.get(REMEDIES).median() / ours);
    }

    private static void busy(LossCase logits, int repeats, Device device, PrintWriter out)
            throws IOException {
        out.println(logits);
        try (NDManager manager = NDManager.newBaseManager(device)) {
            new QuietAndBusy(out, manager, WARM_UP, repeats)
                    .compare(
                            new LossContenders(logits, manager).gss(),
                            List.of(FORWARD, BACKWARD),
                            "run");
        }
    }

    private static void operations(Device device, PrintWriter out) throws IOException {
        LossCase small = new LossCase(2, 16, 4, 4);
        try (NDManager manager = NDManager.newBaseManager(device)) {
            out.printf(
                    "operations of the engine in one evaluation of one block: %d, with all remedies"
                            + " %d%n",
                    EngineOperations.count(small, small.config(), manager),
                    EngineOperations.count(small, small.remedies(), manager));
        }
    }

    private static OptionalDouble memory(LossCase logits, Device device, PrintWriter out)
            throws IOException {
        if (!device.isGpu() && ResidentMemory.isKnown()) {
            return OptionalDouble.of(LossMemory.overLogits(logits));
        }
        out.println();
        out.println(
                device.isGpu()
                        ? "memory-vs-logits is measured on the CPU only"
                        : "memory-vs-logits is measured on Linux only: it reads /proc");
        return OptionalDouble.empty();
    }

    private static void ratio(PrintWriter out, String name, double value) {
        out.printf(Locale.ROOT, "ratio %s %.2f%n", name, value);
    }
}
