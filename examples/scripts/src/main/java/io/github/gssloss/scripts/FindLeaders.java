/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.scripts;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.metric.Metrics;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Batch;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;
import io.github.gssloss.core.ClassGroups;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.core.LeaderSearch;
import io.github.gssloss.djl.GssLoss;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.prepare.CaseCache;
import io.github.gssloss.imaging.prepare.PreparedCase;
import io.github.gssloss.imaging.sample.Augmentation;
import io.github.gssloss.imaging.sample.CropDataset;
import io.github.gssloss.networks.rfnet.RfNet;
import java.nio.file.Path;
import java.util.List;

/**
 * Trains RFNet without distillation and finds which modality sees which class best: its leaders.
 *
 * <pre>
 * mvn -q -Pscript -Dscript=FindLeaders -Dargs="phantoms target/leaders"
 *
 * PhantomCohort, Brats           artificial heads as a BraTS folder; how segmentations are numbered
 * CaseCache, PreparedCase        the cases of a folder, cropped to the brain and standardised
 * CropDataset, Augmentation      random crops of them, not augmented
 * RfNet, GssLoss, GssConfig      the network; the loss and its settings
 * LeaderSearch, ClassGroups      Dice of each modality and class; which modalities lead each class
 * </pre>
 */
public final class FindLeaders {
    private static final List<String> CLASSES = Brats.BRATS2020.labels().classNames();
    private static final int CROP = 24;
    private static final int EPOCHS = 16;

    private FindLeaders() {}

    public static void main(String[] args) throws Exception {
        if (args.length != 2) {
            throw new IllegalArgumentException("args: expected DATA OUT, got " + args.length);
        }
        Path out = Path.of(args[1]);
        Path data = Path.of(args[0]);
        if (args[0].equals("phantoms")) {
            data = PhantomCohort.writeOnce(out.resolve("phantoms"), 16, 48);
        }
        find(data, out, EPOCHS);
    }

    static ClassGroups find(Path data, Path out, int epochs) throws Exception {
        Engine.getInstance().setRandomSeed(1);
        var cases = CaseCache.openFolder(data, out.resolve("cache"), Brats.BRATS2020, CROP);
        int heldOut = Math.max(1, cases.size() / 4);
        RfNet network = RfNet.builder().setClasses(CLASSES.size()).optWidth(8).build();
        GssConfig taskOnly = GssConfig.builder().optAlpha(1).optBeta(0).build();
        DefaultTrainingConfig config =
                new DefaultTrainingConfig(new GssLoss(network.layout(), taskOnly));
        config.optOptimizer(Adam.builder().optLearningRateTracker(Tracker.fixed(0.005f)).build());
        config.addTrainingListeners(TrainingListener.Defaults.logging());
        LeaderSearch search = new LeaderSearch(taskOnly.groups().modalities(), CLASSES);
        Model model = Model.newInstance("rfnet");
        model.setBlock(network);
        try (model;
                Trainer trainer = model.newTrainer(config)) {
            trainer.setMetrics(new Metrics());
            trainer.initialize(new Shape(2, 4, CROP, CROP, CROP), new Shape(2, 4));
            EasyTrain.fit(trainer, epochs, crops(cases.subList(heldOut, cases.size()), 10), null);
            ParameterStore parameters = new ParameterStore(trainer.getManager(), false);
            for (Batch batch : trainer.iterateDataset(crops(cases.subList(0, heldOut), 20))) {
                // Not trainer.forward, which trains: dropout would blur what a branch can do.
                NDList features = network.encode(parameters, batch.getData().get(0), false);
                search.add(network.branchLogits(parameters, features), batch.getLabels().get(0));
                batch.close();
            }
        }
        System.out.println(search.dice().toTable());
        ClassGroups leaders = search.dice().within(0.02); // the best, and who is nearly as good
        System.out.println("Leaders: " + leaders);
        return leaders;
    }

    private static CropDataset crops(List<PreparedCase> cases, int batches) {
        CropDataset.Builder crops = CropDataset.builder().setCases(cases).setCrop(CROP);
        crops.optForegroundFraction(0.5).optAugmentation(Augmentation.NONE);
        return crops.setBatchSize(2).setIterations(batches).build();
    }
}
