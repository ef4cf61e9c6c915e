/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.github.gssloss.networks.mmformer.MmFormer;
import io.github.gssloss.networks.rfnet.RfNet;
import io.github.gssloss.networks.weights.BlockWeights;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFNet and mmFormer for other numbers of modalities and classes than the published ones. */
class AnyModalitiesTest extends BlockTest {

    private static final List<String> NAMES = List.of("pd", "dwi", "adc", "t2-fs", "swi");

    AnyModalitiesTest() {
        super(29);
    }

    @ParameterizedTest
    @CsvSource({"RFNet,1,2", "RFNet,2,5", "RFNet,3,2", "RFNet,5,5"})
    @CsvSource({"mmFormer,1,5", "mmFormer,2,2", "mmFormer,3,5", "mmFormer,5,2"})
    void forwardAndBackwardReachEveryWeight(String kind, int modalities, int classes) {
        ModalityNetwork network = network(kind, NAMES.subList(0, modalities), classes);
        NDArray x = images(network);
        NDArray subset = manager.ones(new Shape(1, modalities), DataType.FLOAT64);
        NDArray present = subset.gt(0);

        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDList outputs = network.forward(store, new NDList(x, present, present), true);
            assertThat(outputs).extracting(NDArray::getName).isEqualTo(network.outputNames());
            assertThat(outputs)
                    .hasSize(5 + 2 * modalities)
                    .hasSize(network.layout().numOutputs())
                    .extracting(NDArray::getShape)
                    .containsOnly(Layers.withChannels(x.getShape(), classes));
            NDArray sum = manager.zeros(new Shape(), DataType.FLOAT64);
            for (NDArray output : outputs) {
                NDArray wave = manager.randomNormal(output.getShape(), DataType.FLOAT64);
                sum = sum.add(output.mul(wave).sum());
            }
            collector.backward(sum);
        }
        BlockWeights.parameters(network)
                .forEach(
                        (name, weight) ->
                                assertThat(GradientCheck.largest(weight.getArray()))
                                        .as(name)
                                        .isFinite()
                                        .isGreaterThanOrEqualTo(
                                                name.endsWith("weight") ? 1e-30 : 0));
        assertThat(network.layout().numBranches()).isEqualTo(modalities);
    }

    @ParameterizedTest
    @CsvSource({"RFNet,2", "RFNet,5", "mmFormer,3", "mmFormer,5"})
    void aMissingImageChangesItsOwnBranchOnly(String kind, int modalities) {
        ModalityNetwork network = network(kind, NAMES.subList(0, modalities), 3);
        NDArray x = images(network);
        NDArray subset = manager.ones(new Shape(1, modalities)).gt(0);
        subset.set(new NDIndex(0, 1), 0);
        NDArray other = x.duplicate();
        other.get(":,1").addi(images(network).get(":,1"));

        NDList before = network.forward(store, new NDList(x, subset), true);
        NDList after = network.forward(store, new NDList(other, subset), true);

        for (int i = 0; i < before.size(); i++) {
            assertThat(distance(before.get(i), after.get(i)) > 0)
                    .as(before.get(i).getName())
                    .isEqualTo(before.get(i).getName().endsWith("_dwi"));
        }
    }

    /** The outputs of branches are named by modality, so that all outputs keep their values. */
    @ParameterizedTest
    @CsvSource({"RFNet", "mmFormer"})
    void anotherOrderOfModalitiesChangesTheOrderOfBranchesOnly(String kind) {
        List<String> names = NAMES.subList(0, 3);
        List<Integer> order = List.of(2, 0, 1);
        ModalityNetwork network = network(kind, names, 2);
        if ("mmFormer".equals(kind)) {
            // As published the tokens of a modality become neighbouring voxels, in the order of the
            // modalities: nothing in the weights can undo another order.
            silence(network, "multimodal_decode_conv.weight");
        }
        ModalityNetwork permuted = network(kind, order.stream().map(names::get).toList(), 2);
        BlockWeights.load(permuted, permutedWeights(network, order), "test");
        NDArray x = images(network);
        NDArray subset = manager.create(new float[][] {{1, 0, 1}});

        NDList expected = network.forward(store, new NDList(x, subset), true);
        NDList actual =
                permuted.forward(
                        store, new NDList(permuted(x, 1, order), permuted(subset, 1, order)), true);

        assertThat(actual).extracting(NDArray::getName).isNotEqualTo(network.outputNames());
        for (NDArray output : expected) {
            assertThat(distance(actual.get(output.getName()), output))
                    .as(output.getName())
                    .isLessThan(1e-10);
        }
    }

    /** A position counts within its modality and across the modalities. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void gradientsOfPositionsAreThoseOfDifferences(int modalities) {
        ModalityNetwork network = network("mmFormer", NAMES.subList(0, modalities), 2);
        NDArray subset = manager.ones(new Shape(1, modalities)).gt(0);
        NDList inputs = new NDList(images(network), subset);

        new GradientCheck(manager, network, inputs, true, List.of(0), 1e-7)
                .check("pd_pos", "multimodal_decode_conv.weight");
    }

    @Test
    void modalitiesAreNamedOnceEach() {
        for (List<String> names :
                List.of(List.<String>of(), List.of("t1", "t1"), List.of("t1", "t 2"))) {
            assertThatThrownBy(() -> network("RFNet", names, 2))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "modalities: expected at least one name, each once, of letters, digits,"
                                    + " '_' and '-', got "
                                    + names);
        }
    }

    @Test
    void imagesAndSubsetsOfAnotherNumberOfModalitiesAreRefused() {
        ModalityNetwork network = network("RFNet", NAMES.subList(0, 2), 2);
        NDArray x = images(network);

        assertThatThrownBy(
                        () ->
                                network.forward(
                                        store, new NDList(x, manager.ones(new Shape(1, 4))), false))
                .hasMessage("subset: expected shape (1, 2), got (1, 4)");
        assertThatThrownBy(
                        () ->
                                network.forward(
                                        store,
                                        new NDList(
                                                x,
                                                manager.ones(new Shape(1, 2)),
                                                manager.ones(new Shape(1, 3))),
                                        false))
                .hasMessage("present: expected shape (1, 2), got (1, 3)");
    }

    private ModalityNetwork network(String kind, List<String> modalities, int classes) {
        ModalityNetwork network =
                "RFNet".equals(kind)
                        ? RfNet.builder()
                                .optModalities(modalities)
                                .setClasses(classes)
                                .optWidth(4)
                                .build()
                        : MmFormer.builder()
                                .optModalities(modalities)
                                .setClasses(classes)
                                .optWidth(2)
                                .optPatch(2)
                                .optHeads(2)
                                .optTokenWidth(8)
                                .optHiddenWidth(16)
                                .optDropout(0)
                                .build();
        Shape x = shape(network);
        network.initialize(manager, DataType.FLOAT64, x, new Shape(1, modalities.size()));
        return network;
    }

    private static Shape shape(ModalityNetwork network) {
        int side = network instanceof RfNet ? 16 : 32;
        return new Shape(1, network.modalities().size(), side, side, side);
    }

    private NDArray images(ModalityNetwork network) {
        return manager.randomNormal(shape(network), DataType.FLOAT64);
    }

    private static void silence(ModalityNetwork network, String weight) {
        NDArray array = BlockWeights.parameters(network).get(weight).getArray().stopGradient();
        array.subi(array.duplicate());
    }

    /** The weights whose input or output channels are counted modality by modality. */
    private static NDList permutedWeights(ModalityNetwork network, List<Integer> order) {
        NDList weights = new NDList();
        BlockWeights.parameters(network)
                .forEach(
                        (name, parameter) -> {
                            NDArray array = parameter.getArray().stopGradient();
                            boolean inputs =
                                    name.matches(
                                            "decoder_fuse\\.(prm_generator\\d\\.embedding_layer"
                                                    + "|RFM\\d\\.short_cut|RFM[1-4]\\.fusion_layer"
                                                    + "|RFM\\d\\.modal_fusion\\.\\d\\.weight_layer)"
                                                    + "\\.0\\.(conv\\.)?weight");
                            boolean outputs = name.matches(".*\\.weight_layer\\.2\\.\\w+");
                            NDArray permuted = inputs ? permuted(array, 1, order) : array;
                            permuted = outputs ? permuted(array, 0, order) : permuted;
                            permuted.setName(name);
                            weights.add(permuted);
                        });
        return weights;
    }

    /** Reorders equal groups along an axis; what is left over, a last channel, stays. */
    private static NDArray permuted(NDArray array, int axis, List<Integer> order) {
        long group = array.getShape().get(axis) / order.size();
        NDArray rows = axis == 0 ? array : array.swapAxes(0, axis);
        Stream<NDArray> groups =
                order.stream().map(m -> rows.get("{}:{}", m * group, (m + 1) * group));
        NDList parts = new NDList(groups.toArray(NDArray[]::new));
        long done = group * order.size();
        if (done < array.getShape().get(axis)) {
            parts.add(rows.get("{}:", done));
        }
        NDArray all = NDArrays.concat(parts, 0);
        return axis == 0 ? all : all.swapAxes(0, axis);
    }

    private static double distance(NDArray actual, NDArray expected) {
        assertThat(actual.getShape()).isEqualTo(expected.getShape());
        return actual.sub(expected).abs().max().getDouble();
    }
}
