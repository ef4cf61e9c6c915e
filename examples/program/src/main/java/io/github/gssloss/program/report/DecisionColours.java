/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report;

import io.github.gssloss.core.Decision;
import java.awt.Color;
import java.util.Locale;

/**
 * How decisions are shown: of the colours of Okabe and Ito those three that readers with any colour
 * vision deficiency can tell apart best, and grey where nobody was sure, so that the rules stand
 * out which say more.
 */
final class DecisionColours {

    /** The colour of voxels whose votes sum to nothing. */
    static final Color UNDECIDED = Color.BLACK;

    private DecisionColours() {}

    static Color of(Decision decision) {
        return switch (decision) {
            case NO_MODALITY -> new Color(40, 44, 52);
            case ALL_LEADERS -> new Color(86, 180, 233);
            case SOME_LEADERS -> new Color(240, 228, 66);
            case MEMBERS -> new Color(213, 94, 0);
            case MINIMUM -> new Color(92, 98, 108);
        };
    }

    /** A name short enough to stand in a row of four: all, some, members, minimum. */
    static String shortName(Decision decision) {
        return decision.name().replace("_LEADERS", "").toLowerCase(Locale.ROOT);
    }
}
