/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.metric.Metrics;
import ai.djl.ndarray.NDManager;
import io.github.gssloss.networks.weights.NpzFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TrainRfNetTest {

    @Test
    void trainsAndSavesAndScores() throws Exception {
        Path out = Scratch.newFolder();

        Metrics metrics = TrainRfNet.train(Scratch.phantoms(out), out, 1);

        Scratch.assertLearned(metrics);
        try (NDManager manager = NDManager.newBaseManager()) {
            assertThat(NpzFile.read(manager, out.resolve("weights.npz")))
                    .hasSizeGreaterThan(100)
                    .allMatch(array -> !array.isNaN().any().getBoolean());
        }
    }

    @Test
    void saysWhichArgumentsItExpects() {
        assertThatThrownBy(() -> TrainRfNet.main(new String[] {"phantoms"}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("args: expected DATA OUT, got 1");
    }
}
