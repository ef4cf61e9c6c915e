/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import java.io.IOException;

/**
 * A process that computes without end while it is told to, and rests otherwise. It is told by
 * single bytes on its standard input, and answers each with the same byte when it has done so. It
 * ends when its standard input does: with the process that started it, however that ends.
 */
final class BusyProcess {

    /** From now on it computes. Neither byte is part of what Java prints on its own. */
    static final int WORK = 1;

    /** From now on it rests. */
    static final int REST = 2;

    private static volatile boolean working;

    private BusyProcess() {}

    /**
     * Does what it is told.
     *
     * @param args none
     * @throws IOException if its standard input cannot be read
     * @throws InterruptedException never
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Thread worker = worker();
        int told = System.in.read();
        while (told >= 0) {
            if (told == WORK && !working) {
                working = true;
                worker = worker();
                worker.start();
            } else {
                working = told == WORK;
                if (!working) {
                    worker.join();
                }
                answer(told);
            }
            told = System.in.read();
        }
    }

    /** It does not keep the process when the main thread has ended. */
    private static Thread worker() {
        Thread worker = new Thread(BusyProcess::compute, "worker");
        worker.setDaemon(true);
        return worker;
    }

    private static void compute() {
        answer(WORK);
        long number = 1;
        // The number is in the condition so that it has to be computed; odd and even in turn, it is
        // 0 once in 2^64 rounds.
        while (working || number == 0) {
            number = number * 6364136223846793005L + 1442695040888963407L;
        }
    }

    private static void answer(int told) {
        System.out.write(told);
        System.out.flush();
    }
}
