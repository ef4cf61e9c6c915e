/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.sample;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that load the samples of a {@link CropDataset}. */
public final class CropWorkers {

    private CropWorkers() {}

    /**
     * Starts threads, daemons all. Shut them down after training.
     *
     * @param workers the number of threads
     * @return an executor for {@code getData(manager, executor)}
     */
    public static ExecutorService start(int workers) {
        AtomicInteger count = new AtomicInteger();
        return Executors.newFixedThreadPool(
                workers,
                task -> {
                    Thread thread = new Thread(task, "loader-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }
}
