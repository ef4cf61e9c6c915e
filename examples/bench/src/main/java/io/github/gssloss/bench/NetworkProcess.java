/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import io.github.gssloss.files.ResidentMemory;
import io.github.gssloss.files.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Measures one network in a process that does nothing else, and prints a line {@code COST VALUE}
 * for each number as soon as it is known.
 */
final class NetworkProcess {

    /** As a process that the kernel ends because memory is out. */
    static final int OUT_OF_MEMORY = 137;

    private static final int WARM_UP = 1;
    private static final double MEGABYTE = 1e6;

    /** Linux ends the process with the highest number first. */
    private static final Path FIRST_TO_GO = Path.of("/proc/self/oom_score_adj");

    private static final String HIGHEST = "1000";

    /** What one process measures. */
    enum Task {
        /** Parameters, and times of predictions. */
        PREDICTION_TIME("time of a prediction"),
        /** Times of steps with and without distillation, in turn. */
        STEP_TIME("time of a step"),
        /** Memory of predictions. */
        PREDICTION_MEMORY("memory of a prediction"),
        /** Memory of steps with distillation. */
        STEP_MEMORY("memory of a step");

        private final String title;

        Task(String title) {
            this.title = title;
        }

        /** Its name in messages. */
        String title() {
            return title;
        }

        boolean ofMemory() {
            return this == PREDICTION_MEMORY || this == STEP_MEMORY;
        }
    }

    private final StepCase size;
    private final Device device;
    private final int repeats;

    private NetworkProcess(StepCase size, Device device, int repeats) {
        this.size = size;
        this.device = device;
        this.repeats = repeats;
    }

    /**
     * Measures in a process of its own.
     *
     * @param task what to measure
     * @param size the network and its size
     * @param device where to compute; memory is measured on the CPU alone
     * @param repeats how many runs are timed
     * @param costs receives the numbers
     * @return whether there was enough memory; otherwise some of the numbers are missing
     * @throws IOException if the process cannot be started or fails for another reason
     */
    static boolean measure(
            Task task, StepCase size, Device device, int repeats, Map<NetworkCost, Double> costs)
            throws IOException {
        ChildJvm child =
                new ChildJvm(
                        NetworkProcess.class,
                        task,
                        size.network(),
                        size.width(),
                        size.crop(),
                        size.batch(),
                        device.isGpu(),
                        repeats);
        if (task.ofMemory()) {
            child.givingBack();
        }
        int exit = child.run(line -> take(line, costs));
        if (exit != 0 && exit != OUT_OF_MEMORY) {
            throw new IOException(
                    "%s: the process that measures the %s ended with %d"
                            .formatted(size, task.title(), exit));
        }
        return exit == 0;
    }

    /** Java prints its own warnings among the numbers. */
    private static void take(String line, Map<NetworkCost, Double> costs) {
        for (NetworkCost cost : NetworkCost.values()) {
            String name = cost + " ";
            if (line.startsWith(name)) {
                costs.put(cost, Double.valueOf(line.substring(name.length())));
                return;
            }
        }
        System.err.println(line);
    }

    /**
     * Measures in this process.
     *
     * @param args the task, the network, width, crop, batch, whether to compute on CUDA, repeats
     * @throws IOException if the system does not report memory
     */
    public static void main(String[] args) throws IOException {
        StopSignal.listen();
        if (Files.isWritable(FIRST_TO_GO)) {
            Files.writeString(FIRST_TO_GO, HIGHEST);
        }
        Machine.seeded();
        StepCase size =
                new StepCase(
                        BenchNetwork.valueOf(args[1]),
                        Integer.parseInt(args[2]),
                        Integer.parseInt(args[3]),
                        Integer.parseInt(args[4]));
        Device device = Boolean.parseBoolean(args[5]) ? Device.gpu() : Device.cpu();
        try {
            new NetworkProcess(size, device, Integer.parseInt(args[6])).run(Task.valueOf(args[0]));
        } catch (EngineException e) {
            if (!isOutOfMemory(e)) {
                throw e;
            }
            StopSignal.exit(OUT_OF_MEMORY);
        }
        StopSignal.exit(0);
    }

    /** PyTorch names the allocator that failed, the CPU's or that of CUDA. */
    static boolean isOutOfMemory(EngineException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.contains("allocate memory")
                || message.contains("out of memory")
                || message.contains("bad_alloc");
    }

    private void run(Task task) throws IOException {
        switch (task) {
            case PREDICTION_TIME -> timePrediction();
            case STEP_TIME -> timeStep();
            case PREDICTION_MEMORY -> {
                try (TimedPrediction prediction = new TimedPrediction(size, device)) {
                    prediction.time(WARM_UP, 1);
                    print(NetworkCost.PREDICTION_MEMORY, ResidentMemory.peak() / MEGABYTE);
                }
            }
            case STEP_MEMORY -> {
                try (TimedStep step = new TimedStep(size, device)) {
                    Stopwatch.rounds(step.manager(), WARM_UP, 1, Map.of("", step.gss()));
                    print(NetworkCost.STEP_MEMORY, ResidentMemory.peak() / MEGABYTE);
                }
            }
        }
    }

    private void timePrediction() {
        try (TimedPrediction prediction = new TimedPrediction(size, device)) {
            print(NetworkCost.PARAMETERS, (double) prediction.parameters());
            print(NetworkCost.PARAMETERS_READ, (double) prediction.parametersRead());
            print(NetworkCost.PREDICTION, prediction.time(WARM_UP, repeats).median());
        }
    }

    private void timeStep() {
        try (TimedStep step = new TimedStep(size, device)) {
            Map<NetworkCost, Contender> contenders = new LinkedHashMap<>();
            contenders.put(NetworkCost.STEP_GSS, step.gss());
            contenders.put(NetworkCost.STEP_TASK, step.taskAlone());
            Stopwatch.rounds(step.manager(), WARM_UP, repeats, contenders)
                    .forEach((cost, watch) -> print(cost, watch.median()));
        }
    }

    private static void print(NetworkCost cost, double value) {
        System.out.println(cost + " " + value);
    }
}
