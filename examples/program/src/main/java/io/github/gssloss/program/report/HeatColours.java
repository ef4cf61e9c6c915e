/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report;

import java.awt.Color;
import java.util.List;

/**
 * Colours of growing numbers, from dark blue over grey to yellow: as their lightness grows with the
 * number, readers with any colour vision see the same order.
 */
final class HeatColours {

    private static final List<Color> STOPS =
            List.of(
                    new Color(0, 32, 77),
                    new Color(65, 77, 107),
                    new Color(124, 123, 120),
                    new Color(188, 175, 111),
                    new Color(255, 234, 70));

    private HeatColours() {}

    /**
     * Returns the colour of a number.
     *
     * @param share where it lies between the smallest, 0, and the largest, 1
     * @return the colour; that of the nearer end where the share lies outside
     */
    static Color of(double share) {
        double place = Math.max(0, Math.min(1, share)) * (STOPS.size() - 1);
        int below = Math.min((int) place, STOPS.size() - 2);
        Color low = STOPS.get(below);
        Color high = STOPS.get(below + 1);
        double part = place - below;
        return new Color(
                between(low.getRed(), high.getRed(), part),
                between(low.getGreen(), high.getGreen(), part),
                between(low.getBlue(), high.getBlue(), part));
    }

    private static int between(int low, int high, double part) {
        return (int) Math.round(low + part * (high - low));
    }
}
