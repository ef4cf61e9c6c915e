/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report;

import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The colours of a chart. Those of the lines can be told apart with a colour vision deficiency
 * (after Okabe and Ito).
 *
 * @param ground the background
 * @param text the foreground
 * @param quiet of numbers along an axis
 * @param grid of grid lines
 * @param fill of areas
 * @param edge around areas
 * @param lines of lines, in their order; more lines begin anew
 */
public record ChartColours(
        Color ground,
        Color text,
        Color quiet,
        Color grid,
        Color fill,
        Color edge,
        List<Color> lines) {

    /** For paper and light pages. */
    public static final ChartColours LIGHT =
            of(
                    "#ffffff #15191f #56606d #d9dfe6 #7db3e8 #0b5cad"
                            + " #2b2f36 #0072b2 #c24e00 #00805c #a8487d #8a6500 #3f7fb5");

    /** For dark pages. */
    public static final ChartColours DARK =
            of(
                    "#181c22 #e8ebef #a2abb7 #313842 #1f6299 #7cb8f2"
                            + " #e8ebef #56b4e9 #f08a4b #3ecfa0 #e08fbb #e6b422 #9cc7ec");

    /**
     * Keeps a copy of the list.
     *
     * @param ground the background
     * @param text the foreground
     * @param quiet of numbers along an axis
     * @param grid of grid lines
     * @param fill of areas
     * @param edge around areas
     * @param lines of lines, in their order
     */
    public ChartColours {
        lines = List.copyOf(lines);
    }

    /**
     * Returns the colour of a line.
     *
     * @param place its place among the lines, from 0
     * @return the colour
     */
    public Color line(int place) {
        return lines.get(place % lines.size());
    }

    /**
     * Makes a colour translucent.
     *
     * @param colour the colour
     * @return the same that covers less than half of what lies below it
     */
    public static Color faint(Color colour) {
        return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 110);
    }

    /**
     * Mixes two colours.
     *
     * @param from the first colour
     * @param to the second colour
     * @param share how much of the second one, from 0 to 1
     * @return the colour between them
     */
    static Color blend(Color from, Color to, double share) {
        float[] a = from.getRGBColorComponents(null);
        float[] b = to.getRGBColorComponents(null);
        int[] mixed = new int[3];
        Arrays.setAll(mixed, i -> (int) Math.round(255 * (a[i] + share * (b[i] - a[i]))));
        return new Color(mixed[0], mixed[1], mixed[2]);
    }

    /** The six colours first, then the lines. */
    private static ChartColours of(String codes) {
        List<Color> all = Stream.of(codes.split(" ")).map(Color::decode).toList();
        List<Color> lines = all.subList(6, all.size());
        return new ChartColours(
                all.get(0), all.get(1), all.get(2), all.get(3), all.get(4), all.get(5), lines);
    }
}
