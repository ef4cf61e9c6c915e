/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gss bench}: measures what things cost. */
@Command(
        name = "bench",
        description = "Measures what the loss, a training step and a judgement cost.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            BenchLossCommand.class,
            BenchStepCommand.class,
            BenchLoaderCommand.class,
            BenchSubsetsCommand.class,
            BenchEnduranceCommand.class
        })
public final class BenchCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected a COMMAND");
    }
}
