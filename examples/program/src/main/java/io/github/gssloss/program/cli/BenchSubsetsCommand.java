/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.program.bench.StepCase;
import io.github.gssloss.program.bench.SubsetsBench;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gss bench subsets}: what judging with all subsets gains from encoders that run once. */
@Command(
        name = "subsets",
        description = {
            "Times RFNet with the 15 subsets of the modalities on one window: encoders once for"
                    + " all, and a pass for each.",
            "Ends with a line 'ratio each-vs-once VALUE'."
        },
        sortOptions = false,
        showDefaultValues = true)
public final class BenchSubsetsCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private BenchOptions options;
    @Mixin private SizeOptions network;

    @Option(
            names = "--repeats",
            paramLabel = "N",
            defaultValue = "3",
            description = "How many windows are timed each way.")
    private int repeats;

    @Override
    public Integer call() {
        StepCase size = network.size(1);
        Inputs.atLeast("--repeats", repeats, 1);
        Console console = Console.of(spec);
        new SubsetsBench(size, options.start(), repeats, console.out()::println).run();
        return 0;
    }
}
