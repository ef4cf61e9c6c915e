/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import com.sun.management.OperatingSystemMXBean;
import io.github.gssloss.files.UserInputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How the time of a forward and backward pass grows with the number of voxels, of modalities and of
 * classes: tables and one picture.
 */
final class LossScaling {

    private static final int WARM_UP = 2;
    private static final int BATCH = 2;
    private static final List<Integer> SIDES = List.of(16, 32, 48, 64, 80, 96, 112, 128, 144, 160);
    private static final int FLAT_FROM = 64;
    private static final int FLAT_TO = 128;

    /** Where modalities and classes vary. */
    private static final int SIDE = 64;

    private static final int[] MODALITIES = {2, 3, 4, 5, 6};
    private static final int[] CLASSES = {2, 3, 4, 5, 6, 7, 8};

    /** Of a millisecond. */
    private static final double NANOS = 1e6;

    private static final long KILOBYTE = 1024;

    /** Logits, their gradients, and what the loss holds for a moment: at most so many copies. */
    private static final int COPIES = 4;

    private final PrintWriter out;
    private final Device device;
    private final int repeats;

    /**
     * Creates the measurement.
     *
     * @param out takes the tables
     * @param device where to compute
     * @param repeats how often each size is timed, at least 1
     */
    LossScaling(PrintWriter out, Device device, int repeats) {
        this.out = out;
        this.device = device;
        this.repeats = repeats;
    }

    /** Makes the folder of the picture where it is missing. */
    static Path make(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UserInputException(folder + ": expected a folder that can be made", e);
        }
    }

    /**
     * Measures all sizes.
     *
     * @param folder takes the picture {@code loss-scaling.png}
     * @throws UserInputException if the picture cannot be written
     */
    void run(Path folder) {
        run(folder, SIDES, SIDE);
    }

    void run(Path folder, List<Integer> sides, int side) {
        Map<LossCase, Double> bySide = perVoxel(sides.stream().map(n -> cube(n, 4, 4)).toList());
        printSides(bySide);
        List<LossCase> grid = new ArrayList<>();
        for (int modalities : MODALITIES) {
            IntStream.of(CLASSES).forEach(classes -> grid.add(cube(side, modalities, classes)));
        }
        Map<LossCase, Double> byKind = perVoxel(grid);
        printKinds(byKind, side);
        Path picture = folder.resolve("loss-scaling.png");
        CostChart sizes =
                new CostChart("Cost of the loss, 4 modalities, 4 classes", "voxels of a side");
        sizes.add(
                "GSS",
                bySide.keySet().stream().mapToDouble(LossCase::side).toArray(),
                bySide.values().stream().mapToDouble(Double::doubleValue).toArray());
        CostChart kinds = new CostChart("Cost of the loss at " + side + "^3", "classes");
        double[] classes = IntStream.of(CLASSES).asDoubleStream().toArray();
        for (int m : MODALITIES) {
            kinds.add(m + " modalities", classes, byClasses(byKind, side, m));
        }
        CostChart.write(List.of(sizes, kinds), picture);
        out.printf("%nChart in %s%n", picture);
    }

    private static LossCase cube(int side, int modalities, int classes) {
        return new LossCase(BATCH, side, modalities, classes);
    }

    /** The median nanoseconds a voxel, of as many cases as fit into the memory. */
    private Map<LossCase, Double> perVoxel(List<LossCase> cases) {
        Map<LossCase, Double> nanos = new LinkedHashMap<>();
        try (NDManager manager = NDManager.newBaseManager(device)) {
            Map<LossCase, Contender> contenders = new LinkedHashMap<>();
            for (LossCase size : cases) {
                if (fits(COPIES * size.logitBytes())) {
                    contenders.put(size, new LossContenders(size, manager).gss());
                } else {
                    out.println("left out for want of memory: " + size);
                }
            }
            Stopwatch.rounds(manager, WARM_UP, repeats, contenders)
                    .forEach((size, w) -> nanos.put(size, w.median() * NANOS / size.voxels()));
        }
        return nanos;
    }

    /** Linux knows what its caches would give back; elsewhere they count as taken. */
    static boolean fits(long bytes) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
            String line =
                    lines.filter(x -> x.startsWith("MemAvailable:")).findFirst().orElseThrow();
            return bytes <= KILOBYTE * Long.parseLong(line.replaceAll("\\D", ""));
        } catch (IOException e) {
            var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
            return bytes <= system.getFreeMemorySize();
        }
    }

    private void printSides(Map<LossCase, Double> bySide) {
        NumberTable table = new NumberTable(out, "voxels, batch " + BATCH, "ms", "ns a voxel");
        bySide.forEach(
                (size, nanos) ->
                        table.row(
                                BATCH + " x " + size.side() + "^3 = " + size.voxels(),
                                nanos * size.voxels() / NANOS,
                                nanos));
        DoubleSummaryStatistics flat =
                bySide.entrySet().stream()
                        .filter(entry -> entry.getKey().side() >= FLAT_FROM)
                        .filter(entry -> entry.getKey().side() <= FLAT_TO)
                        .mapToDouble(Map.Entry::getValue)
                        .summaryStatistics();
        if (flat.getCount() > 1) {
            out.printf(
                    Locale.ROOT,
                    "%nratio voxel-cost-spread-%d-to-%d %.2f%n",
                    FLAT_FROM,
                    FLAT_TO,
                    flat.getMax() / flat.getMin());
        }
    }

    private void printKinds(Map<LossCase, Double> byKind, int side) {
        NumberTable table =
                new NumberTable(
                        out,
                        "ns a voxel, " + side + "^3, batch " + BATCH,
                        IntStream.of(CLASSES)
                                .mapToObj(classes -> classes + " classes")
                                .toArray(String[]::new));
        for (int modalities : MODALITIES) {
            table.row(modalities + " modalities", byClasses(byKind, side, modalities));
        }
    }

    /** NaN where the memory did not suffice. */
    private static double[] byClasses(Map<LossCase, Double> byKind, int side, int modalities) {
        return IntStream.of(CLASSES)
                .mapToObj(classes -> cube(side, modalities, classes))
                .mapToDouble(size -> byKind.getOrDefault(size, Double.NaN))
                .toArray();
    }
}
