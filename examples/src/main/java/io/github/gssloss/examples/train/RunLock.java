/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.train;

import io.github.gssloss.examples.UserInputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;

/**
 * Keeps two trainings from writing to the same run. The system gives the lock back when the process
 * ends, however it ends.
 */
public final class RunLock {

    private RunLock() {}

    /** What is to be done with a run. */
    @FunctionalInterface
    public interface Work {

        /**
         * Does it.
         *
         * @return the run
         * @throws IOException if reading or writing fails
         */
        RunFolder on() throws IOException;
    }

    /**
     * Works on a run while nobody else does.
     *
     * @param run the run
     * @param work the work
     * @return what the work returns
     * @throws UserInputException if another training is at work on it
     * @throws IOException if reading or writing fails
     */
    public static RunFolder holding(RunFolder run, Work work) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        run.path().resolve(".lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE)) {
            if (!take(channel)) {
                throw new UserInputException(
                        run.path()
                                + ": expected a run that nobody trains, found another training at"
                                + " work on it");
            }
            return work.on();
        }
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
