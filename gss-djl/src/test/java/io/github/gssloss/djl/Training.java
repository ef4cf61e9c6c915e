/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.metric.Metrics;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.TranslateException;
import io.github.gssloss.core.ClassGroups;
import io.github.gssloss.core.GssConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Trains {@link TwoBranchNet} on made-up images in which each modality shows one of two discs. */
final class Training {

    static final int SAMPLES = 8;
    static final int BATCH = 2;
    private static final int SIZE = 16;

    private Training() {}

    static OutputLayout layout() {
        return OutputLayout.fusedThenBranches(2);
    }

    static ClassGroups groups() {
        return ClassGroups.parse(List.of("a", "b"), "background: a, b; first: a; second: b");
    }

    static GssConfig settings() {
        return GssConfig.builder().optGroups(groups()).optTemperature(4).build();
    }

    /** Runs EasyTrain with plain SGD and returns the trained weights. */
    static List<float[]> fit(
            Loss loss, int epochs, Metrics metrics, Consumer<DefaultTrainingConfig> more)
            throws IOException, TranslateException {
        Optimizer sgd = Optimizer.sgd().setLearningRateTracker(Tracker.fixed(0.05f)).build();
        Block network = new TwoBranchNet();
        List<float[]> weights = new ArrayList<>();
        FittedNetwork.use(
                network,
                loss,
                config -> more.accept(config.optOptimizer(sgd)),
                (trainer, images) -> {
                    trainer.setMetrics(metrics);
                    EasyTrain.fit(trainer, epochs, images, images);
                    weights.addAll(FittedNetwork.weights(network));
                });
        return weights;
    }

    static ArrayDataset dataset(NDManager manager) {
        NDList samples = samples(manager);
        return dataset(samples.get(0), samples.get(1));
    }

    static ArrayDataset dataset(NDArray images, NDArray labels) {
        return new ArrayDataset.Builder()
                .setData(images)
                .optLabels(labels)
                .setSampling(BATCH, false)
                .build();
    }

    /** Images (B, 2, H, W) and class indices (B, H, W). */
    static NDList samples(NDManager manager) {
        NDArray rows =
                manager.arange(0, SIZE, 1).toType(DataType.FLOAT32, false).reshape(1, SIZE, 1);
        NDArray columns = rows.reshape(1, 1, SIZE);
        NDArray middle = manager.randomUniform(4, 8, new Shape(SAMPLES, 1, 1));
        NDArray first = rows.sub(middle).square().add(columns.sub(middle).square()).lt(9);
        NDArray second = rows.sub(middle.add(4)).square().add(columns.sub(5).square()).lt(6);
        NDArray firstOnly = first.logicalAnd(second.logicalNot());
        NDArray images = noisy(manager, first).concat(noisy(manager, second), 1);
        NDArray labels = channel(firstOnly).add(channel(second).mul(2)).squeeze(1);
        return new NDList(images, labels);
    }

    /** Class indices (B, H, W) as one-hot labels (B, N, H, W). */
    static NDArray oneHot(NDArray classes) {
        return classes.oneHot(TwoBranchNet.CLASSES).transpose(0, 3, 1, 2);
    }

    private static NDArray channel(NDArray disc) {
        return disc.toType(DataType.FLOAT32, false).expandDims(1);
    }

    private static NDArray noisy(NDManager manager, NDArray disc) {
        NDArray clean = channel(disc);
        return clean.add(manager.randomNormal(clean.getShape()).mul(0.3));
    }
}
