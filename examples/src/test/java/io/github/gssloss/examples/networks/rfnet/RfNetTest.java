/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.networks.rfnet;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import io.github.gssloss.examples.networks.PaddingMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RfNetTest {

    private static final double TOLERANCE = 1e-4;

    private NDManager manager;
    private ParameterStore store;
    private RfNetGolden golden;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
        store = new ParameterStore(manager, false);
        golden = RfNetGolden.read(manager);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void allThirteenOutputsAreThePublishedOnes() {
        RfNet network = golden.network(manager, PaddingMode.ZEROS);

        NDList outputs = network.forward(store, golden.inputs(), true);

        assertThat(outputs).extracting(NDArray::getName).isEqualTo(RfNet.OUTPUT_NAMES);
        for (NDArray output : outputs) {
            double distance = distance(output, golden.output(output.getName()));
            assertThat(distance).as(output.getName()).isLessThan(TOLERANCE);
        }
    }

    @Test
    void outsideTrainingTheFusedProbabilitiesComeAlone() {
        RfNet network = golden.network(manager, PaddingMode.ZEROS);

        NDList outputs = network.forward(store, golden.inputs(), false);

        assertThat(outputs).hasSize(1);
        assertThat(distance(outputs.head(), golden.output("fused"))).isLessThan(TOLERANCE);
    }

    private static double distance(NDArray actual, NDArray expected) {
        assertThat(actual.getShape()).isEqualTo(expected.getShape());
        return actual.sub(expected).abs().max().getFloat();
    }
}
