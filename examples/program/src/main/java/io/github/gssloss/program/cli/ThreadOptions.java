/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.program.config.Threads;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option of every command that computes with a network but has no settings of its own. */
final class ThreadOptions {

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of the engine; default: " + Threads.DEFAULT + ".")
    private Optional<Integer> threads;

    /** Returns the number that was given. */
    Optional<Integer> get() {
        threads.ifPresent(number -> Inputs.atLeast("--threads", number, 1));
        return threads;
    }

    /** Sets the number, beside so many threads that prepare crops; before the engine starts. */
    void set(int workers) {
        Threads.set(get(), workers);
    }
}
