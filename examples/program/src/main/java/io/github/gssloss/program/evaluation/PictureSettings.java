/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.evaluation;

import io.github.gssloss.program.report.PictureStyle;
import java.util.ArrayList;
import java.util.List;

/**
 * What the pictures of evaluated cases show.
 *
 * @param style how classes lie over images
 * @param entropy whether the entropy of the probabilities is drawn
 * @param disagreement whether the disagreement of the branches is drawn: a further pass
 */
public record PictureSettings(PictureStyle style, boolean entropy, boolean disagreement) {

    /** Filled classes alone. */
    public static final PictureSettings USUAL =
            new PictureSettings(PictureStyle.FILLS, false, false);

    /** The names of the maps that are drawn. */
    List<String> maps() {
        List<String> maps = new ArrayList<>();
        if (entropy) {
            maps.add("entropy");
        }
        if (disagreement) {
            maps.add("disagreement");
        }
        return maps;
    }
}
