/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.report;

import io.github.gssloss.examples.data.LabelSet;
import java.awt.Color;
import java.util.List;

/**
 * How a class is shown; the colours are those of the paper's figures.
 *
 * @param label the name in the legend
 * @param colour the colour of the overlay
 */
record Tissue(String label, Color colour) {

    /** Returns the tissues of a label set in the order of its classes, the background left out. */
    static List<Tissue> of(LabelSet labels) {
        return labels.classNames().stream().skip(1).map(Tissue::of).toList();
    }

    private static Tissue of(String className) {
        return switch (className) {
            case "NCR/NET" ->
                    new Tissue("necrotic and non-enhancing core (NCR/NET)", new Color(60, 200, 90));
            case "NCR" -> new Tissue("necrotic core (NCR)", new Color(60, 200, 90));
            case "NET" -> new Tissue("non-enhancing core (NET)", new Color(235, 90, 200));
            case "ED" -> new Tissue("oedema (ED)", new Color(250, 210, 50));
            case "ET" -> new Tissue("enhancing tumour (ET)", new Color(50, 110, 255));
            default -> throw new IllegalArgumentException("class: no colour for " + className);
        };
    }
}
