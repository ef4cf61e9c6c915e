/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Work on the voxels of a batch in tasks that need nothing of each other, by as many threads as the
 * engine has, which meet once at the end.
 */
final class VoxelTasks {

    /** The voxels of a task: a millisecond or so, so that a busy core delays little. */
    private static final int VOXELS = 64 * VoxelPass.VOXELS;

    private VoxelTasks() {}

    /** A task: voxels of one sample, from the first to before the end. */
    interface Task<T> {
        T run(int sample, int first, int end);
    }

    /**
     * The results in the order of the voxels, whatever the threads are. If a task fails, its
     * exception is thrown when no other runs any more: they use memory that the caller frees.
     */
    static <T> List<T> run(int samples, int voxels, Task<T> task) {
        int perSample = (voxels - 1) / VOXELS + 1;
        IntStream all = IntStream.range(0, samples * perSample);
        if (threads() == 1 || samples * perSample == 1) {
            return all.mapToObj(i -> run(task, i / perSample, i % perSample, voxels)).toList();
        }
        // A parallel stream uses the threads of the pool in which it is run. It throws an exception
        // of a task while others still run.
        Queue<Throwable> failed = new ConcurrentLinkedQueue<>();
        IntFunction<T> guarded =
                i -> {
                    try {
                        return failed.isEmpty()
                                ? run(task, i / perSample, i % perSample, voxels)
                                : null;
                    } catch (RuntimeException | Error e) {
                        failed.add(e);
                        return null;
                    }
                };
        List<T> results =
                Threads.POOL.submit(() -> all.parallel().mapToObj(guarded).toList()).join();
        if (failed.peek() instanceof Error error) {
            throw error;
        }
        if (failed.peek() instanceof RuntimeException exception) {
            throw exception;
        }
        return results;
    }

    private static <T> T run(Task<T> task, int sample, int number, int voxels) {
        int first = number * VOXELS;
        return task.run(sample, first, first + Math.min(VOXELS, voxels - first));
    }

    /** As many threads as the engine has: read where the engine reads it. */
    static int threads() {
        return threads(
                System.getProperty("ai.djl.pytorch.num_threads", ""),
                System.getenv().getOrDefault("OMP_NUM_THREADS", ""));
    }

    /**
     * As many threads as the first of two settings says that is a number.
     *
     * @param property of DJL
     * @param environment of OpenMP: a number, or one for each level of nesting, as "4,2"
     */
    static int threads(String property, String environment) {
        for (String given : List.of(property, environment.split(",", 2)[0].strip())) {
            if (given.matches("[1-9]\\d{0,3}")) {
                return Integer.parseInt(given);
            }
        }
        return Runtime.getRuntime().availableProcessors();
    }

    /** Made when it is needed first. */
    private static final class Threads {

        static final ForkJoinPool POOL = new ForkJoinPool(threads());

        private Threads() {}
    }
}
