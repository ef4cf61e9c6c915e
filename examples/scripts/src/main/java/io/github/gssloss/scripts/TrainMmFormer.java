/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.scripts;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.metric.Metrics;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.djl.GssLoss;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.measure.Dice;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.prepare.CaseCache;
import io.github.gssloss.imaging.prepare.PreparedCase;
import io.github.gssloss.imaging.sample.CropDataset;
import io.github.gssloss.imaging.segment.SlidingWindow;
import io.github.gssloss.networks.mmformer.MmFormer;
import io.github.gssloss.networks.weights.BlockWeights;
import java.nio.file.Path;
import java.util.List;

/**
 * Trains mmFormer with GSS on a BraTS folder or on phantoms, and prints Dice on held-out cases.
 *
 * <pre>
 * mvn -q -Pscript -Dscript=TrainMmFormer -Dargs="phantoms target/mmformer"
 *
 * PhantomCohort, Brats         artificial heads as a BraTS folder; how segmentations are numbered
 * CaseCache, PreparedCase      the cases of a folder, cropped to the brain and standardised
 * CropDataset, MmFormer, BlockWeights   random crops of them; the network; its weights as a file
 * GssLoss, GssConfig           the loss and its settings, here those of the paper
 * SlidingWindow, Dice          segments a case in overlapping windows; scores the tumour regions
 * </pre>
 */
public final class TrainMmFormer {
    // For phantoms of 48^3 on two cores. As published: crops of 128^3 and the builder's defaults.
    private static final int CLASSES = Brats.BRATS2020.labels().classes();
    private static final int CROP = 32;
    private static final int BATCH = 2;
    private static final int BATCHES = 10;
    private static final int EPOCHS = 16;
    private static final float RATE = 0.005f;

    private TrainMmFormer() {}

    public static void main(String[] args) throws Exception {
        if (args.length != 2) {
            throw new IllegalArgumentException("args: expected DATA OUT, got " + args.length);
        }
        Path out = Path.of(args[1]);
        Path data = Path.of(args[0]);
        if (args[0].equals("phantoms")) {
            data = PhantomCohort.writeOnce(out.resolve("phantoms"), 16, 48);
        }
        train(data, out, EPOCHS);
    }

    static Metrics train(Path data, Path out, int epochs) throws Exception {
        Engine.getInstance().setRandomSeed(1);
        var cases = CaseCache.openFolder(data, out.resolve("cache"), Brats.BRATS2020, CROP);
        List<PreparedCase> heldOut = cases.subList(0, Math.max(1, cases.size() / 4));
        CropDataset crops =
                CropDataset.builder()
                        .setCases(cases.subList(heldOut.size(), cases.size()))
                        .setCrop(CROP)
                        .setBatchSize(BATCH)
                        .setIterations(BATCHES)
                        .optForegroundFraction(0.3)
                        .build();
        var sizes = MmFormer.builder().setClasses(CLASSES).optPatch(CROP / 16);
        sizes.optWidth(4).optHeads(4).optTokenWidth(64).optHiddenWidth(128);
        MmFormer network = sizes.build();
        GssLoss loss = new GssLoss(network.layout(), GssConfig.paper());
        DefaultTrainingConfig config = new DefaultTrainingConfig(loss);
        config.optOptimizer(Adam.builder().optLearningRateTracker(Tracker.fixed(RATE)).build());
        config.addTrainingListeners(TrainingListener.Defaults.logging());
        config.addEvaluators(loss.parts());
        Model model = Model.newInstance("mmformer");
        model.setBlock(network);
        try (model;
                Trainer trainer = model.newTrainer(config)) {
            Metrics metrics = new Metrics();
            trainer.setMetrics(metrics);
            trainer.initialize(new Shape(BATCH, 4, CROP, CROP, CROP), new Shape(BATCH, 4));
            EasyTrain.fit(trainer, epochs, crops, null);
            BlockWeights.save(network, out.resolve("weights.npz"));
            SlidingWindow windows = new SlidingWindow(trainer::evaluate, CLASSES, CROP);
            var dice = Dice.ofRegions(windows, trainer.getManager(), heldOut, Brats.BRATS2020);
            System.out.println("Dice on " + heldOut.size() + " held-out cases: " + dice);
            dice.forEach((region, mean) -> metrics.addMetric("Dice " + region, mean));
            return metrics;
        }
    }
}
