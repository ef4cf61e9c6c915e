/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import io.github.gssloss.core.ClassGroups;
import io.github.gssloss.core.GssConfig;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Volumes that the traced network of the test data can learn: each modality shows one class. */
final class TracedTraining {

    static final OutputLayout LAYOUT = OutputLayout.fusedThenBranches(4);

    /** The class that each modality shows. */
    static final int[] SHOWN = {1, 2, 1, 3};

    static final int SAMPLES = 8;
    static final int BATCH = 2;
    private static final int SIDE = 12;

    private final NDManager manager;
    private final ArrayDataset training;
    private final ArrayDataset validation;

    TracedTraining(NDManager manager) {
        Engine.getInstance().setRandomSeed(7);
        this.manager = manager;
        training = volumes();
        validation = volumes();
    }

    static ClassGroups groups() {
        return ClassGroups.parse(
                List.of("a", "b", "c", "d"),
                "background: a, b, c, d; first: a, c; second: b; third: d");
    }

    /** On so small a network a tenth of the paper's beta is enough. */
    GssLoss loss() {
        return new GssLoss(LAYOUT, GssConfig.builder().optGroups(groups()).optBeta(0.03).build());
    }

    /** Loads the network with the weights it has in the test data. */
    static Model load() throws Exception {
        URL file = TracedTraining.class.getResource("/torchscript-traced.pt");
        Model model = Model.newInstance("traced");
        model.load(Path.of(file.toURI()), null, Map.of("trainParam", "true"));
        return model;
    }

    static void initialize(Trainer trainer) {
        trainer.initialize(new Shape(BATCH, 4, SIDE, SIDE, SIDE), new Shape(BATCH, 4));
    }

    ArrayDataset training() {
        return training;
    }

    ArrayDataset validation() {
        return validation;
    }

    private ArrayDataset volumes() {
        NDArray random = manager.randomInteger(0, 4, new Shape(SAMPLES, 4, 4, 4), DataType.INT32);
        NDArray labels = random.repeat(1, 3).repeat(2, 3).repeat(3, 3);
        NDList modalities = new NDList();
        for (int shown : SHOWN) {
            NDArray seen = labels.eq(shown).toType(DataType.FLOAT32, false);
            modalities.add(seen.add(manager.randomNormal(seen.getShape()).mul(0.2)));
        }
        return new ArrayDataset.Builder()
                .setData(
                        NDArrays.stack(modalities, 1),
                        manager.ones(new Shape(SAMPLES, 4), DataType.BOOLEAN))
                .optLabels(labels)
                .setSampling(BATCH, false)
                .build();
    }
}
