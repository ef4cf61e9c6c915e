/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report;

import java.awt.Color;

/**
 * What a colour of a picture means.
 *
 * @param label the name in the legend
 * @param colour the colour
 */
record Swatch(String label, Color colour) {}
