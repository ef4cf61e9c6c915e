/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.files;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Runs tasks on several threads. */
public final class Workers {

    private Workers() {}

    /**
     * Runs tasks and waits for their results in order. At the first that failed no further task is
     * begun, and those that run are interrupted.
     *
     * @param threads how many run at a time
     * @param what what they do, for messages, for example {@code writing the phantoms}
     * @param tasks the tasks
     * @param progress takes the number of results so far, after each, in the calling thread
     * @param <T> what comes of a task
     * @return the results in the order of the tasks
     * @throws UserInputException if a task throws one: that of the first such task
     * @throws IllegalStateException if a task fails otherwise, or this thread is interrupted
     */
    public static <T> List<T> run(
            int threads, String what, List<Callable<T>> tasks, IntConsumer progress) {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<T>> futures = tasks.stream().map(executor::submit).toList();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
                progress.accept(results.size());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + what, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UserInputException cause) {
                throw new UserInputException(cause.getMessage(), e);
            }
            throw new IllegalStateException(what + " failed", e.getCause());
        } finally {
            executor.shutdownNow();
        }
    }
}
