/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report;

import java.awt.image.BufferedImage;

/**
 * A captioned picture of the {@link PanelSheet}.
 *
 * @param title above the picture
 * @param caption below it, may be empty
 * @param picture the picture
 */
record Panel(String title, String caption, BufferedImage picture) {}
