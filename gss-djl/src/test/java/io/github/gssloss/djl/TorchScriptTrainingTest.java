/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Dataset;
import ai.djl.training.listener.EvaluatorTrainingListener;
import ai.djl.training.loss.Loss;
import ai.djl.training.loss.SimpleCompositeLoss;
import io.github.gssloss.core.GssConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Validation of networks from PyTorch is no training, whatever they give outside training. */
class TorchScriptTrainingTest {

    private static final int EPOCHS = 2;
    private static final int BATCHES = EPOCHS * 2;
    private static final Shape IMAGES = new Shape(4, 4, 8, 8, 8);

    /** Networks of four modalities and four classes. */
    enum Network {
        /** Gives all outputs always, and takes the subset of the modalities. */
        TRACED("/torchscript-traced.pt", OutputLayout.fusedThenBranches(4)),

        /** Gives the fused output last, and alone outside training; it has a dropout. */
        SCRIPTED(
                "/torchscript-scripted.pt",
                OutputLayout.builder()
                        .setBranchLogits(0, 1, 2, 3)
                        .setFused(4, OutputKind.LOGITS)
                        .build());

        private final String file;
        private final OutputLayout layout;

        Network(String file, OutputLayout layout) {
            this.file = file;
            this.layout = layout;
        }

        private NDArray[] inputs(NDManager manager) {
            NDArray images = manager.randomNormal(IMAGES);
            return this == SCRIPTED
                    ? new NDArray[] {images}
                    : new NDArray[] {images, manager.ones(new Shape(4, 4), DataType.BOOLEAN)};
        }

        private ZooModel<NDList, NDList> load() throws Exception {
            return Criteria.builder()
                    .setTypes(NDList.class, NDList.class)
                    .optModelPath(Path.of(Network.class.getResource(file).toURI()))
                    .optOption("trainParam", "true")
                    .build()
                    .loadModel();
        }

        /** Trains the network from its stored weights, and returns them after it. */
        List<String> train(Loss loss, GssLoss counted, boolean validated) throws Exception {
            Engine.getInstance().setRandomSeed(7);
            DefaultTrainingConfig config =
                    new DefaultTrainingConfig(loss)
                            .addEvaluators(counted.parts())
                            .addTrainingListeners(new EvaluatorTrainingListener());
            try (NDManager manager = NDManager.newBaseManager();
                    ZooModel<NDList, NDList> model = load();
                    Trainer trainer = model.newTrainer(config)) {
                NDArray[] inputs = inputs(manager);
                Dataset dataset =
                        new ArrayDataset.Builder()
                                .setData(inputs)
                                .optLabels(
                                        manager.randomInteger(
                                                0, 4, new Shape(4, 8, 8, 8), DataType.INT32))
                                .setSampling(2, false)
                                .build();
                Shape[] shapes = new Shape[inputs.length];
                for (int i = 0; i < shapes.length; i++) {
                    shapes[i] = new Shape(2).addAll(inputs[i].getShape().slice(1));
                }
                trainer.initialize(shapes);
                // DJL takes a network that was just loaded to be in training, when it is not.
                trainer.evaluate(new NDList(inputs));
                EasyTrain.fit(trainer, EPOCHS, dataset, validated ? dataset : null);
                Block block = model.getBlock();
                return new ArrayList<>(FittedNetwork.bits(FittedNetwork.weights(block)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void validationChangesNeitherWeightsNorCount(Network network) throws Exception {
        GssLoss alone = TrainingOrValidationTest.ramped(network.layout, GssConfig.paper());
        GssLoss validated = TrainingOrValidationTest.ramped(network.layout, GssConfig.paper());
        List<String> weights = network.train(alone, alone, false);
        assertThat(network.train(validated, validated, true)).isEqualTo(weights);
        assertThat(validated.getStep()).isEqualTo(alone.getStep()).isEqualTo(BATCHES);
        assertThat(validated.configAt(BATCHES)).isEqualTo(alone.configAt(BATCHES));
    }

    @Test
    void soItIsInsideAnotherLoss() throws Exception {
        Network network = Network.TRACED;
        GssLoss alone = TrainingOrValidationTest.ramped(network.layout, GssConfig.paper());
        GssLoss validated = TrainingOrValidationTest.ramped(network.layout, GssConfig.paper());
        List<String> weights = network.train(composed(alone), alone, false);
        assertThat(network.train(composed(validated), validated, true)).isEqualTo(weights);
        assertThat(validated.getStep()).isEqualTo(alone.getStep()).isEqualTo(BATCHES);
    }

    private static Loss composed(Loss loss) {
        return new SimpleCompositeLoss("composed").addLoss(loss).addLoss(new SoftDiceLoss());
    }
}
