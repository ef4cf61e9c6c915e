/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.training.dataset.Batch;
import ai.djl.translate.TranslateException;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import io.github.gssloss.imaging.prepare.CaseCache;
import io.github.gssloss.imaging.prepare.PreparedCase;
import io.github.gssloss.imaging.sample.Augmentation;
import io.github.gssloss.imaging.sample.CropDataset;
import io.github.gssloss.imaging.sample.CropWorkers;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gss bench loader}: whether a training step ever waits for its crops. */
@Command(
        name = "loader",
        description = {
            "Times the crops of a training against the steps of RFNet that take them.",
            "Ends with lines 'ratio NAME VALUE'."
        })
final class LoaderBench implements Callable<Void> {

    private static final int SEED = 7;
    private static final int PHANTOMS = 2;
    private static final int WARM_UP = 10;
    private static final int FIRST_STEPS = 2;
    private static final double NANOS_PER_SECOND = 1e9;

    @Mixin private final BenchOptions options = new BenchOptions(5);
    @Mixin private SizeOptions network;

    @Option(names = "--batch", paramLabel = "N", description = "Samples.")
    private int batch = 2;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description =
                    "Cases as BraTS has them; default: two phantoms of that size, made in the"
                            + " cache.")
    private Optional<Path> data;

    @Option(
            names = "--cache",
            paramLabel = "FOLDER",
            required = true,
            description = "Folder for the prepared cases.")
    private Path cache;

    @Option(names = "--workers", paramLabel = "N", description = "Threads that prepare crops.")
    private int workers = 1;

    @Option(names = "--samples", paramLabel = "N", description = "How many samples are timed.")
    private int samples = 50;

    private int repeats;
    private StepCase size;
    private List<PreparedCase> cases;
    private Device device;

    @Override
    public Void call() throws IOException, TranslateException {
        size = network.size(batch);
        BenchOptions.atLeast("--workers", workers, 1);
        BenchOptions.atLeast("--samples", samples, 1);
        repeats = options.repeats();
        device = options.start();
        Path folder = data.orElseGet(this::phantoms);
        cases = CaseCache.openFolder(folder, cache, Brats.BRATS2020, size.crop());
        PrintWriter out = options.out();
        out.printf("%s, %d cases, %d workers%n", size, cases.size(), workers);
        alone(out);
        double loaded = samplesPerSecond();
        training(loaded, out);
        return null;
    }

    private Path phantoms() {
        Path folder = cache.resolve("phantoms");
        if (!Files.exists(folder)) {
            PhantomCohort.write(folder, PHANTOMS, PhantomSettings.ofSeed(SEED), done -> {});
        }
        return folder;
    }

    private CropDataset crops(int batches, Augmentation augmentation, double foregroundFraction) {
        return CropDataset.builder()
                .setCases(cases)
                .setCrop(size.crop())
                .setBatchSize(size.batch())
                .setIterations(batches)
                .optSeed(SEED)
                .optAugmentation(augmentation)
                .optForegroundFraction(foregroundFraction)
                .build();
    }

    /** One sample at a time, in this thread. */
    private void alone(PrintWriter out) {
        int all = Integer.MAX_VALUE;
        Map<String, Stopwatch> times;
        try (NDManager manager = NDManager.newBaseManager()) {
            Map<String, Contender> kinds = new LinkedHashMap<>();
            kinds.put("the crop as it is", sample(manager, crops(all, Augmentation.NONE, 0)));
            kinds.put("augmented", sample(manager, crops(all, Augmentation.PAPER, 0)));
            kinds.put("augmented, near tumour", sample(manager, crops(all, Augmentation.PAPER, 1)));
            times = Stopwatch.rounds(manager, WARM_UP, samples, kinds);
        }
        NumberTable table =
                new NumberTable(out, "median of " + samples + " samples, ms", "one thread");
        times.forEach((name, watch) -> table.row(name, watch.median()));
    }

    private static Contender sample(NDManager manager, CropDataset crops) {
        long[] next = {0};
        return watch -> {
            try (NDManager own = manager.newSubManager()) {
                watch.restart();
                crops.get(own, next[0]++);
                watch.lap("sample");
            }
        };
    }

    /** Batches from the workers as fast as they come. */
    private double samplesPerSecond() throws IOException, TranslateException {
        int batches = Math.max(1, samples / size.batch());
        CropDataset crops = crops(batches, Augmentation.PAPER, 0);
        ExecutorService executor = CropWorkers.start(workers);
        try (NDManager manager = NDManager.newBaseManager(device)) {
            long start = System.nanoTime();
            for (Batch loaded : crops.getData(manager, executor)) {
                loaded.close();
            }
            return batches * size.batch() * NANOS_PER_SECOND / (System.nanoTime() - start);
        } finally {
            executor.shutdownNow();
        }
    }

    /** Training steps fed by the workers: how long each takes, and how long it waited for data. */
    private void training(double loaded, PrintWriter out) throws IOException, TranslateException {
        CropDataset crops = crops(FIRST_STEPS + repeats, Augmentation.PAPER, 0);
        ExecutorService executor = CropWorkers.start(workers);
        Stopwatch times;
        try (TimedStep step = new TimedStep(size, device)) {
            Iterator<Batch> batches = crops.getData(step.manager(), executor).iterator();
            times = new Stopwatch(step.manager());
            for (int i = 0; batches.hasNext(); i++) {
                if (i == FIRST_STEPS) {
                    times = new Stopwatch(step.manager());
                }
                times.time(
                        watch -> {
                            Batch next = batches.next();
                            watch.lap(TimedStep.WAITING);
                            step.train(next, watch);
                        });
            }
        } finally {
            executor.shutdownNow();
        }
        double needed = size.batch() * 1000 / times.median();
        NumberTable table = new NumberTable(out, "samples a second", "");
        table.row("the loader gives, alone", loaded);
        table.row("the training step takes", needed);
        double waited = times.median(TimedStep.WAITING) / times.median();
        out.printf(Locale.ROOT, "%nratio loader-vs-step %.1f%n", loaded / needed);
        out.printf(Locale.ROOT, "ratio step-waits-for-loader %.4f%n", waited);
    }
}
