/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Keeps two programs from writing to the same folder. The system gives the lock back when the
 * process ends, however it ends.
 */
public final class FolderLock {

    private static final long POLL_MILLISECONDS = 50;

    private FolderLock() {}

    /**
     * What is to be done in a folder.
     *
     * @param <T> what comes of it
     */
    @FunctionalInterface
    public interface Work<T> {

        /**
         * Does it.
         *
         * @return what comes of it
         * @throws IOException if reading or writing fails
         */
        T run() throws IOException;
    }

    /**
     * Works in a folder while nobody else does.
     *
     * @param folder an existing folder
     * @param taken what to say after the folder's name where somebody else works in it
     * @param work the work
     * @param <T> what comes of it
     * @return what the work returns
     * @throws UserInputException if somebody else works in it
     * @throws IOException if the file of the lock cannot be made, or from the work
     */
    public static <T> T holding(Path folder, String taken, Work<T> work) throws IOException {
        try (FileChannel channel = open(folder)) {
            if (!take(channel)) {
                throw new UserInputException(folder + ": " + taken);
            }
            return work.run();
        }
    }

    /**
     * Waits for somebody else who works in a folder and is about to end.
     *
     * @param folder an existing folder
     * @param longest how long to wait; who works in it then is found by {@link #holding}
     * @throws IOException if the file of the lock cannot be made, or this thread is interrupted
     */
    public static void await(Path folder, Duration longest) throws IOException {
        long end = System.nanoTime() + longest.toNanos();
        try (FileChannel channel = open(folder)) {
            while (!take(channel) && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + folder, e);
        }
    }

    private static FileChannel open(Path folder) throws IOException {
        return FileChannel.open(
                folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static boolean take(FileChannel channel) {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            // A file system without locks: then there is none.
            return true;
        }
    }
}
