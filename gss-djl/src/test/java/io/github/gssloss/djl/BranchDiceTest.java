/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.Dataset;
import ai.djl.translate.TranslateException;
import io.github.gssloss.core.LeaderSearch;
import io.github.gssloss.core.ModalityDice;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Measuring the branches is evaluation: it leaves the network as it was. */
class BranchDiceTest {

    private static final OutputLayout LAYOUT = Training.layout();

    private static GssLoss loss() {
        return new GssLoss(LAYOUT, Training.settings());
    }

    /** A network with batch normalisation and dropout after a few epochs. */
    private static void trained(Block network, FittedNetwork.Use use) throws Exception {
        FittedNetwork.use(
                network,
                loss(),
                config -> {},
                (trainer, images) -> {
                    EasyTrain.fit(trainer, 3, images, null);
                    use.of(trainer, images);
                });
    }

    @Test
    void noParameterChangesAndTwoMeasurementsAgree() throws Exception {
        Block network = new SmallUnet(OutputKind.LOGITS);
        trained(
                network,
                (trainer, images) -> {
                    List<String> before = FittedNetwork.bits(FittedNetwork.weights(network));
                    ModalityDice first = FittedNetwork.measure(trainer, images, LAYOUT);
                    ModalityDice second = FittedNetwork.measure(trainer, images, LAYOUT);
                    assertThat(FittedNetwork.bits(FittedNetwork.weights(network)))
                            .isEqualTo(before);
                    assertThat(second.toTable()).isEqualTo(first.toTable());
                    assertThat(FittedNetwork.ofOwnClass(first)).allMatch(dice -> dice > 0);
                    // In training mode the statistics of the normalisation take in the images.
                    for (Batch batch : trainer.iterateDataset(images)) {
                        try (batch) {
                            trainer.forward(batch.getData());
                        }
                    }
                    assertThat(FittedNetwork.bits(FittedNetwork.weights(network)))
                            .isNotEqualTo(before);
                });
    }

    @Test
    void itIsTheSearchOverTheOutputsInEvaluation() throws Exception {
        Block network = new SmallUnet(OutputKind.PROBABILITIES);
        OutputLayout layout =
                OutputLayout.fusedThenBranches(
                        2, OutputKind.PROBABILITIES, OutputKind.PROBABILITIES);
        trained(
                network,
                (trainer, images) -> {
                    LeaderSearch search =
                            new LeaderSearch(
                                    Training.groups().modalities(), Training.groups().classNames());
                    for (Batch batch : trainer.iterateDataset(images)) {
                        try (batch) {
                            NDList outputs = trainer.evaluate(batch.getData());
                            search.add(outputs.subNDList(1), batch.getLabels().get(0));
                        }
                    }
                    String expected = search.dice().toTable();
                    assertThat(FittedNetwork.measure(trainer, images, layout).toTable())
                            .isEqualTo(expected);
                    assertThat(ofModel(network, images, layout).toTable()).isEqualTo(expected);
                });
    }

    private static ModalityDice ofModel(Block network, ArrayDataset images, OutputLayout layout)
            throws IOException, TranslateException {
        try (Model model = Model.newInstance("measured")) {
            model.setBlock(network);
            return BranchDice.builder()
                    .setLayout(layout)
                    .setModalities(Training.groups().modalities())
                    .setClasses(Training.groups().classNames())
                    .build()
                    .measure(model, images);
        }
    }

    @Test
    void absentModalitiesAndIgnoredVoxelsDoNotCount() throws Exception {
        trained(
                new SmallUnet(OutputKind.LOGITS),
                (trainer, images) -> {
                    NDList samples = Training.samples(trainer.getManager());
                    NDArray inputs = samples.get(0);
                    NDArray classes = samples.get(1);
                    NDArray present = trainer.getManager().ones(new Shape(Training.SAMPLES, 2));
                    ModalityDice all = measured(trainer, inputs, classes, present);
                    assertThat(all.toTable())
                            .isEqualTo(measured(trainer, inputs, classes).toTable());
                    present.set(new NDIndex("4:, 1"), 0);
                    ModalityDice some = measured(trainer, inputs, classes, present);
                    assertThat(some.value(0, 1)).isEqualTo(all.value(0, 1));
                    NDArray ignored = classes.duplicate();
                    ignored.set(new NDIndex("4:"), 255);
                    ModalityDice half = measured(trainer, inputs, ignored);
                    assertThat(half.value(1, 2)).isEqualTo(some.value(1, 2));
                    assertThat(half.value(0, 1)).isNotEqualTo(all.value(0, 1));
                });
    }

    private static ModalityDice measured(Trainer trainer, NDArray images, NDArray... labels)
            throws IOException, TranslateException {
        Dataset dataset =
                new ArrayDataset.Builder()
                        .setData(images)
                        .optLabels(labels)
                        .setSampling(Training.BATCH, false)
                        .build();
        return BranchDice.builder()
                .setLayout(LAYOUT)
                .setGroups(Training.groups())
                .optIgnoreIndex(255)
                .build()
                .measure(trainer, dataset);
    }

    @Test
    void aNetworkThatGivesTheFusedOutputAloneIsRefused() throws Exception {
        trained(
                new FusedAloneInEvaluation(new SmallUnet(OutputKind.LOGITS)),
                (trainer, images) ->
                        assertThatThrownBy(() -> FittedNetwork.measure(trainer, images, LAYOUT))
                                .isInstanceOf(IllegalArgumentException.class)
                                .hasMessage(
                                        "predictions: expected 3 outputs in evaluation mode, got"
                                                + " the fused one alone; let the network give its"
                                                + " branches there too"));
    }

    @Test
    void otherModalitiesThanBranchesAreRefused() {
        BranchDice.Builder builder =
                BranchDice.builder()
                        .setLayout(LAYOUT)
                        .setModalities(List.of("a"))
                        .setClasses(List.of("x", "y"));
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("modalities: expected 2 as the layout has branches, got [a]");
        assertThatThrownBy(() -> BranchDice.builder().build())
                .hasMessage("layout: expected a value, got null");
    }
}
