/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

class DecisionTest {

    @Test
    void codesAreThoseOfTheReferenceFiles() {
        try (NDManager manager = NDManager.newBaseManager()) {
            assertThat(manager.ones(new Shape(2)).sum().getFloat()).isEqualTo(2f);
        }
        assertThat(Decision.NOBODY.code()).isZero();
        assertThat(Decision.MINIMUM.code()).isEqualTo(4);
    }
}
