/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import ai.djl.Device;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gss bench step}: what GSS adds to a training step of RFNet. */
@Command(
        name = "step",
        description = {
            "Times training steps of RFNet with GSS and with the task losses alone, in turn.",
            "Ends with a line 'ratio gss-overhead VALUE'."
        })
final class StepBench implements Runnable {

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

    @Override
    public void run() {
        StepCase size = network.size(batch);
        int repeats = options.repeats();
        Device device = options.start();
        PrintWriter out = options.out();
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
