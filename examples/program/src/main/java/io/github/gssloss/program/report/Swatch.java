/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report;

import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.dataset.DatasetKind;
import java.awt.Color;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a colour of a picture means.
 *
 * @param label the name in the legend
 * @param colour the colour
 */
record Swatch(String label, Color colour) {

    /** For classes that have no colour in the paper; the ninth has that of the first again. */
    private static final List<Color> COLOURS =
            List.of(
                    new Color(60, 200, 90),
                    new Color(250, 210, 50),
                    new Color(50, 110, 255),
                    new Color(235, 90, 200),
                    new Color(240, 120, 40),
                    new Color(90, 220, 230),
                    new Color(170, 110, 250),
                    new Color(200, 200, 200));

    /** The classes of a data set in their order, without the background. */
    static List<Swatch> ofClasses(DataDescription description) {
        List<String> names = description.labels().classNames();
        return IntStream.range(1, names.size())
                .mapToObj(
                        c ->
                                description.kind() == DatasetKind.BRATS
                                        ? ofTissue(names.get(c))
                                        : new Swatch(
                                                names.get(c),
                                                COLOURS.get((c - 1) % COLOURS.size())))
                .toList();
    }

    /** A tissue of BraTS in the paper's colours. */
    private static Swatch ofTissue(String className) {
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
