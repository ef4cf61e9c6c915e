/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Notices Ctrl-C and SIGTERM while a training is under way. The Java machine ends only after the
 * training has ended its step and saved it: a step that is cut off can crash in native code.
 */
final class StopSignal implements AutoCloseable {

    /** How long the thread of the training has for its last message. */
    private static final long MESSAGE_SECONDS = 10;

    private final Thread training = Thread.currentThread();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook = new Thread(this::goDown, "stop");
    private volatile boolean requested;

    private StopSignal() {}

    /** Starts to listen, for a training of this thread. */
    static StopSignal listen() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    boolean requested() {
        return requested;
    }

    private void goDown() {
        requested = true;
        try {
            over.await();
            training.join(TimeUnit.SECONDS.toMillis(MESSAGE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The training is over and everything of it saved. */
    @Override
    public void close() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The Java machine is ending; the hook has nothing to wait for any more.
        }
    }
}
