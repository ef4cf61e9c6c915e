/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.program.bench.StepBench;
import io.github.gssloss.program.bench.StepCase;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gss bench step}: what GSS adds to a training step. */
@Command(
        name = "step",
        description = {
            "Times training steps of RFNet with GSS and with the task losses alone, in turn.",
            "Ends with a line 'ratio gss-overhead VALUE'."
        },
        sortOptions = false,
        showDefaultValues = true)
public final class BenchStepCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private BenchOptions options;
    @Mixin private StepOptions step;

    @Option(
            names = "--repeats",
            paramLabel = "N",
            defaultValue = "5",
            description = "How many steps of each kind are timed.")
    private int repeats;

    @Override
    public Integer call() {
        StepCase size = step.size();
        Inputs.atLeast("--repeats", repeats, 1);
        Console console = Console.of(spec);
        new StepBench(size, options.start(), repeats, console.out()::println).run();
        return 0;
    }
}
