/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
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
     * The results in the order of the voxels, whatever the threads are. The calling thread works
     * too: it waits for no other to wake up, only for tasks that others have begun. If a task
     * fails, its exception is thrown when no other runs any more: they use memory that the caller
     * frees.
     */
    static <T> List<T> run(int samples, int voxels, Task<T> task) {
        int perSample = (voxels - 1) / VOXELS + 1;
        int count = samples * perSample;
        Shared<T> shared =
                new Shared<>(count, i -> run(task, i / perSample, i % perSample, voxels));
        for (int helper = 1; helper < Math.min(threads(), count); helper++) {
            Threads.POOL.execute(shared);
        }
        shared.run();
        return shared.results();
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

    /** Tasks by number: each thread takes the next one until none is left. */
    private static final class Shared<T> implements Runnable {

        private final int count;
        private final IntFunction<T> task;
        private final AtomicReferenceArray<T> results;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger left;
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private final Queue<Throwable> failed = new ConcurrentLinkedQueue<>();

        private Shared(int count, IntFunction<T> task) {
            this.count = count;
            this.task = task;
            results = new AtomicReferenceArray<>(count);
            // One more for the caller: with no task there is nothing to wait for.
            left = new AtomicInteger(count + 1);
        }

        /** A thread that comes when all are taken does nothing. */
        @Override
        public void run() {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                try {
                    if (failed.isEmpty()) {
                        results.set(i, task.apply(i));
                    }
                } catch (RuntimeException | Error e) {
                    failed.add(e);
                } finally {
                    ended();
                }
            }
        }

        private void ended() {
            if (left.decrementAndGet() == 0) {
                done.complete(null);
            }
        }

        /** Waits for the tasks of other threads, also in a thread that is interrupted. */
        private List<T> results() {
            ended();
            done.join();
            if (failed.peek() instanceof Error error) {
                throw error;
            }
            if (failed.peek() instanceof RuntimeException exception) {
                throw exception;
            }
            return IntStream.range(0, count).mapToObj(results::get).toList();
        }
    }

    /** Made when it is needed first, for those that help the calling thread. */
    private static final class Threads {

        static final ForkJoinPool POOL = new ForkJoinPool(Math.max(1, threads() - 1));

        private Threads() {}
    }
}
