/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.files.UserInputException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code gss bench} where the module of the benches is not on the class path. */
@Command(name = "bench", description = "Measures what things cost; needs the jar gss-bench.")
final class MissingBench implements Runnable {

    @Unmatched private final List<String> words = new ArrayList<>();

    @Override
    public void run() {
        throw new UserInputException(
                "expected the jar gss-bench on the class path for " + words + ", found none");
    }
}
