/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.gssloss.djl.OutputKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkLayoutTest {

    @ParameterizedTest
    @ValueSource(strings = {"rfnet", "mmformer"})
    void theNetworksOfThisProgramHaveThirteenOutputs(String name) {
        NetworkLayout layout = NetworkLayout.parse(name);

        assertThat(layout.outputs().numOutputs()).isEqualTo(13);
        assertThat(layout.used()).hasSize(13);
        assertThat(layout.fused()).isZero();
    }

    @Test
    void aListNamesEachOutput() {
        NetworkLayout layout =
                NetworkLayout.parse(
                        "fusedLogits: 2; branches: 6,7, 8,9; branchProbabilities: 10,11,12,13;"
                                + "auxiliaryLogits: 0, 1");

        assertThat(layout.outputs().numOutputs()).isEqualTo(14);
        assertThat(layout.outputs().numBranches()).isEqualTo(4);
        assertThat(layout.fused()).isEqualTo(2);
        assertThat(layout.fusedKind()).isEqualTo(OutputKind.LOGITS);
        assertThat(layout.used()).containsExactlyInAnyOrder(0, 1, 2, 6, 7, 8, 9, 10, 11, 12, 13);
        assertThat(NetworkLayout.parse("branches: 0,1,2,3; fused: 5; auxiliary: 4").used())
                .hasSize(6);
    }

    @Test
    void thePredictionIsTheFusedOutputAsProbabilities() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray logits = manager.create(new float[][] {{0f, (float) Math.log(3)}});
            NDArray other = manager.zeros(logits.getShape());
            NetworkLayout layout = NetworkLayout.parse("fusedLogits: 4; branches: 0, 1, 2, 3");

            for (NDList outputs :
                    new NDList[] {
                        new NDList(other, other, other, other, logits), new NDList(logits)
                    }) {
                assertThat(layout.fusedProbabilities(outputs).toFloatArray())
                        .containsExactly(
                                new float[] {0.25f, 0.75f},
                                org.assertj.core.api.Assertions.within(1e-6f));
            }
            NetworkLayout ready = NetworkLayout.parse("fused: 0; branches: 1, 2, 3, 4");
            assertThat(ready.fusedProbabilities(new NDList(logits))).isSameAs(logits);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unet | a list such as 'fused: 0; branches: 1, 2, 3, 4'",
                "branches: 1,2,3,4 | fused or fusedLogits",
                "fused: 0; fusedLogits: 5; branches: 1,2,3,4 | fused or fusedLogits",
                "fused: 0, 5; branches: 1,2,3,4 | one fused output",
                "fused: 0 | branches of the modalities",
                "fused: zero; branches: 1,2,3,4 | indices of outputs, from 0",
                "fused: -1; branches: 1,2,3,4 | indices of outputs, from 0",
                "fused: 0; fused: 5; branches: 1,2,3,4 | fused once",
                "fused: 0; branches: 1,2,3,4; auxiliary: 5; auxiliaryLogits: 6 |"
                        + " auxiliary or auxiliaryLogits"
            })
    void whatIsNoLayoutIsNamed(String text, String expected) {
        assertThatThrownBy(() -> NetworkLayout.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("layout: expected " + expected + ", got '" + text + "'");
    }

    @Test
    void anOutputIsOneThingAndKeysAreKnown() {
        assertThatThrownBy(() -> NetworkLayout.parse("fused: 0; branches: 0,1,2,3"))
                .hasMessage(
                        "layout: expected each output once (layout: expected distinct output"
                                + " indices from 0, got [0, 0, 1, 2, 3]), got 'fused: 0; branches:"
                                + " 0,1,2,3'");
        assertThatThrownBy(() -> NetworkLayout.parse("fuse: 0; branches: 1,2,3,4"))
                .hasMessage(
                        "layout: expected one of fused, fusedLogits, branches, branchProbabilities,"
                                + " auxiliary, auxiliaryLogits, got 'fuse'");
    }
}
