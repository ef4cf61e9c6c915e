/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.bench;

import ai.djl.ndarray.NDManager;
import io.github.gssloss.files.ResidentMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The native memory that a forward and backward pass of the loss takes at its peak, in a process of
 * its own in which glibc gives large arrays back at once.
 */
public final class LossMemory {

    /** Blocks from this size on are mapped from the system and unmapped when they are freed. */
    private static final String MAPPED_FROM = "1048576";

    private static final int WARM_UP = 5;
    private static final int REPEATS = 5;

    private LossMemory() {}

    /**
     * The peak over the bytes of the logits, with the logits' own gradients and without the logits.
     * Empty where the system does not tell memory as Linux does.
     *
     * @param size the size
     * @param threads the engine's threads
     * @throws IOException if the process cannot be started or fails
     */
    static OptionalDouble overLogits(LossCase size, int threads) throws IOException {
        if (!ResidentMemory.isKnown()) {
            return OptionalDouble.empty();
        }
        ChildJvm child =
                new ChildJvm(
                        LossMemory.class,
                        threads,
                        size.batch(),
                        size.side(),
                        size.modalities(),
                        size.classes());
        Map<String, String> environment = child.environment();
        environment.keySet().removeIf(name -> name.startsWith("MALLOC_"));
        environment.put("MALLOC_MMAP_THRESHOLD_", MAPPED_FROM);
        List<String> lines = new ArrayList<>();
        int exit = child.run(lines::add);
        if (exit != 0) {
            throw new IOException("the process that measures memory ended with " + exit);
        }
        return OptionalDouble.of(Long.parseLong(lines.get(0)) / (double) size.logitBytes());
    }

    /**
     * Measures in this process and prints the bytes.
     *
     * @param args threads, batch, side, modalities, classes
     */
    public static void main(String[] args) {
        int[] numbers = List.of(args).stream().mapToInt(Integer::parseInt).toArray();
        EngineThreads.set(numbers[0]);
        System.out.println(peak(new LossCase(numbers[1], numbers[2], numbers[3], numbers[4])));
    }

    /** The median of what some runs take beyond what was there before them. */
    private static long peak(LossCase size) {
        List<Long> peaks = new ArrayList<>();
        try (NDManager manager = NDManager.newBaseManager()) {
            Contender ours = new LossContenders(size, manager).ours();
            for (int run = 0; run < WARM_UP + REPEATS; run++) {
                ResidentMemory.forgetPeak();
                long before = ResidentMemory.now();
                ours.run(new Stopwatch(() -> {}));
                if (run >= WARM_UP) {
                    peaks.add(ResidentMemory.peak() - before);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        peaks.sort(Comparator.naturalOrder());
        return peaks.get(REPEATS / 2);
    }
}
