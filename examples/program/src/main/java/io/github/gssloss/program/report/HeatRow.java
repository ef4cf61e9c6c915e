/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report;

import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.program.report.PanelSheet.Panel;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Maps as heat in each plane, beside the image. Where there are two segmentations the voxels of
 * which they say different things are marked on it, so that one sees whether a network is unsure
 * where it is wrong.
 */
final class HeatRow {

    private static final Color DIFFERENT = new Color(225, 55, 55);

    private final Modality ground;
    private final float[] image;
    private final Map<String, byte[]> layers;
    private final PictureStyle style;

    /**
     * Starts a row.
     *
     * @param ground which image it is
     * @param image (x, y, z) in C order
     * @param layers the segmentations, by what they are; of two the first may be unlabelled in
     *     places
     * @param style how marks lie over the image
     */
    HeatRow(Modality ground, float[] image, Map<String, byte[]> layers, PictureStyle style) {
        this.ground = ground;
        this.image = image;
        this.layers = layers;
        this.style = style;
    }

    /** What marks stand for; empty unless there are two segmentations. */
    Optional<Swatch> difference() {
        return layers.size() == 2
                ? Optional.of(
                        new Swatch("differs from " + layers.keySet().iterator().next(), DIFFERENT))
                : Optional.empty();
    }

    /** The panels of a map, at least 0 everywhere, in some slices: two for each. */
    List<Panel> panels(List<PlaneSlice> slices, String title, float... values) {
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, value);
        }
        HeatScale scale = new HeatScale(largest);
        List<Panel> panels = new ArrayList<>();
        for (PlaneSlice slice : slices) {
            int[] levels = GreyLevels.of(slice.of(image));
            panels.add(beside(slice, levels));
            BufferedImage picture = slice.painter().heat(levels, slice.of(values), scale);
            panels.add(new Panel(title, scale.words(), slice.sides(), scale.withBar(picture)));
        }
        return panels;
    }

    private Panel beside(PlaneSlice slice, int... levels) {
        Optional<Swatch> mark = difference();
        String title = mark.map(Swatch::label).orElse(ground.label());
        byte[] marked = mark.isPresent() ? marked(slice) : new byte[levels.length];
        List<Swatch> colours = mark.stream().toList();
        BufferedImage picture = slice.painter().overlay(levels, marked, colours, style);
        return new Panel(title, slice.words(), slice.sides(), picture);
    }

    /** 1 where the second segmentation has another class than the first, which may lack some. */
    private byte[] marked(PlaneSlice slice) {
        List<byte[]> two = layers.values().stream().map(slice::of).toList();
        byte[] marked = new byte[two.get(0).length];
        for (int pixel = 0; pixel < marked.length; pixel++) {
            byte first = two.get(0)[pixel];
            // Below 0: nobody labelled it.
            marked[pixel] = (byte) (first >= 0 && first != two.get(1)[pixel] ? 1 : 0);
        }
        return marked;
    }
}
