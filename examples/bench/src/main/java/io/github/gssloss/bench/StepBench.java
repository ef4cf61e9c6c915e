/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import ai.djl.Device;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
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
            "Ends with a line 'ratio gss-overhead VALUE'."
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

    @Mixin private final BenchOptions options = new BenchOptions(5);
    @Mixin private SizeOptions network;

    @Option(names = "--batch", paramLabel = "N", description = "Samples.")
    private int batch = 2;

    @Option(
            names = "--model",
            paramLabel = "rfnet|mmformer|uhved|robustseg|all",
            description =
                    "Instead of the parts of RFNet's step: what this network costs, or all four.")
    private Optional<Choice> model;

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
        List<StepCase> sizes =
                model.map(Choice::networks).orElse(List.of(BenchNetwork.RFNET)).stream()
                        .map(one -> network.size(one, batch))
                        .toList();
        int repeats = options.repeats();
        Device device = options.start();
        PrintWriter out = options.out();
        if (model.isPresent()) {
            new NetworkTable(out, device, repeats).run(sizes);
        } else {
            parts(sizes.get(0), repeats, device, out);
        }
        return null;
    }

    private static void parts(StepCase size, int repeats, Device device, PrintWriter out) {
        out.println(size);
        Map<String, Stopwatch> times;
        try (TimedStep step = new TimedStep(size, device)) {
            Map<String, Contender> contenders = new LinkedHashMap<>();
            contenders.put(GSS, step.gss());
            contenders.put(TASK, step.taskAlone());
            times = Stopwatch.rounds(step.manager(), WARM_UP, repeats, contenders);
        }
        NumberTable table = new NumberTable(out, "median of " + repeats + " steps, ms", GSS, TASK);
        PARTS.forEach(part -> table.row(part, each(times.values(), watch -> watch.median(part))));
        table.row("whole step", each(times.values(), Stopwatch::median));
        table.row("least of all steps", each(times.values(), Stopwatch::least));
        double overhead = times.get(GSS).median() / times.get(TASK).median();
        out.printf(Locale.ROOT, "%nratio gss-overhead %.3f%n", overhead);
    }

    private static double[] each(Collection<Stopwatch> times, ToDoubleFunction<Stopwatch> number) {
        return times.stream().mapToDouble(number).toArray();
    }
}
