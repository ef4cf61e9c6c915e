/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.bench;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Whether anything is left behind, step by step: the loss alone at a small size many times over,
 * and a tiny RFNet. Resident memory must be flat after the warm-up, and the number of arrays that
 * the engine holds constant.
 */
public final class Endurance {

    private static final LossCase LOSS = new LossCase(2, 16, 4, 4);
    private static final StepCase STEP = new StepCase(4, 16, 1);
    private static final int SEED = 7;

    private Endurance() {}

    /**
     * Runs all steps in a process of its own.
     *
     * @param lossSteps how often the loss is computed, at least 10
     * @param trainingSteps how many steps the network takes, at least 10
     * @param threads the engine's threads
     * @param out takes the lines
     * @return whether nothing is left behind
     * @throws IOException if the process cannot be started
     */
    public static boolean run(int lossSteps, int trainingSteps, int threads, Consumer<String> out)
            throws IOException {
        return new ChildJvm(Endurance.class, lossSteps, trainingSteps, threads).run(out) == 0;
    }

    /**
     * Runs all steps in this process and exits with 1 where something is left behind.
     *
     * @param args steps of the loss, steps of the network, threads
     */
    public static void main(String[] args) {
        int[] numbers = List.of(args).stream().mapToInt(Integer::parseInt).toArray();
        EngineThreads.set(numbers[2]);
        Machine.lines(Device.cpu()).forEach(System.out::println);
        boolean flat = true;
        Engine.getInstance().setRandomSeed(SEED);
        try (NDManager manager = NDManager.newBaseManager()) {
            Contender loss = new LossContenders(LOSS, manager).ours();
            flat &= new Watch("the loss alone, " + LOSS, manager).over(numbers[0], loss);
        }
        try (BenchedStep step = new BenchedStep(STEP, Device.cpu())) {
            Watch watch = new Watch(STEP + ", with GSS", step.manager());
            flat &= watch.over(numbers[1], step.gss());
        }
        System.exit(flat ? 0 : 1);
    }
}
