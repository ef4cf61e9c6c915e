/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report;

import io.github.gssloss.core.Decision;
import java.awt.Color;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The colours of votes in a slice, pixel by pixel, and what they mean. Of the colours of Okabe and
 * Ito the rules have those three that readers with any colour vision deficiency can tell apart
 * best, and grey where nobody was sure, so that the rules stand out which say more. The heat of
 * growing numbers goes from dark blue over grey to yellow: as the lightness grows with the number,
 * readers with any colour vision see the same order.
 */
final class VoteColours {

    /** The colour of voxels whose votes sum to nothing. */
    static final Color UNDECIDED = Color.BLACK;

    private static final List<Color> HEAT =
            List.of(
                    new Color(0, 32, 77),
                    new Color(65, 77, 107),
                    new Color(124, 123, 120),
                    new Color(188, 175, 111),
                    new Color(255, 234, 70));

    private final SliceVotes votes;
    private final AxialSlice slice;
    private final DoubleSummaryStatistics targets;

    VoteColours(SliceVotes votes, AxialSlice slice) {
        this.votes = votes;
        this.slice = slice;
        this.targets = votes.targets(IntStream.range(0, votes.classes()));
    }

    static Color of(Decision decision) {
        return switch (decision) {
            case NO_MODALITY -> new Color(40, 44, 52);
            case ALL_LEADERS -> new Color(86, 180, 233);
            case SOME_LEADERS -> new Color(240, 228, 66);
            case MEMBERS -> new Color(213, 94, 0);
            case MINIMUM -> new Color(92, 98, 108);
        };
    }

    /**
     * Returns the colour of a number.
     *
     * @param share where it lies between the smallest, 0, and the largest, 1
     * @return the colour; that of the nearer end where the share lies outside
     */
    static Color heat(double share) {
        double place = Math.max(0, Math.min(1, share)) * (HEAT.size() - 1);
        int below = Math.min((int) place, HEAT.size() - 2);
        return ChartColours.blend(HEAT.get(below), HEAT.get(below + 1), place - below);
    }

    /** The colour of the rule that decided. */
    Color decision(int classIndex, int pixel) {
        int voxel = slice.inPlane(pixel);
        return votes.isDecided(voxel) ? of(votes.decision(classIndex, voxel)) : UNDECIDED;
    }

    /** The heat of the soft target, between the ends of all classes together. */
    Color target(int classIndex, int pixel) {
        int voxel = slice.inPlane(pixel);
        double width = Math.max(targets.getMax() - targets.getMin(), Float.MIN_NORMAL);
        return heat((votes.target(classIndex, voxel) - targets.getMin()) / width);
    }

    /** The rules, those that never apply to four branches left out unless they do, and the heat. */
    List<Swatch> legend() {
        List<Swatch> legend = new ArrayList<>();
        Stream.of(Decision.values())
                .filter(decision -> decision != Decision.NO_MODALITY || votes.contains(decision))
                .forEach(decision -> legend.add(new Swatch(decision.name(), of(decision))));
        if (!IntStream.range(0, votes.voxels()).allMatch(votes::isDecided)) {
            legend.add(new Swatch("undecided", UNDECIDED));
        }
        legend.add(new Swatch(number(targets.getMin()), heat(0)));
        legend.add(new Swatch(number(targets.getMax()), heat(1)));
        return legend;
    }

    private static String number(double target) {
        return String.format(Locale.ROOT, "target %.3f", target);
    }
}
