/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import ai.djl.Device;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code gss bench step}: what GSS adds to a training step of RFNet, or what the networks cost side
 * by side.
 */
@Command(
        name = "step",
        description = {
            "Times training steps of RFNet with GSS and with the task losses alone, in turn.",
            "With --model: parameters, time and memory of a step and of a prediction.",
            "Ends with lines 'ratio NAME VALUE'."
        })
final class StepBench implements Callable<Void> {

    private static final int WARM_UP = 1;
    private static final String GSS = "with GSS";
    private static final String TASK = "task losses alone";

    private static final List<String> PARTS =
            List.of(
                    TimedStep.FORWARD,
                    TimedStep.LOSS,
                    TimedStep.BACKWARD,
                    TimedStep.OPTIMISER,
                    TimedStep.CLOSING);

    @Mixin private final BenchOptions options = new BenchOptions(MedianInterval.FEWEST);
    @Mixin private SizeOptions network;

    @Option(names = "--batch", paramLabel = "N", description = "Samples.")
    private int batch = 2;

    @Option(
            names = "--model",
            paramLabel = "rfnet|mmformer|uhved|robustseg|all",
            description =
                    "Instead of the parts of RFNet's step: what this network costs, or all four.")
    private Optional<Choice> model;

    @Option(
            names = "--busy",
            description =
                    "Instead of the comparison: a step with GSS on the quiet machine, and with one"
                            + " busy process of low priority a processor, in turn.")
    private boolean busy;

    @Option(
            names = "--profile",
            description =
                    "After the comparison: the operations of the engine in a step with GSS, those"
                            + " of most time first. CPU only.")
    private boolean profile;

    private enum Choice {
        RFNET,
        MMFORMER,
        UHVED,
        ROBUSTSEG,
        ALL;

        private List<BenchNetwork> networks() {
            return this == ALL
                    ? List.of(BenchNetwork.values())
                    : List.of(BenchNetwork.valueOf(name()));
        }
    }

    @Override
    public Void call() throws IOException {
        BenchOptions.excludes("--busy", busy, "--model", model.isPresent());
        BenchOptions.excludes("--profile", profile, "--model", model.isPresent());
        BenchOptions.excludes("--profile", profile, "--busy", busy);
        List<StepCase> sizes =
                model.map(Choice::networks).orElse(List.of(BenchNetwork.RFNET)).stream()
                        .map(one -> network.size(one, batch))
                        .toList();
        int repeats = options.repeats();
        ProfileTable.requireCpu(profile, options.onCpu());
        Device device = options.start();
        PrintWriter out = options.out();
        if (model.isPresent()) {
            new NetworkTable(out, device, repeats).run(sizes);
        } else if (busy) {
            busy(sizes.get(0), repeats, device, out);
        } else {
            parts(sizes.get(0), repeats, device, out, profile);
        }
        return null;
    }

    private static void parts(
            StepCase size, int repeats, Device device, PrintWriter out, boolean profile)
            throws IOException {
        out.println(size);
        Map<String, Stopwatch> times;
        List<EngineProfile.Operation> operations = List.of();
        try (TimedStep step = new TimedStep(size, device)) {
            Map<String, Contender> contenders = new LinkedHashMap<>();
            contenders.put(GSS, step.gss());
            contenders.put(TASK, step.taskAlone());
            times = Stopwatch.rounds(step.manager(), WARM_UP, repeats, contenders);
            if (profile) {
                operations = step.profile();
            }
        }
        NumberTable.ofParts(out, "median of " + repeats + " steps, ms", times, PARTS, "step");
        if (profile) {
            ProfileTable.print(out, "a step with GSS", operations);
        }
        out.println();
        overhead(times.get(GSS).runs(), times.get(TASK).runs(), out);
    }

    /** The ratio of each pair, since a machine that is slower for a while is so for both. */
    static void overhead(double[] gss, double[] task, PrintWriter out) {
        double[] ratios = new double[gss.length];
        Arrays.setAll(ratios, i -> gss[i] / task[i]);
        MedianInterval overhead = MedianInterval.of(ratios);
        String name = "ratio gss-overhead";
        if (overhead.rank() == 0) {
            out.printf(
                    "%s: no interval: it takes at least %d pairs (--repeats), there are %d%n",
                    "gss-overhead", MedianInterval.FEWEST, ratios.length);
        } else {
            out.printf(
                    Locale.ROOT,
                    "gss-overhead: median of %d pairs; 95 %% interval %.3f to %.3f by order"
                            + " statistics, number %d from below and from above%n",
                    ratios.length,
                    overhead.low(),
                    overhead.high(),
                    overhead.rank());
        }
        out.printf(Locale.ROOT, "%n%s %.3f%n", name, overhead.median());
        if (overhead.rank() > 0) {
            out.printf(Locale.ROOT, "%s-upper %.3f%n", name, overhead.high());
        }
    }

    private static void busy(StepCase size, int repeats, Device device, PrintWriter out)
            throws IOException {
        out.println(size);
        try (TimedStep step = new TimedStep(size, device)) {
            new QuietAndBusy(out, step.manager(), WARM_UP, repeats)
                    .compare(step.gss(), PARTS, "step");
        }
    }
}
