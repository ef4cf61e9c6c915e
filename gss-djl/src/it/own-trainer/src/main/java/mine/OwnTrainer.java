/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package mine;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.metric.Metrics;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Dataset;
import ai.djl.training.listener.TrainingListener;
import ai.djl.translate.TranslateException;
import io.github.gssloss.core.ClassGroups;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.djl.GssLoss;
import io.github.gssloss.djl.OutputLayout;
import java.io.IOException;
import java.util.List;

/** The README's use of the loss in a project that has nothing but the published jars. */
public final class OwnTrainer {

    private static final Shape INPUT = new Shape(4, 2, 16, 16);

    private OwnTrainer() {}

    /**
     * Trains for three epochs.
     *
     * @return the metrics that DJL's listeners recorded
     * @throws IOException if the data cannot be read
     * @throws TranslateException if a batch cannot be made
     */
    public static Metrics train() throws IOException, TranslateException {
        Engine.getInstance().setRandomSeed(7);
        Metrics metrics = new Metrics();
        try (NDManager manager = NDManager.newBaseManager();
                Model model = Model.newInstance("own")) {
            model.setBlock(network());
            train(model, dataset(manager), INPUT, metrics);
        }
        return metrics;
    }

    private static void train(Model model, Dataset dataset, Shape input, Metrics metrics)
            throws IOException, TranslateException {
        List<String> modalities = List.of("t1", "t2");
        String leaders = "background: t1, t2; lesion: t2; vessel: t1";
        ClassGroups groups = ClassGroups.parse(modalities, leaders);
        GssConfig settings = GssConfig.builder().optGroups(groups).build();
        GssLoss loss = new GssLoss(OutputLayout.fusedThenBranches(2), settings);
        DefaultTrainingConfig config = new DefaultTrainingConfig(loss);
        config.addTrainingListeners(TrainingListener.Defaults.logging());
        config.addEvaluators(loss.parts());
        try (Trainer trainer = model.newTrainer(config)) {
            trainer.setMetrics(metrics);
            trainer.initialize(input);
            EasyTrain.fit(trainer, 3, dataset, null);
        }
    }

    // A convolution for each modality; their mean is the fused output.
    private static Block network() {
        return new ParallelBlock(
                outputs -> {
                    NDArray first = outputs.get(0).get(0);
                    NDArray second = outputs.get(1).get(0);
                    return new NDList(first.add(second).softmax(1), first, second);
                },
                List.of(branch(0), branch(1)));
    }

    private static Block branch(int modality) {
        return new SequentialBlock()
                .add(in -> new NDList(in.get(0).get(":, {}:{}", modality, modality + 1)))
                .add(
                        Conv2d.builder()
                                .setKernelShape(new Shape(3, 3))
                                .optPadding(new Shape(1, 1))
                                .setFilters(3)
                                .build());
    }

    // Each modality shows one class: where it is bright.
    private static Dataset dataset(NDManager manager) {
        NDArray images = manager.randomUniform(0, 1, new Shape(8, 2, 16, 16));
        NDArray vessel = images.get(":, 0").gt(0.8).toType(DataType.FLOAT32, false);
        NDArray lesion = images.get(":, 1").gt(0.8).toType(DataType.FLOAT32, false);
        NDArray labels = vessel.mul(2).maximum(lesion);
        return new ArrayDataset.Builder()
                .setData(images)
                .optLabels(labels)
                .setSampling(4, false)
                .build();
    }
}
