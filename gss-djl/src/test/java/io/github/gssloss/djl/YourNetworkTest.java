/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.metric.Metrics;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Dataset;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;
import io.github.gssloss.core.ClassGroups;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.core.ModalityDice;
import io.github.gssloss.core.Pages;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs the code of the page about a network of one's own. */
class YourNetworkTest {

    private static final Path PAGE = Path.of("docs", "your-network.md");

    private final NDManager manager = NDManager.newBaseManager();

    @BeforeEach
    void seed() {
        Engine.getInstance().setRandomSeed(7);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void threeSteps() throws Exception {
        Dataset dataset = Training.dataset(manager);
        Dataset validation = Training.dataset(manager);
        Shape input = new Shape(Training.BATCH, 2, 16, 16);
        Metrics metrics = new Metrics();
        try (Model model = Model.newInstance("mine")) {
            model.setBlock(new TwoBranchNet());
            // [outputs
            OutputLayout layout = OutputLayout.fusedThenBranches(2);
            // outputs]

            // [first
            List<String> modalities = List.of("t1", "t2");
            ClassGroups all =
                    ClassGroups.parse(
                            modalities, "background: t1, t2; lesion: t1, t2; vessel: t1, t2");
            GssConfig taskOnly = GssConfig.builder().optGroups(all).optAlpha(1).optBeta(0).build();
            DefaultTrainingConfig first =
                    new DefaultTrainingConfig(new GssLoss(layout, taskOnly))
                            .optOptimizer(
                                    Adam.builder()
                                            .optLearningRateTracker(Tracker.fixed(0.02f))
                                            .build());
            ModalityDice dice;
            try (Trainer trainer = model.newTrainer(first)) {
                trainer.initialize(input);
                EasyTrain.fit(trainer, 20, dataset, null);
                dice =
                        BranchDice.builder()
                                .setLayout(layout)
                                .setGroups(all)
                                .build()
                                .measure(trainer, validation);
            }
            ClassGroups groups = dice.within(0.1);
            System.out.println(dice.toTable());
            // first]
            assertThat(Pages.blocks(PAGE, "text")).hasSize(2).contains(groups + "\n");
            assertSameTable(dice.toTable(), Pages.blocks(PAGE, "text").get(0));

            // [train
            GssConfig settings = GssConfig.builder().optGroups(groups).build();
            GssLoss loss = new GssLoss(layout, settings);
            DefaultTrainingConfig config = new DefaultTrainingConfig(loss);
            config.addTrainingListeners(TrainingListener.Defaults.logging());
            config.addEvaluators(loss.parts());
            try (Trainer trainer = model.newTrainer(config)) {
                trainer.setMetrics(metrics);
                trainer.initialize(input);
                EasyTrain.fit(trainer, 3, dataset, validation);
            }
            // train]
            assertThat(metrics.getMetric("train_epoch_GssLoss_distillation"))
                    .hasSize(3)
                    .allMatch(metric -> metric.getValue().doubleValue() > 0);
        }
    }

    @Test
    void aNetworkFromPyTorch() throws Exception {
        Path file = Path.of(getClass().getResource("/torchscript-traced.pt").toURI());
        Shape images = new Shape(2, 4, 8, 8, 8);
        Shape subsets = new Shape(2, 4);
        Dataset dataset =
                new ArrayDataset.Builder()
                        .setData(
                                manager.randomNormal(images),
                                manager.ones(subsets, DataType.BOOLEAN))
                        .optLabels(
                                manager.randomInteger(0, 4, new Shape(2, 8, 8, 8), DataType.INT32))
                        .setSampling(2, false)
                        .build();
        // [torchscript
        Criteria<NDList, NDList> criteria =
                Criteria.builder()
                        .setTypes(NDList.class, NDList.class)
                        .optModelPath(file)
                        .optOption("trainParam", "true")
                        .build();
        ZooModel<NDList, NDList> model = criteria.loadModel();
        GssLoss loss = new GssLoss(OutputLayout.fusedThenBranches(4), GssConfig.paper());
        try (Trainer trainer = model.newTrainer(new DefaultTrainingConfig(loss))) {
            trainer.initialize(images, subsets);
            EasyTrain.fit(trainer, 3, dataset, null);
        }
        // torchscript]
        try (model;
                ZooModel<NDList, NDList> untrained = criteria.loadModel()) {
            assertThat(loss.getStep()).isEqualTo(3);
            for (String name : model.getBlock().getParameters().keys()) {
                assertThat(weight(model, name)).as(name).isNotEqualTo(weight(untrained, name));
            }
        }
    }

    private static float[] weight(Model model, String name) {
        return model.getBlock().getParameters().get(name).getArray().toFloatArray();
    }

    /** The leaders are the same on every machine, the digits nearly. */
    private static void assertSameTable(String measured, String shown) {
        assertThat(shown.lines().findFirst()).isEqualTo(measured.lines().findFirst());
        List<String> here = words(measured);
        List<String> there = words(shown);
        assertThat(here).hasSameSizeAs(there);
        for (int i = 0; i < here.size(); i++) {
            if (there.get(i).matches("\\d+\\.\\d+")) {
                assertThat(Double.parseDouble(here.get(i)))
                        .isCloseTo(Double.parseDouble(there.get(i)), within(5.0));
            } else {
                assertThat(here.get(i)).isEqualTo(there.get(i));
            }
        }
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+"));
    }
}
