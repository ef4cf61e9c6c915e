/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.check;

import io.github.gssloss.imaging.nifti.NiftiHeader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How a volume lies, in words.
 *
 * @param size for example {@code 240x240x155}
 * @param spacing in mm, for example {@code 1x1x1}
 * @param axes the sides of the body that the axes lead to, for example {@code LPS}
 */
record Grid(String size, String spacing, String axes) {

    static Grid of(NiftiHeader header) {
        return new Grid(size(header), spacing(header), axes(header));
    }

    private static String size(NiftiHeader header) {
        return Arrays.stream(header.shape())
                .mapToObj(Integer::toString)
                .collect(Collectors.joining("x"));
    }

    private static String spacing(NiftiHeader header) {
        List<String> edges = new ArrayList<>();
        for (float edge : header.spacing()) {
            edges.add(String.format(Locale.ROOT, "%.2f", edge).replaceAll("\\.?0+$", ""));
        }
        return String.join("x", edges);
    }

    private static String axes(NiftiHeader header) {
        double[][] affine = header.affine();
        StringBuilder axes = new StringBuilder();
        for (int axis = 0; axis < 3; axis++) {
            int world = 0;
            for (int row = 1; row < 3; row++) {
                if (Math.abs(affine[row][axis]) > Math.abs(affine[world][axis])) {
                    world = row;
                }
            }
            axes.append((affine[world][axis] < 0 ? "LPI" : "RAS").charAt(world));
        }
        return axes.toString();
    }
}
