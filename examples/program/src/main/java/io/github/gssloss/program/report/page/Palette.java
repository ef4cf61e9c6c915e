/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

/** The colours of lines, which the style sheet holds for light and for dark. */
final class Palette {

    /** How many there are; more lines begin anew. */
    static final int COLOURS = 7;

    private Palette() {}
}
