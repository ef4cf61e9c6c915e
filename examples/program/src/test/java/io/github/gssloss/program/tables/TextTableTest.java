/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void columnsHaveTheWidthOfTheirLongestCell() {
        TextTable table = new TextTable(1, List.of("name", "x", "value"));
        table.add(List.of("a", "100", "1"));
        table.add(List.of("longer", "2", ""));

        assertThat(table.lines())
                .containsExactly("name      x  value", "a       100      1", "longer    2");
    }

    @Test
    void aRowHasTheHeadersCells() {
        TextTable table = new TextTable(0, List.of("a", "b"));

        assertThatThrownBy(() -> table.add(List.of("1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row: expected 2 cells, got 1");
    }
}
