/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.metric.Metrics;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TrainTorchScriptTest {

    private static final Path NETWORK =
            Path.of("..", "..", "src-test-data", "torchscript-traced.pt");

    @Test
    void trainsEveryWeightAndSavesThemForPyTorch() throws Exception {
        Path out = Scratch.newFolder();

        Metrics metrics = TrainTorchScript.train(NETWORK, Scratch.phantoms(out), out, 2);

        Scratch.assertLearned(metrics);
        List<float[]> before = weights(NETWORK);
        List<float[]> after = weights(out.resolve("trained.pt"));
        assertThat(after).hasSameSizeAs(before).isNotEmpty();
        for (int i = 0; i < before.size(); i++) {
            assertThat(after.get(i)).hasSameSizeAs(before.get(i)).isNotEqualTo(before.get(i));
        }
    }

    private static List<float[]> weights(Path file) throws Exception {
        try (ZooModel<NDList, NDList> model =
                Criteria.builder()
                        .setTypes(NDList.class, NDList.class)
                        .optModelPath(file)
                        .optOption("trainParam", "true")
                        .build()
                        .loadModel()) {
            Stream<NDArray> arrays =
                    model.getBlock().getParameters().values().stream()
                            .map(parameter -> parameter.getArray());
            return arrays.map(NDArray::toFloatArray).toList();
        }
    }

    @Test
    void saysWhichArgumentsItExpects() {
        assertThatThrownBy(() -> TrainTorchScript.main(new String[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("args: expected NET DATA OUT, got 0");
    }
}
