/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountedTest {

    @Test
    void oneIsSingular() {
        assertThat(Counted.of(1, "epoch")).isEqualTo("1 epoch");
        assertThat(Counted.of(0, "epoch")).isEqualTo("0 epochs");
        assertThat(Counted.of(21, "epoch")).isEqualTo("21 epochs");
        assertThat(Counted.of(1, "pass", "passes")).isEqualTo("1 pass");
        assertThat(Counted.of(2, "pass", "passes")).isEqualTo("2 passes");
        assertThat(Counted.of(5_000_000_000L, "step")).isEqualTo("5000000000 steps");
    }
}
