/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.bench;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.training.dataset.Batch;
import ai.djl.translate.TranslateException;
import io.github.gssloss.imaging.prepare.PreparedCase;
import io.github.gssloss.imaging.sample.Augmentation;
import io.github.gssloss.imaging.sample.CropDataset;
import io.github.gssloss.program.tables.Table;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/** Measures whether a training step ever waits for its crops, and tells it line by line. */
public final class LoaderBench {

    private static final int SEED = 7;
    private static final int WARM_UP = 10;
    private static final int FIRST_STEPS = 2;

    private final List<PreparedCase> cases;
    private final StepCase size;
    private final Device device;
    private final int workers;
    private final Consumer<String> out;

    /**
     * Creates the measurement.
     *
     * @param cases what is cropped
     * @param size network and batch
     * @param device where the network computes
     * @param workers threads that prepare crops
     * @param out takes the lines
     */
    public LoaderBench(
            List<PreparedCase> cases,
            StepCase size,
            Device device,
            int workers,
            Consumer<String> out) {
        this.cases = List.copyOf(cases);
        this.size = size;
        this.device = device;
        this.workers = workers;
        this.out = out;
    }

    /**
     * Measures. The last lines are {@code ratio NAME VALUE}.
     *
     * @param samples how many samples are timed one by one, at least 1
     * @param steps how many training steps are timed, at least 1
     * @throws IOException if a sample cannot be read
     */
    public void run(int samples, int steps) throws IOException {
        Machine.lines(device).forEach(out);
        out.accept(size + ", " + cases.size() + " cases, " + workers + " workers");
        Engine.getInstance().setRandomSeed(SEED);
        Map<String, Timings> alone = alone(samples);
        out.accept("");
        tell(alone, samples);
        try {
            double perSecond = withWorkers(Math.max(1, samples / size.batch()));
            training(perSecond, steps);
        } catch (TranslateException e) {
            throw new IllegalStateException("a batch could not be read: " + e.getMessage(), e);
        }
    }

    private CropDataset crops(int batches, Augmentation augmentation, double tumourFraction) {
        return CropDataset.builder()
                .setCases(cases)
                .setCrop(size.crop())
                .setBatchSize(size.batch())
                .setIterations(batches)
                .optSeed(SEED)
                .optAugmentation(augmentation)
                .optTumourFraction(tumourFraction)
                .build();
    }

    /** One sample at a time, in this thread. */
    private Map<String, Timings> alone(int samples) {
        Map<String, Contender> contenders = new LinkedHashMap<>();
        try (NDManager manager = NDManager.newBaseManager()) {
            contenders.put("the crop as it is", sample(manager, Augmentation.NONE, 0));
            contenders.put("augmented", sample(manager, Augmentation.PAPER, 0));
            contenders.put("augmented, near tumour", sample(manager, Augmentation.PAPER, 1));
            return new Rounds(WARM_UP, samples).run(manager, contenders);
        }
    }

    private Contender sample(NDManager manager, Augmentation augmentation, double tumourFraction) {
        CropDataset crops = crops(Integer.MAX_VALUE, augmentation, tumourFraction);
        long[] next = {0};
        return watch -> {
            try (NDManager own = manager.newSubManager()) {
                watch.restart();
                crops.get(own, next[0]++);
                watch.lap("sample");
            }
        };
    }

    private void tell(Map<String, Timings> alone, int samples) {
        Table table = new Table(1, List.of("median of " + samples + " samples, ms", "one thread"));
        alone.forEach((name, timings) -> table.add(List.of(name, Format.number(timings.median()))));
        table.lines().forEach(out);
    }

    /** Batches from the workers as fast as they come, in samples a second. */
    private double withWorkers(int batches) throws IOException, TranslateException {
        ExecutorService executor = CropDataset.newWorkers(workers);
        try (NDManager manager = NDManager.newBaseManager(device)) {
            long start = System.nanoTime();
            for (Batch batch : crops(batches, Augmentation.PAPER, 0).getData(manager, executor)) {
                batch.close();
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            return batches * size.batch() / seconds;
        } finally {
            executor.shutdownNow();
        }
    }

    /** Training steps fed by the workers: how long each takes, and how long it waited for data. */
    private void training(double loaded, int steps) throws IOException, TranslateException {
        ExecutorService executor = CropDataset.newWorkers(workers);
        Timings timings = new Timings();
        try (BenchedStep step = new BenchedStep(size, device)) {
            Iterator<Batch> batches =
                    crops(FIRST_STEPS + steps, Augmentation.PAPER, 0)
                            .getData(step.manager(), executor)
                            .iterator();
            for (int i = 0; batches.hasNext(); i++) {
                Stopwatch watch = step.watch();
                Batch batch = batches.next();
                watch.lap(BenchedStep.WAITING);
                step.train(batch, watch);
                if (i >= FIRST_STEPS) {
                    timings.add(watch.laps());
                }
            }
        } finally {
            executor.shutdownNow();
        }
        double needed = size.batch() * 1000 / timings.median();
        Table table = new Table(1, List.of("samples a second", ""));
        table.add(List.of("the loader gives, alone", Format.number(loaded)));
        table.add(List.of("the training step takes", Format.number(needed)));
        out.accept("");
        table.lines().forEach(out);
        out.accept("");
        out.accept(Format.ratio("loader-vs-step", loaded / needed, 1));
        double waited = timings.median(BenchedStep.WAITING) / timings.median();
        out.accept(Format.ratio("step-waits-for-loader", waited, 4));
    }
}
