/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.program.experiment.CellWork;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** A process that {@code gss ablate} starts for one cell. */
public final class CellMain {

    private CellMain() {}

    /**
     * Trains and judges a cell and exits with 1 where that failed. Ends at once when the process
     * that started this one has ended: two must never work on the same cell.
     *
     * @param args the words of the job
     * @throws IOException if its outcome cannot be written
     */
    public static void main(String[] args) throws IOException {
        Gss.optOutOfTracking();
        Thread watch = new Thread(CellMain::haltWithParent, "watch");
        watch.setDaemon(true);
        watch.start();
        Console console = Console.stdout("gss ablate, cell " + args[0]);
        System.exit(CellWork.run(args, console.progress()) ? 0 : 1);
    }

    /** Nobody writes to the standard input: it ends with its other end. */
    private static void haltWithParent() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Runtime.getRuntime().halt(1);
        }
    }
}
