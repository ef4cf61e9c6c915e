/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpreadsheetTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=HYPERLINK(\"http://x\")",
                "=cmd|' /C calc'!A0",
                "+1+cmd",
                "-2+3",
                "@SUM(A1)",
                "\t=1",
                "\r=1",
                "\n=1",
                "'=1",
                "''@x",
                "-",
                "-Infinity+1"
            })
    void aFormulaStandsBehindAnApostropheAndComesBack(String text) {
        assertThat(SpreadsheetText.cell(text)).isEqualTo("'" + text);
        assertThat(SpreadsheetText.text(SpreadsheetText.cell(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-0.1", "-1.0E-9", "+3", "-Infinity", "NaN", "case 1", "a=b", "'a", "", "'"})
    void whatIsNoFormulaStays(String text) {
        assertThat(SpreadsheetText.cell(text)).isEqualTo(text);
        assertThat(SpreadsheetText.text(text)).isEqualTo(text);
    }
}
