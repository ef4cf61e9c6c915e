/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.bench;

import static io.github.gssloss.program.bench.LossContenders.AUTOGRAD;
import static io.github.gssloss.program.bench.LossContenders.BACKWARD;
import static io.github.gssloss.program.bench.LossContenders.FLOOR;
import static io.github.gssloss.program.bench.LossContenders.FORWARD;
import static io.github.gssloss.program.bench.LossContenders.OURS;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import io.github.gssloss.program.tables.Table;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** Measures what the loss costs, and tells it line by line. */
public final class LossBench {

    private static final int SEED = 7;

    /** A loss is more than a thousand calls into the engine: compiled by Java's second compiler. */
    private static final int WARM_UP = 20;

    private final LossCase size;
    private final Device device;
    private final int repeats;
    private final Consumer<String> out;

    /**
     * Creates the measurement.
     *
     * @param size the size of the batch
     * @param device where to compute
     * @param repeats how often everything is timed, at least 1
     * @param out takes the lines
     */
    public LossBench(LossCase size, Device device, int repeats, Consumer<String> out) {
        this.size = size;
        this.device = device;
        this.repeats = repeats;
        this.out = out;
    }

    /**
     * Measures. The last lines are {@code ratio NAME VALUE}.
     *
     * @param threads the engine's threads, for the process that measures memory
     * @throws IOException if that process fails
     */
    public void run(int threads) throws IOException {
        Machine.lines(device).forEach(out);
        out.accept(size.toString());
        Engine.getInstance().setRandomSeed(SEED);
        try (NDManager manager = NDManager.newBaseManager(device)) {
            LossContenders contenders = new LossContenders(size, manager);
            Rounds rounds = new Rounds(WARM_UP, repeats);
            Map<String, Timings> compared = rounds.run(manager, contenders.compared());
            out.accept("");
            comparison(compared).lines().forEach(out);
            out.accept("");
            parts(rounds.run(manager, contenders.parts())).lines().forEach(out);
            OptionalDouble memory = memory(threads);
            out.accept("");
            double ours = compared.get(OURS).median();
            double autograd = compared.get(AUTOGRAD).median();
            out.accept(Format.ratio("time-vs-autograd", autograd / ours, 2));
            memory.ifPresent(value -> out.accept(Format.ratio("memory-vs-logits", value, 2)));
            double floor = compared.get(FLOOR).median();
            out.accept(Format.ratio("time-vs-softmax-floor", ours / floor, 2));
        }
    }

    private Table comparison(Map<String, Timings> compared) {
        Table table =
                new Table(
                        1,
                        List.of(
                                "median of " + repeats + " rounds, ms",
                                "forward",
                                "backward",
                                "both",
                                "least"));
        compared.forEach(
                (name, timings) -> {
                    boolean trained = !name.equals(FLOOR);
                    table.add(
                            List.of(
                                    name,
                                    Format.number(timings.median(FORWARD)),
                                    trained ? Format.number(timings.median(BACKWARD)) : "",
                                    Format.number(timings.median()),
                                    Format.number(timings.least())));
                });
        return table;
    }

    private static Table parts(Map<String, Timings> parts) {
        Table table = new Table(1, List.of("parts and measures, ms", "median", "least"));
        parts.forEach(
                (name, timings) ->
                        table.add(
                                List.of(
                                        name,
                                        Format.number(timings.median()),
                                        Format.number(timings.least()))));
        return table;
    }

    private OptionalDouble memory(int threads) throws IOException {
        if (device.isGpu()) {
            out.accept("memory-vs-logits is measured on the CPU only");
            return OptionalDouble.empty();
        }
        OptionalDouble memory = LossMemory.overLogits(size, threads);
        if (memory.isEmpty()) {
            out.accept("memory-vs-logits is measured on Linux only: it reads /proc");
        }
        return memory;
    }
}
