/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.files.LeaseTakenException;
import io.github.gssloss.files.StopSignal;
import io.github.gssloss.files.StoppedException;
import io.github.gssloss.program.experiment.CellWork;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A process that {@code gss ablate} starts for one cell. */
public final class CellMain {

    private static final long SAVING_SECONDS = 8;

    private CellMain() {}

    /**
     * Trains and evaluates a cell and exits with 1 where that failed, with 3 where it was stopped,
     * with {@link CellWork#TAKEN} where another process works on it. When the process that started
     * this one ends, it stops within ten seconds: two must never work on the same cell.
     *
     * @param args the file of the job
     * @throws IOException if the job cannot be read or its outcome not be written
     */
    public static void main(String[] args) throws IOException {
        Gss.optOutOfTracking();
        StopSignal.listen();
        Thread watch = new Thread(CellMain::stopWithParent, "watch");
        watch.setDaemon(true);
        watch.start();
        PrintWriter out = new PrintWriter(System.out, true, Console.encoding());
        try {
            StopSignal.exit(CellWork.run(Path.of(args[0]), new ConsoleProgress(out)) ? 0 : 1);
        } catch (StoppedException e) {
            out.println(e.getMessage());
            StopSignal.exit(Failures.STOPPED);
        } catch (LeaseTakenException e) {
            out.println(e.getMessage());
            StopSignal.exit(CellWork.TAKEN);
        }
    }

    /** Nobody writes to the standard input: it ends with its other end. */
    private static void stopWithParent() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // Its other end is gone as well.
        }
        // Like a signal: what is being trained is saved first.
        new Thread(() -> System.exit(1), "exit").start();
        try {
            TimeUnit.SECONDS.sleep(SAVING_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        StopSignal.halt(1);
    }
}
