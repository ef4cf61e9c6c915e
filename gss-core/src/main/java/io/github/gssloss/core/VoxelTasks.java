/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import java.util.List;
import java.util.concurrent.ForkJoinPool;
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

    /** The results in the order of the voxels, whatever the threads are. */
    static <T> List<T> run(int samples, int voxels, Task<T> task) {
        int perSample = (voxels - 1) / VOXELS + 1;
        IntStream all = IntStream.range(0, samples * perSample);
        if (threads() == 1 || samples * perSample == 1) {
            return all.mapToObj(i -> run(task, i / perSample, i % perSample, voxels)).toList();
        }
        // A parallel stream uses the threads of the pool in which it is run.
        return Threads.POOL
                .submit(
                        () ->
                                all.parallel()
                                        .mapToObj(
                                                i ->
                                                        run(
                                                                task,
                                                                i / perSample,
                                                                i % perSample,
                                                                voxels))
                                        .toList())
                .join();
    }

    private static <T> T run(Task<T> task, int sample, int number, int voxels) {
        int first = number * VOXELS;
        return task.run(sample, first, first + Math.min(VOXELS, voxels - first));
    }

    /** As many threads as the engine has: read where the engine reads it. */
    static int threads() {
        String environment = System.getenv().getOrDefault("OMP_NUM_THREADS", "");
        for (String given :
                List.of(System.getProperty("ai.djl.pytorch.num_threads", ""), environment)) {
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
