/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

/**
 * A coloured cell of a table.
 *
 * @param text what stands in it
 * @param depth how deep it is coloured, for example {@code 40%}
 * @param tone the class that gives the colour
 */
record HeatCell(String text, String depth, String tone) {

    static final String GOOD = "good";
    static final String BAD = "bad";
}
