/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.github.gssloss.files.StopSignal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code gss bench endurance}: whether anything is left behind, step by step: the loss alone at a
 * small size many times over, and a tiny RFNet. Resident memory must be flat after the warm-up, and
 * the number of arrays that the engine holds constant. All steps run in a process of their own.
 */
@Command(
        name = "endurance",
        description = {
            "Computes the loss and trains a tiny RFNet over and over, on the CPU, and watches"
                    + " memory and arrays.",
            "Exits with 1 where memory grows after the warm-up or arrays are left behind."
        })
final class EnduranceBench implements Callable<Integer> {

    private static final LossCase LOSS = new LossCase(2, 16, 4, 4);
    private static final StepCase STEP = new StepCase(BenchNetwork.RFNET, 4, 16, 1);

    @Spec private CommandSpec spec;

    @Option(
            names = "--loss-steps",
            paramLabel = "N",
            description = "How often the loss is computed.")
    private int lossSteps = 20000;

    @Option(
            names = "--training-steps",
            paramLabel = "N",
            description = "How many steps the network takes.")
    private int trainingSteps = 2000;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Threads of the engine; these steps are too small for more than one.")
    private int threads;

    @Override
    public Integer call() throws IOException {
        BenchOptions.atLeast("--loss-steps", lossSteps, LeakCheck.MARKS);
        BenchOptions.atLeast("--training-steps", trainingSteps, LeakCheck.MARKS);
        BenchOptions.setThreads(threads);
        PrintWriter out = spec.commandLine().getOut();
        return new ChildJvm(EnduranceBench.class, lossSteps, trainingSteps).run(out::println);
    }

    /**
     * Runs all steps in this process and exits with 1 where something is left behind.
     *
     * @param args steps of the loss, steps of the network
     * @throws IOException if the system does not report memory
     */
    public static void main(String[] args) throws IOException {
        StopSignal.listen();
        int[] numbers = Stream.of(args).mapToInt(Integer::parseInt).toArray();
        PrintWriter out = new PrintWriter(System.out, true, Charset.defaultCharset());
        Machine.start(out, Device.cpu());
        boolean flat;
        try (NDManager manager = NDManager.newBaseManager()) {
            LeakCheck check = new LeakCheck("the loss alone, " + LOSS, manager, out);
            flat = check.passes(numbers[0], new LossContenders(LOSS, manager).gss());
        }
        try (TimedStep step = new TimedStep(STEP, Device.cpu())) {
            LeakCheck check = new LeakCheck(STEP + ", with GSS", step.manager(), out);
            flat &= check.passes(numbers[1], step.gss());
        }
        StopSignal.exit(flat ? 0 : 1);
    }
}
