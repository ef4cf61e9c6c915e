/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Locale;
import java.util.Optional;

/**
 * The colours of a map from 0 to its largest value, and the bar that shows them. Where it is nearly
 * 0 the image is seen.
 *
 * @param largest the largest value of the map
 */
record HeatScale(double largest) {

    /** The share of the largest value from which there is heat. */
    private static final double FLOOR = 0.1;

    private static final int BAR = 12;
    private static final int GAP = 6;

    /** The colour of a value; empty where the image is seen. */
    Optional<Color> colour(double value) {
        return largest > 0 && value >= FLOOR * largest
                ? Optional.of(VoteColours.heat((value / largest - FLOOR) / (1 - FLOOR)))
                : Optional.empty();
    }

    /** What the ends of the bar stand for; of a map that is small everywhere not 0.000. */
    String words() {
        return largest > 0
                ? String.format(Locale.ROOT, "%.2g to %.2g", FLOOR * largest, largest)
                : "0 everywhere";
    }

    /** The picture with the bar below it: the smallest value with heat at its left end. */
    BufferedImage withBar(BufferedImage picture) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        BufferedImage all =
                new BufferedImage(width, height + GAP + BAR, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = all.createGraphics();
        graphics.setColor(PanelSheet.GROUND);
        graphics.fillRect(0, 0, width, height + GAP + BAR);
        graphics.drawImage(picture, 0, 0, null);
        for (int x = 0; x < width; x++) {
            graphics.setColor(VoteColours.heat(x / (width - 1.0)));
            graphics.fillRect(x, height + GAP, 1, BAR);
        }
        graphics.dispose();
        return all;
    }
}
