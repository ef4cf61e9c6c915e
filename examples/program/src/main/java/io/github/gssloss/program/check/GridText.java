/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.check;

import io.github.gssloss.imaging.nifti.Geometry;
import io.github.gssloss.imaging.prepare.Extents;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How a volume lies, in words.
 *
 * @param size for example {@code 240x240x155}
 * @param spacing in mm, for example {@code 1x1x1}
 * @param axes the sides of the body that the axes lead to, for example {@code LPS}
 */
record GridText(String size, String spacing, String axes) {

    static GridText of(Geometry geometry) {
        List<String> edges = new ArrayList<>();
        for (float edge : geometry.spacing()) {
            edges.add(String.format(Locale.ROOT, "%.2f", edge).replaceAll("\\.?0+$", ""));
        }
        return new GridText(
                Extents.text(geometry.size()).replace(" ", ""),
                String.join("x", edges),
                geometry.orientation());
    }
}
