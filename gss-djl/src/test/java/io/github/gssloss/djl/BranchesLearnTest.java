/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.EasyTrain;
import ai.djl.training.loss.Loss;
import ai.djl.training.loss.SimpleCompositeLoss;
import ai.djl.training.loss.SoftmaxCrossEntropyLoss;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.core.ModalityDice;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which losses train the branches: the Dice of each for the class that its modality shows. */
class BranchesLearnTest {

    private static final int EPOCHS = 30;

    private final OutputLayout layout = Training.layout();
    private final GssConfig settings = GssConfig.builder().optGroups(Training.groups()).build();

    private static List<Double> dice(Loss loss) throws Exception {
        return FittedNetwork.ofOwnClass(FittedNetwork.branchDice(new TwoBranchNet(), loss, EPOCHS));
    }

    @Test
    void theWholeLossTrainsThem() throws Exception {
        assertThat(dice(new GssLoss(layout, settings))).allMatch(dice -> dice > 0.5);
    }

    @Test
    void theDistillationWithALossOfEveryOutputTrainsThem() throws Exception {
        // [compose
        Loss everyOutput =
                new Loss("every_output") {
                    private final Loss task =
                            new SimpleCompositeLoss("task")
                                    .addLoss(new WeightedCrossEntropyLoss())
                                    .addLoss(new SoftDiceLoss());

                    @Override
                    public NDArray evaluate(NDList labels, NDList predictions) {
                        NDArray sum = task.evaluate(labels, predictions);
                        for (NDArray logits : predictions.subNDList(1)) {
                            NDList branch = new NDList(logits.softmax(1));
                            sum = sum.add(task.evaluate(labels, branch));
                        }
                        return sum;
                    }
                };
        Loss loss =
                new SimpleCompositeLoss("mine")
                        .addLoss(new DistillationLoss(layout, settings))
                        .addLoss(everyOutput);
        // compose]
        assertThat(dice(loss)).allMatch(dice -> dice > 0.5);
    }

    @Test
    void theDistillationWithALossOfTheFusedOutputAloneDoesNot() throws Exception {
        Loss fusedAlone =
                new SimpleCompositeLoss("fused alone")
                        .addLoss(new DistillationLoss(layout, settings))
                        .addLoss(new SoftDiceLoss());
        assertThat(dice(fusedAlone)).allMatch(dice -> dice < 0.1);
    }

    @Test
    void taskLossesOfOnesOwnTrainThem() throws Exception {
        // [own
        Loss dice = SoftDiceLoss.builder().optSmoothing(1, 1).optClassWeights(0, 1, 1).build();
        Loss crossEntropy = new SoftmaxCrossEntropyLoss("cross_entropy", 1, 1, false, true);
        GssLoss loss =
                GssLoss.builder()
                        .setLayout(layout)
                        .setConfig(settings)
                        .addTaskLoss(dice, OutputKind.PROBABILITIES)
                        .addTaskLoss(crossEntropy, OutputKind.LOGITS)
                        .optFusedWeight(2)
                        .build();
        // own]
        List<ModalityDice> measured = new ArrayList<>();
        FittedNetwork.use(
                new TwoBranchNet(),
                loss,
                config -> {},
                (trainer, images) -> {
                    NDList samples = Training.samples(trainer.getManager());
                    NDArray oneHot = Training.oneHot(samples.get(1));
                    EasyTrain.fit(trainer, EPOCHS, Training.dataset(samples.get(0), oneHot), null);
                    measured.add(FittedNetwork.measure(trainer, images, layout));
                });
        assertThat(FittedNetwork.ofOwnClass(measured.get(0))).allMatch(value -> value > 0.5);
    }
}
