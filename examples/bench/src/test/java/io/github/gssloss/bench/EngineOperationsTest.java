/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Few operations of the engine: on a GPU each is a launch, on a busy machine a barrier. */
class EngineOperationsTest {

    @Test
    void anEvaluationTakesNoMoreThanItsCeiling() throws IOException {
        LossCase small = new LossCase(2, 16, 4, 4);
        try (NDManager manager = NDManager.newBaseManager()) {
            int paper = EngineOperations.count(small, small.config(), manager);
            // One softmax, one log-softmax, an exponential and more, or nothing was counted.
            assertThat(paper).isBetween(20, 120);
            assertThat(EngineOperations.count(small, small.config(), manager)).isEqualTo(paper);
            assertThat(EngineOperations.count(small, small.remedies(), manager))
                    .isGreaterThan(paper)
                    .isLessThanOrEqualTo(260);
        }
    }
}
