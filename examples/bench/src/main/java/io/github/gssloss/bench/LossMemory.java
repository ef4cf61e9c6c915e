/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import ai.djl.ndarray.NDManager;
import io.github.gssloss.files.ResidentMemory;
import io.github.gssloss.files.StopSignal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The native memory that a forward and backward pass of the loss takes at its peak, in a process of
 * its own in which glibc gives large arrays back at once.
 */
final class LossMemory {

    /** Until Java's compilers, which take memory, have done their part. */
    private static final int WARM_UP = 20;

    private static final int REPEATS = 5;

    private LossMemory() {}

    /**
     * The peak over the bytes of the logits, with the logits' own gradients and without the logits.
     *
     * @throws IOException if the process cannot be started or fails
     */
    static double overLogits(LossCase size) throws IOException {
        ChildJvm child =
                new ChildJvm(
                        LossMemory.class,
                        size.batch(),
                        size.side(),
                        size.modalities(),
                        size.classes());
        List<String> lines = new ArrayList<>();
        int exit = child.givingBack().run(lines::add);
        if (exit != 0) {
            throw new IOException("the process that measures memory ended with " + exit);
        }
        return Long.parseLong(lines.get(0)) / (double) size.logitBytes();
    }

    /**
     * Measures in this process and prints the bytes.
     *
     * @param args batch, side, modalities, classes
     * @throws IOException if the system does not report memory
     */
    public static void main(String[] args) throws IOException {
        StopSignal.listen();
        int[] numbers = Stream.of(args).mapToInt(Integer::parseInt).toArray();
        System.out.println(peak(new LossCase(numbers[0], numbers[1], numbers[2], numbers[3])));
    }

    /** The median of what some runs take beyond what was there before them. */
    private static long peak(LossCase size) throws IOException {
        List<Long> peaks = new ArrayList<>();
        try (NDManager manager = NDManager.newBaseManager()) {
            Contender gss = new LossContenders(size, manager).gss();
            for (int run = 0; run < WARM_UP + REPEATS; run++) {
                ResidentMemory.forgetPeak();
                long before = ResidentMemory.now();
                gss.run(new Stopwatch(manager));
                if (run >= WARM_UP) {
                    peaks.add(ResidentMemory.peak() - before);
                }
            }
        }
        peaks.sort(Comparator.naturalOrder());
        return peaks.get(REPEATS / 2);
    }
}
