/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report;

import io.github.gssloss.imaging.dataset.LabelSet;
import java.awt.Color;
import java.util.List;

/**
 * What a colour of a picture means.
 *
 * @param label the name in the legend
 * @param colour the colour
 */
record Swatch(String label, Color colour) {

    /**
     * The classes of a label set in their order, without the background, in the paper's colours.
     */
    static List<Swatch> ofClasses(LabelSet labels) {
        return labels.classNames().stream().skip(1).map(Swatch::ofClass).toList();
    }

    private static Swatch ofClass(String className) {
        return switch (className) {
            case "NCR/NET" ->
                    new Swatch("necrotic and non-enhancing core (NCR/NET)", new Color(60, 200, 90));
            case "NCR" -> new Swatch("necrotic core (NCR)", new Color(60, 200, 90));
            case "NET" -> new Swatch("non-enhancing core (NET)", new Color(235, 90, 200));
            case "ED" -> new Swatch("oedema (ED)", new Color(250, 210, 50));
            case "ET" -> new Swatch("enhancing tumour (ET)", new Color(50, 110, 255));
            default -> throw new IllegalArgumentException("class: no colour for " + className);
        };
    }
}
