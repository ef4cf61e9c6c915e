/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.program.bench.Endurance;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gss bench endurance}: whether steps leave anything behind. */
@Command(
        name = "endurance",
        description = {
            "Computes the loss and trains a tiny RFNet over and over, on the CPU, and watches"
                    + " memory and arrays.",
            "Exits with 1 where memory grows after the warm-up or arrays are left behind."
        },
        sortOptions = false,
        showDefaultValues = true)
public final class BenchEnduranceCommand implements Callable<Integer> {

    private static final int LEAST = 10;

    @Spec private CommandSpec spec;

    @Option(
            names = "--loss-steps",
            paramLabel = "N",
            defaultValue = "20000",
            description = "How often the loss is computed.")
    private int lossSteps;

    @Option(
            names = "--training-steps",
            paramLabel = "N",
            defaultValue = "2000",
            description = "How many steps the network takes.")
    private int trainingSteps;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Threads of the engine.")
    private int threads;

    @Override
    public Integer call() throws IOException {
        Inputs.atLeast("--loss-steps", lossSteps, LEAST);
        Inputs.atLeast("--training-steps", trainingSteps, LEAST);
        Inputs.atLeast("--threads", threads, 1);
        Console console = Console.of(spec);
        boolean flat = Endurance.run(lossSteps, trainingSteps, threads, console.out()::println);
        return flat ? 0 : 1;
    }
}
