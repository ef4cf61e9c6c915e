/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import io.github.gssloss.bench.EngineProfile.Operation;
import io.github.gssloss.files.UserInputException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Prints what the engine's profile says of some work: the operations of most time. */
final class ProfileTable {

    private static final int ROWS = 15;

    private ProfileTable() {}

    /** Refuses a device whose operations go on when the call returns. */
    static void requireCpu(boolean profile, boolean cpu) {
        if (profile && !cpu) {
            throw new UserInputException("--profile: expected --device cpu, got gpu");
        }
    }

    /**
     * Prints the table.
     *
     * @param out where to
     * @param work its name
     * @param operations those of most time first
     */
    static void print(PrintWriter out, String work, List<Operation> operations) {
        double all = millis(operations);
        NumberTable table = new NumberTable(out, "profile of " + work, "calls", "ms", "%");
        List<Operation> first = operations.subList(0, Math.min(ROWS, operations.size()));
        first.forEach(one -> row(table, one.name(), one.calls(), one.millis(), all));
        List<Operation> rest = operations.subList(first.size(), operations.size());
        int calls = rest.stream().mapToInt(Operation::calls).sum();
        row(table, "others", calls, millis(rest), all);
    }

    private static void row(NumberTable table, String name, int calls, double millis, double all) {
        table.cells(
                name,
                Integer.toString(calls),
                String.format(Locale.ROOT, "%.1f", millis),
                String.format(Locale.ROOT, "%.1f", 100 * millis / all));
    }

    private static double millis(List<Operation> operations) {
        return operations.stream().mapToDouble(Operation::millis).sum();
    }
}
