/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.bench;

import ai.djl.ndarray.NDManager;
import io.github.gssloss.program.runfolder.ResidentMemory;
import io.github.gssloss.program.tables.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Watches memory and arrays over many steps and judges them. */
final class Watch {

    private static final int MARKS = 10;

    /** Of ten marks; what comes later must not grow. */
    private static final int WARM_UP_MARKS = 2;

    /** The most looks at the memory between two marks: it goes up and down, their median counts. */
    private static final int LOOKS = 100;

    /** The compiler and the allocator go on settling a little. */
    private static final long TOLERANCE = 8L << 20;

    private static final double MEGABYTE = 1 << 20;

    private record Mark(int step, long bytes, int arrays) {}

    private final String title;
    private final NDManager root;

    /**
     * Creates a watch.
     *
     * @param title what is watched
     * @param manager a manager of the engine
     */
    Watch(String title, NDManager manager) {
        this.title = title;
        NDManager top = manager;
        while (top.getParentManager() != null && top.getParentManager() != top) {
            top = top.getParentManager();
        }
        root = top;
    }

    /** Takes steps, prints a table and tells whether memory and arrays stayed as they were. */
    boolean over(int steps, Contender step) {
        List<Mark> marks = new ArrayList<>();
        List<Long> looks = new ArrayList<>();
        int each = steps / MARKS;
        for (int i = 1; i <= each * MARKS; i++) {
            step.run(new Stopwatch(() -> {}));
            if (i % Math.max(1, each / LOOKS) == 0) {
                looks.add(resident());
            }
            if (i % each == 0) {
                marks.add(new Mark(i, median(looks), root.getManagedArrays().size()));
                looks.clear();
            }
        }
        tell(marks);
        List<Mark> settled = marks.subList(WARM_UP_MARKS - 1, marks.size());
        Mark first = settled.get(0);
        long growth = settled.stream().mapToLong(Mark::bytes).max().orElseThrow() - first.bytes();
        boolean constant = settled.stream().allMatch(mark -> mark.arrays() == first.arrays());
        boolean flat = constant && growth <= TOLERANCE;
        System.out.printf(
                "%s: after step %d resident memory grew by at most %.1f MB, the number of arrays"
                        + " %s%n",
                flat ? "passed" : "FAILED",
                first.step(),
                Math.max(0, growth) / MEGABYTE,
                constant ? "is constant" : "changed");
        return flat;
    }

    /** 0 where the system does not tell. */
    private static long resident() {
        try {
            return ResidentMemory.isKnown() ? ResidentMemory.now() : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long median(List<Long> bytes) {
        List<Long> sorted = bytes.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private void tell(List<Mark> marks) {
        Table table = new Table(0, List.of("steps", "resident MB, median", "arrays"));
        for (Mark mark : marks) {
            String bytes =
                    mark.bytes() == 0 ? "Linux only" : Format.number(mark.bytes() / MEGABYTE);
            table.add(
                    List.of(Integer.toString(mark.step()), bytes, Integer.toString(mark.arrays())));
        }
        System.out.println();
        System.out.println(title);
        table.lines().forEach(System.out::println);
    }
}
