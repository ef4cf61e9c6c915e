/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.scripts;

import ai.djl.engine.Engine;
import ai.djl.metric.Metrics;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.djl.GssLoss;
import io.github.gssloss.djl.OutputLayout;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.measure.Dice;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.prepare.CaseCache;
import io.github.gssloss.imaging.prepare.PreparedCase;
import io.github.gssloss.imaging.sample.CropDataset;
import io.github.gssloss.imaging.segment.SlidingWindow;
import io.github.gssloss.networks.weights.TorchScriptFile;
import java.nio.file.Path;
import java.util.List;

/**
 * Trains a network that was traced in PyTorch with GSS, and saves it for PyTorch again.
 *
 * <pre>
 * mvn -q -Pscript -Dscript=TrainTorchScript \
 *     -Dargs="src-test-data/torchscript-traced.pt phantoms target/torchscript"
 *
 * PhantomCohort, Brats                artificial heads as a BraTS folder; numbers of the tissues
 * CaseCache, PreparedCase             the cases of a folder, cropped to the brain, standardised
 * CropDataset, TorchScriptFile        random crops of them; a trained network as a file
 * GssLoss, GssConfig, OutputLayout    the loss, its settings, which output of a network is what
 * SlidingWindow, Dice                 segments a case in overlapping windows; scores the regions
 * </pre>
 */
public final class TrainTorchScript {
    // Of src-test-data/torchscript.py: fused probabilities, then the logits of four branches. On so
    // small a network the distillation outgrows the rest, so beta is a tenth of the paper's.
    private static final double BETA = 0.03;
    private static final OutputLayout OUTPUTS = OutputLayout.fusedThenBranches(4);
    private static final int CLASSES = Brats.BRATS2020.labels().classes();
    private static final int CROP = 24;
    private static final int EPOCHS = 20;

    private TrainTorchScript() {}

    public static void main(String[] args) throws Exception {
        if (args.length != 3) {
            throw new IllegalArgumentException("args: expected NET DATA OUT, got " + args.length);
        }
        Path out = Path.of(args[2]);
        Path data = Path.of(args[1]);
        if (args[1].equals("phantoms")) {
            data = PhantomCohort.writeOnce(out.resolve("phantoms"), 16, 48);
        }
        train(Path.of(args[0]), data, out, EPOCHS);
    }

    static Metrics train(Path network, Path data, Path out, int epochs) throws Exception {
        Engine.getInstance().setRandomSeed(1);
        var cases = CaseCache.openFolder(data, out.resolve("cache"), Brats.BRATS2020, CROP);
        List<PreparedCase> heldOut = cases.subList(0, Math.max(1, cases.size() / 4));
        CropDataset.Builder crops = CropDataset.builder().setCrop(CROP).optForegroundFraction(0.3);
        crops.setCases(cases.subList(heldOut.size(), cases.size()))
                .setBatchSize(2)
                .setIterations(10);
        Criteria<NDList, NDList> criteria =
                Criteria.builder()
                        .setTypes(NDList.class, NDList.class)
                        .optModelPath(network)
                        .optOption("trainParam", "true") // or DJL keeps the weights as they are
                        .build();
        GssLoss loss = new GssLoss(OUTPUTS, GssConfig.paper().toBuilder().optBeta(BETA).build());
        DefaultTrainingConfig config = new DefaultTrainingConfig(loss);
        config.optOptimizer(Adam.builder().optLearningRateTracker(Tracker.fixed(0.005f)).build());
        config.addTrainingListeners(TrainingListener.Defaults.logging());
        config.addEvaluators(loss.parts());
        try (ZooModel<NDList, NDList> model = criteria.loadModel();
                Trainer trainer = model.newTrainer(config)) {
            Metrics metrics = new Metrics();
            trainer.setMetrics(metrics);
            trainer.initialize(new Shape(2, 4, CROP, CROP, CROP), new Shape(2, 4));
            EasyTrain.fit(trainer, epochs, crops.build(), null);
            TorchScriptFile.save(model.getBlock(), out.resolve("trained.pt"));
            SlidingWindow windows = new SlidingWindow(trainer::evaluate, CLASSES, CROP);
            var dice = Dice.ofRegions(windows, trainer.getManager(), heldOut, Brats.BRATS2020);
            System.out.println("Dice on " + heldOut.size() + " held-out cases: " + dice);
            dice.forEach((region, mean) -> metrics.addMetric("Dice " + region, mean));
            return metrics;
        }
    }
}
