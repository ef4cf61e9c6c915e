/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import ai.djl.ndarray.NDManager;
import io.github.gssloss.files.ResidentMemory;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether many steps leave memory or arrays behind. */
final class LeakCheck {

    /** The rows of the table: as many stretches of steps. */
    static final int MARKS = 10;

    /** What comes after these marks must not grow. */
    private static final int WARM_UP_MARKS = 2;

    /** The most looks at the memory between two marks: it goes up and down, their median counts. */
    private static final int LOOKS = 100;

    /** The compiler and the allocator go on settling a little. */
    private static final long TOLERANCE = 8L << 20;

    private static final double MEGABYTE = 1 << 20;

    private record Mark(int step, long bytes, int arrays) {}

    private final String title;
    private final NDManager manager;
    private final PrintWriter out;

    /**
     * Creates a check.
     *
     * @param title what takes the steps
     * @param manager a manager of the engine
     * @param out takes the table and the verdict
     */
    LeakCheck(String title, NDManager manager, PrintWriter out) {
        this.title = title;
        this.manager = manager;
        this.out = out;
    }

    /** Takes steps, prints a table, and returns whether memory and arrays stayed as they were. */
    boolean passes(int steps, Contender step) throws IOException {
        List<Mark> marks = marks(steps, step);
        out.printf("%n%s%n     steps  resident MB, median  arrays%n", title);
        for (Mark mark : marks) {
            String megabytes =
                    mark.bytes() == 0
                            ? "Linux only"
                            : String.format(Locale.ROOT, "%.1f", mark.bytes() / MEGABYTE);
            out.printf("%10d  %19s  %6d%n", mark.step(), megabytes, mark.arrays());
        }
        List<Mark> settled = marks.subList(WARM_UP_MARKS - 1, MARKS);
        Mark first = settled.get(0);
        long growth = settled.stream().mapToLong(Mark::bytes).max().orElseThrow() - first.bytes();
        boolean constant = settled.stream().allMatch(mark -> mark.arrays() == first.arrays());
        boolean flat = constant && growth <= TOLERANCE;
        out.printf(
                Locale.ROOT,
                "%s: after step %d resident memory grew by at most %.1f MB, the number of arrays"
                        + " %s%n",
                flat ? "passed" : "FAILED",
                first.step(),
                growth / MEGABYTE,
                constant ? "is constant" : "changed");
        return flat;
    }

    private List<Mark> marks(int steps, Contender step) throws IOException {
        NDManager root = manager;
        while (root.getParentManager() != null && root.getParentManager() != root) {
            root = root.getParentManager();
        }
        List<Mark> marks = new ArrayList<>();
        List<Long> looks = new ArrayList<>();
        int stretch = steps / MARKS;
        for (int i = 1; i <= stretch * MARKS; i++) {
            step.run(new Stopwatch(manager));
            if (i % Math.max(1, stretch / LOOKS) == 0) {
                looks.add(ResidentMemory.isKnown() ? ResidentMemory.now() : 0);
            }
            if (i % stretch == 0) {
                looks.sort(null);
                long median = looks.get(looks.size() / 2);
                marks.add(new Mark(i, median, root.getManagedArrays().size()));
                looks.clear();
            }
        }
        return marks;
    }
}
