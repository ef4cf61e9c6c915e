/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import io.github.gssloss.files.Sha256;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.networks.Axes;
import io.github.gssloss.networks.Chain;
import io.github.gssloss.networks.ConvBlock;
import io.github.gssloss.networks.ConvStyle;
import io.github.gssloss.networks.PaddedConv3d;
import io.github.gssloss.networks.PaddingMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockWeightsTest {

    @TempDir private Path folder;
    private NDManager manager;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void parametersHaveTheNamesOfThePathToThem() {
        assertThat(BlockWeights.parameters(block()).keySet())
                .containsExactly("0.conv.weight", "0.conv.bias", "1.weight", "1.bias");
    }

    @Test
    void whatIsSavedComesBackBitForBit() throws IOException {
        Block saved = block();
        Block loaded = block();
        Path file = folder.resolve("weights.npz");
        Files.writeString(file, "what stood here before is replaced");

        BlockWeights.save(saved, file);
        BlockWeights.load(loaded, NpzFile.read(manager, file), "weights.npz");

        assertThat(values(loaded)).isEqualTo(values(saved));
        assertThat(values(block())).isNotEqualTo(values(saved));
        assertThat(folder).isDirectoryContaining(path -> path.equals(file));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void loadingWritesIntoTheArraysThatAreTrained() {
        Block block = block();
        NDArray before = BlockWeights.parameters(block).get("1.bias").getArray();

        BlockWeights.load(block, arrays(), "test");

        assertThat(before.toFloatArray()).containsExactly(5f, 5f, 5f);
        assertThat(before.hasGradient()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "w/",
                "module.",
                "w/module.",
                "_orig_mod.",
                "_orig_mod.module.",
                "module.module."
            })
    void prefixesOfCheckpointsAreAllowed(String prefix) {
        Block block = block();
        NDList arrays = arrays();
        arrays.forEach(array -> array.setName(prefix + array.getName()));

        BlockWeights.load(block, arrays, "test");

        assertThat(values(block).values()).allMatch(list -> list.stream().allMatch(v -> v == 5f));
    }

    @Test
    void doublePrecisionIsRounded() {
        Block block = block();
        NDList arrays = arrays();
        NDArray bias = arrays.remove("1.bias");
        NDArray wide = manager.full(bias.getShape(), 0.1f, DataType.FLOAT64);
        wide.setName("1.bias");
        arrays.add(wide);

        BlockWeights.load(block, arrays, "test");

        assertThat(values(block).get("1.bias")).containsOnly(0.1f);
    }

    @Test
    void everyArrayMustFitBeforeAnythingIsWritten() {
        Block block = block();
        Map<String, List<Float>> before = values(block);
        NDList arrays = arrays();
        arrays.remove("0.conv.bias");
        arrays.get("1.weight").setName("1.wait");
        NDArray bias = manager.zeros(new Shape(2));
        bias.setName("1.bias");
        arrays.remove("1.bias");
        arrays.add(bias);
        NDArray again = manager.zeros(arrays.get("0.conv.weight").getShape());
        again.setName("0.conv.weight");
        arrays.add(again);

        assertThatThrownBy(() -> BlockWeights.load(block, arrays, "some.npz"))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        "some.npz: does not fit the network: surplus 1.wait; 1.bias: expected"
                                + " shape (3), got (2); twice 0.conv.weight; missing 0.conv.bias;"
                                + " missing 1.weight");
        assertThat(values(block)).isEqualTo(before);
    }

    /** Input {@code nan.npz}: one NaN among the numbers. */
    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
    void weightsThatAreNoNumbersAreRefused(float value) {
        Block block = block();
        NDList arrays = arrays();
        arrays.get("1.bias").set(new NDIndex("1"), value);

        assertThatThrownBy(() -> BlockWeights.load(block, arrays, "some.npz"))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        "some.npz: does not fit the network: 1.bias: expected finite numbers, got"
                                + " NaN or infinity");
        BlockWeights.requireFinite(block, "some.pt");
        BlockWeights.parameters(block).get("1.bias").getArray().stopGradient().addi(value);
        assertThatThrownBy(() -> BlockWeights.requireFinite(block, "some.pt"))
                .isInstanceOf(UserInputException.class)
                .hasMessage("some.pt: 1.bias: expected finite numbers, got NaN or infinity");
    }

    @Test
    void equalWeightsGiveEqualBytes() throws IOException {
        Block block = block();
        BlockWeights.save(block, folder.resolve("one.npz"));
        BlockWeights.save(block, folder.resolve("two.npz"));

        assertThat(Sha256.ofFile(folder.resolve("two.npz")))
                .isEqualTo(Sha256.ofFile(folder.resolve("one.npz")));
    }

    @Test
    void manyComplaintsAreCutShort() {
        NDList arrays = new NDList();
        for (int i = 0; i < 3; i++) {
            NDArray array = manager.zeros(new Shape(1));
            array.setName("x" + i);
            arrays.add(array);
        }

        assertThatThrownBy(() -> BlockWeights.load(block(), arrays, "some.npz"))
                .hasMessage(
                        "some.npz: does not fit the network: surplus x0; surplus x1; surplus x2;"
                                + " missing 0.conv.weight; missing 0.conv.bias; and 2 more");
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        Path file = folder.resolve("none").resolve("weights.npz");

        assertThatThrownBy(() -> BlockWeights.save(block(), file))
                .isInstanceOf(UserInputException.class)
                .hasMessageStartingWith(file + ": cannot be written: ");
    }

    private Block block() {
        Chain chain =
                new Chain(
                        new ConvStyle(
                                        ConvBlock.Order.CONVOLUTION_FIRST,
                                        PaddingMode.ZEROS,
                                        Axes.ALL)
                                .size1(2),
                        PaddedConv3d.ofSize1(3));
        chain.initialize(manager, DataType.FLOAT32, new Shape(1, 4, 2, 2, 2));
        return chain;
    }

    /** Fives for every parameter of the block. */
    private NDList arrays() {
        NDList arrays = new NDList();
        BlockWeights.parameters(block())
                .forEach(
                        (name, parameter) -> {
                            NDArray array = manager.full(parameter.getArray().getShape(), 5f);
                            array.setName(name);
                            arrays.add(array);
                        });
        return arrays;
    }

    private static Map<String, List<Float>> values(Block block) {
        Map<String, List<Float>> values = new TreeMap<>();
        BlockWeights.parameters(block)
                .forEach(
                        (name, parameter) ->
                                values.put(
                                        name,
                                        Stream.of(parameter.getArray().toArray())
                                                .map(Number::floatValue)
                                                .toList()));
        return values;
    }
}
