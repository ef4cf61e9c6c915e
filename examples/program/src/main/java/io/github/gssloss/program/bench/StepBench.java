/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.bench;

import ai.djl.Device;
import ai.djl.engine.Engine;
import io.github.gssloss.program.tables.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Measures what GSS adds to a training step of RFNet, and tells it line by line. */
public final class StepBench {

    private static final int SEED = 7;
    private static final int WARM_UP = 1;
    private static final String GSS = "with GSS";
    private static final String TASK = "task losses alone";

    private static final List<String> PARTS =
            List.of(
                    BenchedStep.FORWARD,
                    BenchedStep.LOSS,
                    BenchedStep.BACKWARD,
                    BenchedStep.OPTIMISER,
                    BenchedStep.CLOSING);

    private final StepCase size;
    private final Device device;
    private final int repeats;
    private final Consumer<String> out;

    /**
     * Creates the measurement.
     *
     * @param size network and batch
     * @param device where to compute
     * @param repeats how many steps of each kind are timed, at least 1
     * @param out takes the lines
     */
    public StepBench(StepCase size, Device device, int repeats, Consumer<String> out) {
        this.size = size;
        this.device = device;
        this.repeats = repeats;
        this.out = out;
    }

    /** Measures. The last line is {@code ratio gss-overhead VALUE}. */
    public void run() {
        Machine.lines(device).forEach(out);
        out.accept(size.toString());
        Engine.getInstance().setRandomSeed(SEED);
        Map<String, Timings> timings;
        try (BenchedStep step = new BenchedStep(size, device)) {
            Map<String, Contender> contenders = new LinkedHashMap<>();
            contenders.put(GSS, step.gss());
            contenders.put(TASK, step.taskAlone());
            timings = new Rounds(WARM_UP, repeats).run(step.manager(), contenders);
        }
        out.accept("");
        table(timings).lines().forEach(out);
        out.accept("");
        double overhead = timings.get(GSS).median() / timings.get(TASK).median();
        out.accept(Format.ratio("gss-overhead", overhead, 3));
    }

    private Table table(Map<String, Timings> timings) {
        List<String> header = new ArrayList<>(List.of("median of " + repeats + " steps, ms"));
        header.addAll(timings.keySet());
        Table table = new Table(1, header);
        for (String part : PARTS) {
            List<String> cells = new ArrayList<>(List.of(part));
            timings.values().forEach(timing -> cells.add(Format.number(timing.median(part))));
            table.add(cells);
        }
        List<String> whole = new ArrayList<>(List.of("whole step"));
        timings.values().forEach(timing -> whole.add(Format.number(timing.median())));
        table.add(whole);
        List<String> least = new ArrayList<>(List.of("least of all steps"));
        timings.values().forEach(timing -> least.add(Format.number(timing.least())));
        table.add(least);
        return table;
    }
}
