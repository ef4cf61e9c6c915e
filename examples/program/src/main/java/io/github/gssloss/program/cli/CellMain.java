/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.program.experiment.CellWork;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A process that {@code gss ablate} starts for one cell. */
public final class CellMain {

    private CellMain() {}

    /**
     * Trains and evaluates a cell and exits with 1 where that failed. Ends at once when the process
     * that started this one has ended: two must never work on the same cell.
     *
     * @param args the file of the job
     * @throws IOException if the job cannot be read or its outcome not be written
     */
    public static void main(String[] args) throws IOException {
        Gss.optOutOfTracking();
        Thread watch = new Thread(CellMain::haltWithParent, "watch");
        watch.setDaemon(true);
        watch.start();
        PrintWriter out = new PrintWriter(System.out, true, Console.encoding());
        System.exit(CellWork.run(Path.of(args[0]), new ConsoleProgress(out)) ? 0 : 1);
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
