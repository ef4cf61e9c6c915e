/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.bench;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.report.CurvePanel;
import io.github.gssloss.program.report.LearningCurve;
import io.github.gssloss.program.report.Series;
import io.github.gssloss.program.tables.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * How the time of a forward and backward pass grows with the number of voxels, of modalities and of
 * classes: tables and one picture.
 */
public final class LossScaling {

    private static final int SEED = 7;
    private static final int WARM_UP = 2;
    private static final int BATCH = 2;
    private static final List<Integer> SIDES = List.of(16, 32, 48, 64, 80, 96, 112, 128, 144, 160);
    private static final int FLAT_FROM = 64;
    private static final int FLAT_TO = 128;

    /** Where modalities and classes vary. */
    private static final int SIDE = 64;

    private static final int[] MODALITIES = {2, 3, 4, 5, 6};
    private static final int[] CLASSES = {2, 3, 4, 5, 6, 7, 8};
    private static final double NANOS_PER_MILLI = 1e6;

    /** Logits, their gradients, and what the loss holds for a moment: at most so many copies. */
    private static final int COPIES = 4;

    private final Device device;
    private final int repeats;
    private final Consumer<String> out;

    /**
     * Creates the measurement.
     *
     * @param device where to compute
     * @param repeats how often each size is timed, at least 1
     * @param out takes the lines
     */
    public LossScaling(Device device, int repeats, Consumer<String> out) {
        this.device = device;
        this.repeats = repeats;
        this.out = out;
    }

    /**
     * Measures all sizes.
     *
     * @param folder takes the picture {@code loss-scaling.png}; made where it is missing
     * @throws UserInputException if the folder cannot be made or written to
     */
    public void run(Path folder) {
        run(folder, SIDES, SIDE);
    }

    void run(Path folder, List<Integer> sides, int side) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UserInputException(folder + ": expected a folder that can be made", e);
        }
        Machine.lines(device).forEach(out);
        Map<LossCase, Double> bySide = perVoxel(sides.stream().map(n -> cube(n, 4, 4)).toList());
        tellSides(bySide);
        List<LossCase> grid = new ArrayList<>();
        for (int modalities : MODALITIES) {
            IntStream.of(CLASSES).forEach(classes -> grid.add(cube(side, modalities, classes)));
        }
        Map<LossCase, Double> byKind = perVoxel(grid);
        tellKinds(byKind, side);
        Path picture = folder.resolve("loss-scaling.png");
        new LearningCurve(List.of(sidesPanel(bySide), kindsPanel(byKind, side))).write(picture);
        out.accept("");
        out.accept("Chart in " + picture);
    }

    private static LossCase cube(int side, int modalities, int classes) {
        return new LossCase(BATCH, side, modalities, classes);
    }

    /** The median nanoseconds a voxel, of as many cases as fit into the memory. */
    private Map<LossCase, Double> perVoxel(List<LossCase> cases) {
        Engine.getInstance().setRandomSeed(SEED);
        Map<LossCase, Double> nanos = new LinkedHashMap<>();
        try (NDManager manager = NDManager.newBaseManager(device)) {
            Map<String, Contender> contenders = new LinkedHashMap<>();
            for (LossCase size : cases) {
                if (!FreeMemory.holds(COPIES * size.logitBytes())) {
                    out.accept("left out for want of memory: " + size);
                    continue;
                }
                contenders.put(size.toString(), new LossContenders(size, manager).ours());
            }
            Map<String, Timings> timings = new Rounds(WARM_UP, repeats).run(manager, contenders);
            for (LossCase size : cases) {
                Timings taken = timings.get(size.toString());
                if (taken != null) {
                    nanos.put(size, taken.median() * NANOS_PER_MILLI / size.voxels());
                }
            }
        }
        return nanos;
    }

    private void tellSides(Map<LossCase, Double> bySide) {
        Table table = new Table(1, List.of("size, batch " + BATCH, "voxels", "ms", "ns a voxel"));
        bySide.forEach(
                (size, nanos) ->
                        table.add(
                                List.of(
                                        size.side() + "^3",
                                        Long.toString(size.voxels()),
                                        Format.number(nanos * size.voxels() / NANOS_PER_MILLI),
                                        Format.number(nanos))));
        out.accept("");
        table.lines().forEach(out);
        double[] flat =
                bySide.entrySet().stream()
                        .filter(entry -> entry.getKey().side() >= FLAT_FROM)
                        .filter(entry -> entry.getKey().side() <= FLAT_TO)
                        .mapToDouble(Map.Entry::getValue)
                        .sorted()
                        .toArray();
        if (flat.length > 1) {
            out.accept("");
            String name = "voxel-cost-spread-" + FLAT_FROM + "-to-" + FLAT_TO;
            out.accept(Format.ratio(name, flat[flat.length - 1] / flat[0], 2));
        }
    }

    private void tellKinds(Map<LossCase, Double> byKind, int side) {
        List<String> header = new ArrayList<>();
        header.add("ns a voxel, " + side + "^3, batch " + BATCH);
        IntStream.of(CLASSES).forEach(classes -> header.add(classes + " classes"));
        Table table = new Table(1, header);
        for (int modalities : MODALITIES) {
            List<String> cells = new ArrayList<>(List.of(modalities + " modalities"));
            for (int classes : CLASSES) {
                Double nanos = byKind.get(cube(side, modalities, classes));
                cells.add(nanos == null ? "" : Format.number(nanos));
            }
            table.add(cells);
        }
        out.accept("");
        table.lines().forEach(out);
    }

    private static CurvePanel sidesPanel(Map<LossCase, Double> bySide) {
        double[] sides = bySide.keySet().stream().mapToDouble(LossCase::side).toArray();
        double[] nanos = bySide.values().stream().mapToDouble(Double::doubleValue).toArray();
        return new CurvePanel(
                "Cost of the loss by size, 4 modalities, 4 classes",
                "voxels of a side",
                "ns a voxel, forward and backward",
                false,
                0,
                List.of(new Series("GSS", sides, nanos)));
    }

    private static CurvePanel kindsPanel(Map<LossCase, Double> byKind, int side) {
        List<Series> series = new ArrayList<>();
        for (int modalities : MODALITIES) {
            double[] classes = IntStream.of(CLASSES).asDoubleStream().toArray();
            double[] nanos =
                    IntStream.of(CLASSES)
                            .mapToObj(n -> byKind.get(cube(side, modalities, n)))
                            .mapToDouble(value -> value == null ? Double.NaN : value)
                            .toArray();
            series.add(new Series(modalities + " modalities", classes, nanos));
        }
        return new CurvePanel(
                String.format(Locale.ROOT, "Cost of the loss at %d^3", side),
                "classes",
                "ns a voxel, forward and backward",
                false,
                0,
                series);
    }
}
