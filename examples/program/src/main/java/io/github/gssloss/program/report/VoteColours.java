/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report;

import io.github.gssloss.core.Decision;
import java.awt.Color;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The colours of votes in a slice, pixel by pixel, and what they mean. */
final class VoteColours {

    private final SliceVotes votes;
    private final AxialSlice slice;
    private final DoubleSummaryStatistics targets;

    VoteColours(SliceVotes votes, AxialSlice slice) {
        this.votes = votes;
        this.slice = slice;
        this.targets = votes.targets(IntStream.range(0, votes.classes()));
    }

    /** The colour of the rule that decided. */
    Color decision(int classIndex, int pixel) {
        int voxel = slice.inPlane(pixel);
        return votes.isDecided(voxel)
                ? DecisionColours.of(votes.decision(classIndex, voxel))
                : DecisionColours.UNDECIDED;
    }

    /** The heat of the soft target, between the ends of all classes together. */
    Color target(int classIndex, int pixel) {
        int voxel = slice.inPlane(pixel);
        double width = Math.max(targets.getMax() - targets.getMin(), Float.MIN_NORMAL);
        return HeatColours.of((votes.target(classIndex, voxel) - targets.getMin()) / width);
    }

    /** The rules, those that never apply to four branches left out unless they do, and the heat. */
    List<Swatch> legend() {
        List<Swatch> legend = new ArrayList<>();
        for (Decision decision : Decision.values()) {
            if (decision != Decision.NO_MODALITY || isThere(decision)) {
                legend.add(new Swatch(decision.name(), DecisionColours.of(decision)));
            }
        }
        if (!voxels().allMatch(votes::isDecided)) {
            legend.add(new Swatch("undecided", DecisionColours.UNDECIDED));
        }
        legend.add(new Swatch(number(targets.getMin()), HeatColours.of(0)));
        legend.add(new Swatch(number(targets.getMax()), HeatColours.of(1)));
        return legend;
    }

    private boolean isThere(Decision decision) {
        return voxels().anyMatch(
                        voxel ->
                                IntStream.range(0, votes.classes())
                                        .anyMatch(c -> votes.decision(c, voxel) == decision));
    }

    private IntStream voxels() {
        return IntStream.range(0, votes.voxels());
    }

    private static String number(double target) {
        return String.format(Locale.ROOT, "target %.3f", target);
    }
}
