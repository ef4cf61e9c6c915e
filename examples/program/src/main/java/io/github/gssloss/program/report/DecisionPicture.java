/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report;

import io.github.gssloss.core.ClassGroups;
import io.github.gssloss.core.Decision;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.dataset.LabelSet;
import io.github.gssloss.imaging.measure.EvaluationCase;
import io.github.gssloss.program.report.PanelSheet.Panel;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A picture of what the branches' vote came to in one axial slice of a case: a column for each
 * class; below each other the rule that decided, the soft target from the smallest to the largest
 * value of the slice, and the truth over the first modality. The outline of the truth lies over
 * rules and targets. Under the rules stands how often each decided on the voxels that truly are of
 * the class.
 *
 * @param shown the case
 * @param description names the classes
 * @param groups the leaders of each class
 */
public record DecisionPicture(
        EvaluationCase shown, DataDescription description, ClassGroups groups) {

    private static final int LONGER_SIDE = 320;

    /**
     * Prepares the picture of a case.
     *
     * @param shown the case
     * @param description names the classes
     * @param groups the leaders of each class
     * @throws IllegalArgumentException if there are leaders of more or fewer classes
     */
    public DecisionPicture {
        int classes = description.labels().classes();
        if (groups.numClasses() != classes) {
            throw new IllegalArgumentException(
                    "groups: expected leaders of %d classes as %s has, got %d"
                            .formatted(classes, description.name(), groups.numClasses()));
        }
    }

    /**
     * Returns the slice that is worth showing.
     *
     * @param shape the volume's extent along x, y and z
     * @param labels the true class of each voxel, z running fastest
     * @return z of the slice with the most foreground, the middle one where there is none
     */
    public static int slice(int[] shape, byte[] labels) {
        return AxialSlice.withMostForeground(shape, labels).z();
    }

    /**
     * Draws the picture.
     *
     * @param votes the votes in a slice of the case
     * @return the picture
     * @throws IllegalArgumentException if the votes have other classes or another extent
     */
    public BufferedImage render(SliceVotes votes) {
        LabelSet labelSet = description.labels();
        AxialSlice slice = new AxialSlice(shown.shape(), votes.z());
        int extent = slice.width() * slice.height();
        if (votes.classes() != labelSet.classes() || votes.voxels() != extent) {
            throw new IllegalArgumentException(
                    "votes: expected %d classes of %d voxels, got %d of %d"
                            .formatted(
                                    labelSet.classes(), extent, votes.classes(), votes.voxels()));
        }
        byte[] truth = slice.classes(shown.labels());
        int[] ground = GreyLevels.of(slice.image(shown.images(), 0));
        SlicePainter painter = new SlicePainter(slice.width(), slice.height(), LONGER_SIDE);
        List<Swatch> tissues = Swatch.ofClasses(description);
        VoteColours colours = new VoteColours(votes, slice);
        String sides = PanelSheet.sides(shown.orientation());
        List<Panel> decisions = new ArrayList<>();
        List<Panel> targets = new ArrayList<>();
        List<Panel> truths = new ArrayList<>();
        for (int c = 0; c < labelSet.classes(); c++) {
            int classIndex = c;
            BufferedImage rules = painter.colours(pixel -> colours.decision(classIndex, pixel));
            BufferedImage heat = painter.colours(pixel -> colours.target(classIndex, pixel));
            painter.outline(rules, truth, c);
            painter.outline(heat, truth, c);
            int[] voxels = voxels(truth, c, slice);
            String name = labelSet.classNames().get(c);
            decisions.add(
                    new Panel(name + ": " + leaders(c), shares(votes, c, voxels), sides, rules));
            targets.add(new Panel("soft target of " + name, extent(votes, c), sides, heat));
            truths.add(
                    new Panel(
                            "truth of " + name,
                            voxels.length + (c == 0 ? " voxels, uncoloured" : " voxels"),
                            sides,
                            painter.overlay(ground, shown(truth, c), tissues, PictureStyle.FILLS)));
        }
        String where =
                ("%s %d of %d; outlined: the truth; per cent: how often each"
                                + " rule decided in it")
                        .formatted(AxialSlice.word(description), votes.z() + 1, shown.shape()[2]);
        List<List<Panel>> rows = List.of(decisions, targets, truths);
        return new PanelSheet(shown.name(), where, colours.legend(), rows).render();
    }

    /**
     * Writes the picture as PNG.
     *
     * @param votes the votes in a slice of the case
     * @param file the file to write or replace
     * @throws UserInputException if it cannot be written
     * @throws IllegalArgumentException as {@link #render} does
     */
    public void write(SliceVotes votes, Path file) {
        PngFile.write(render(votes), file);
    }

    /** The voxels of a class alone; for the background those of all others. */
    private static byte[] shown(byte[] truth, int classIndex) {
        byte[] shown = new byte[truth.length];
        for (int pixel = 0; pixel < truth.length; pixel++) {
            boolean kept = classIndex == 0 || truth[pixel] == classIndex;
            shown[pixel] = kept ? truth[pixel] : 0;
        }
        return shown;
    }

    /** The places of a class in the plane of the votes. */
    private static int[] voxels(byte[] truth, int classIndex, AxialSlice slice) {
        return IntStream.range(0, truth.length)
                .filter(pixel -> truth[pixel] == classIndex)
                .map(slice::inPlane)
                .toArray();
    }

    private String leaders(int classIndex) {
        List<Integer> leaders = groups.groups().get(classIndex).leaders();
        return leaders.stream().map(groups.modalities()::get).collect(Collectors.joining(", "))
                + (leaders.size() == 1 ? " leads" : " lead");
    }

    /** How often each rule decided on some voxels. */
    static String shares(SliceVotes votes, int classIndex, int[] voxels) {
        List<String> shares = new ArrayList<>();
        for (Decision decision : Decision.values()) {
            IntPredicate isDecided = voxel -> votes.decision(classIndex, voxel) == decision;
            long decided = Arrays.stream(voxels).filter(isDecided).count();
            long percent = Math.round(100.0 * decided / Math.max(1, voxels.length));
            if (percent > 0) {
                // A name short enough to stand in a row of four: all, some, members, minimum.
                String name = decision.name().replace("_LEADERS", "").toLowerCase(Locale.ROOT);
                shares.add(name + " " + percent + " %");
            }
        }
        return shares.isEmpty() ? "not in this slice" : String.join(", ", shares);
    }

    private static String extent(SliceVotes votes, int classIndex) {
        DoubleSummaryStatistics targets = votes.targets(IntStream.of(classIndex));
        return String.format(Locale.ROOT, "%.3f to %.3f", targets.getMin(), targets.getMax());
    }
}
