/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.files;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C, SIGTERM and a closed terminal. The process ends at once, unless it does work that has to
 * be saved first: that work is asked to stop, and the process ends after it.
 *
 * <p>It ends without the destructors of native libraries. They would run beside a thread that is
 * still computing in native code, and such a process can crash while it ends.
 */
public final class StopSignal {

    private static final int SIGTERM = 15;
    private static final Map<String, Integer> OTHERS =
            Map.of("SIGHUP handler", 1, "SIGINT handler", 2);

    /** What a shell adds to the number of the signal that ended a process. */
    private static final int SIGNALLED = 128;

    /** How long the main thread has for its last message once its work is saved. */
    private static final long MESSAGE_SECONDS = 10;

    private static final Object WORK = new Object();
    private static int working;
    private static volatile boolean requested;
    private static volatile boolean ending;

    private StopSignal() {}

    /**
     * Listens from now on. To be called once, by a main method that returns or ends with {@link
     * #exit}.
     */
    public static void listen() {
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(main), "stop"));
    }

    /**
     * Returns whether this process was asked to stop.
     *
     * @return whether work that {@link #finish} lets go on should save and end
     */
    public static boolean requested() {
        return requested;
    }

    /**
     * Ends work here, of which nothing has to be saved, if this process was asked to stop.
     *
     * @throws StoppedException if it was
     */
    public static void check() {
        if (requested) {
            throw new StoppedException("stopped");
        }
    }

    /**
     * Does work that the process waits for when it is asked to stop.
     *
     * @param work the work; it ends soon after {@link #requested}, with a {@link StoppedException}
     *     where something is left to do
     * @param <T> what comes of it
     * @return what the work returns
     * @throws IOException from the work
     */
    public static <T> T finish(FolderLock.Work<T> work) throws IOException {
        count(1);
        try {
            return work.run();
        } finally {
            count(-1);
        }
    }

    private static void count(int change) {
        synchronized (WORK) {
            working += change;
            WORK.notifyAll();
        }
    }

    /** The shutdown hook: Java runs it at a signal, and whenever else the process is to end. */
    private static void stop(Thread main) {
        requested = true;
        if (ending || !main.isAlive()) {
            return;
        }
        try {
            if (awaitWork()) {
                main.join(TimeUnit.SECONDS.toMillis(MESSAGE_SECONDS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ProcessHandle.current().children().forEach(ProcessHandle::destroy);
        halt(SIGNALLED + signal());
    }

    /** Returns whether there was work to wait for. */
    private static boolean awaitWork() throws InterruptedException {
        synchronized (WORK) {
            boolean found = working > 0;
            while (working > 0) {
                WORK.wait();
            }
            return found;
        }
    }

    /** Java hands its hooks no signal, but names the thread that started them after it. */
    private static int signal() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(thread -> OTHERS.getOrDefault(thread.getName(), 0))
                .filter(number -> number > 0)
                .findFirst()
                .orElse(SIGTERM);
    }

    /**
     * Ends the process, in place of {@link System#exit}: also where it was asked to stop.
     *
     * @param code the exit code
     */
    public static void exit(int code) {
        ending = true;
        if (requested) {
            // Java is ending already, with the number of the signal as its code.
            halt(code);
        }
        System.exit(code);
    }

    /**
     * Ends the process at once and quietly, whatever its threads do. Its temporary folders are
     * removed.
     *
     * @param code the exit code
     */
    public static void halt(int code) {
        TemporaryFolder.removeAll();
        if (!Platform.isWindows()) {
            try {
                // Runtime.halt runs native destructors, this does not.
                NativeLibrary.getProcess().getFunction("_exit").invokeVoid(new Object[] {code});
            } catch (UnsatisfiedLinkError e) {
                // JNA cannot load its own library on every system.
            }
        }
        Runtime.getRuntime().halt(code);
    }
}
