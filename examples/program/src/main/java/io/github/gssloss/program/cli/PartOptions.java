/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.part.CasePart;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Several jobs that share the cases of a folder; of every command that works on cases. */
final class PartOptions {

    @Option(
            names = "--part",
            paramLabel = "K/N",
            description =
                    "Work on one part of the cases, the K-th of N from 0: other jobs may work on"
                            + " the others at the same time, into the same folder. Writes no"
                            + " tables.")
    private Optional<String> part = Optional.empty();

    @Option(
            names = "--collect",
            description =
                    "Write the tables of what the parts have left, work on no case, and name the"
                            + " cases that are missing: exits with 2 where any is.")
    private boolean collect;

    /** The part to work on; empty: all cases. */
    Optional<CasePart> part() {
        if (part.isPresent() && collect) {
            throw new UserInputException("expected one of --part and --collect, got both");
        }
        return part.map(CasePart::of);
    }

    boolean collect() {
        return collect;
    }
}
