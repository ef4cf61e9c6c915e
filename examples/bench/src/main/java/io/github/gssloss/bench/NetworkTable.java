/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import ai.djl.Device;
import io.github.gssloss.files.ResidentMemory;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What networks cost, side by side. Each is measured alone, one after the other. */
final class NetworkTable {

    private final PrintWriter out;
    private final Device device;
    private final int repeats;

    /**
     * Creates an empty table.
     *
     * @param out where it is printed
     * @param device where the networks compute
     * @param repeats how many steps and predictions are timed
     */
    NetworkTable(PrintWriter out, Device device, int repeats) {
        this.out = out;
        this.device = device;
        this.repeats = repeats;
    }

    /** Measures networks, prints the table, what memory was too small for, and the ratios. */
    void run(List<StepCase> sizes) throws IOException {
        boolean memory = !device.isGpu() && ResidentMemory.isKnown();
        List<Map<NetworkCost, Double>> costs = new ArrayList<>();
        List<String> tooLarge = new ArrayList<>();
        for (StepCase size : sizes) {
            out.println(size);
            Map<NetworkCost, Double> own = new EnumMap<>(NetworkCost.class);
            for (NetworkProcess.Task task : NetworkProcess.Task.values()) {
                if ((memory || !task.ofMemory())
                        && !NetworkProcess.measure(task, size, device, repeats, own)) {
                    tooLarge.add(size.network().title() + ", " + task.title() + ": out of memory");
                }
            }
            costs.add(own);
        }
        print(sizes, costs);
        out.println();
        tooLarge.forEach(out::println);
        if (!memory) {
            out.println(
                    device.isGpu()
                            ? "peak memory is measured on the CPU only"
                            : "peak memory is measured on Linux only: it reads /proc");
        }
        ratios(sizes, costs);
    }

    private void print(List<StepCase> sizes, List<Map<NetworkCost, Double>> costs) {
        NumberTable table =
                new NumberTable(
                        out,
                        "median of " + repeats + " steps or predictions",
                        sizes.stream().map(NetworkTable::column).toArray(String[]::new));
        for (NetworkCost cost : NetworkCost.values()) {
            if (costs.stream().anyMatch(own -> own.containsKey(cost))) {
                table.cells(
                        cost.label(),
                        costs.stream().map(own -> cell(cost, own)).toArray(String[]::new));
            }
        }
    }

    /** As wide as the number of parameters. */
    private static String column(StepCase size) {
        return String.format("%10s", size.network().title());
    }

    private static String cell(NetworkCost cost, Map<NetworkCost, Double> own) {
        return own.containsKey(cost)
                ? String.format(Locale.ROOT, cost.format(), own.get(cost))
                : "";
    }

    private void ratios(List<StepCase> sizes, List<Map<NetworkCost, Double>> costs) {
        for (int i = 0; i < sizes.size(); i++) {
            Map<NetworkCost, Double> own = costs.get(i);
            if (own.containsKey(NetworkCost.STEP_TASK)) {
                String of = sizes.size() == 1 ? "" : "-" + sizes.get(i).network().key();
                double overhead = own.get(NetworkCost.STEP_GSS) / own.get(NetworkCost.STEP_TASK);
                out.printf(Locale.ROOT, "ratio gss-overhead%s %.3f%n", of, overhead);
            }
        }
    }
}
