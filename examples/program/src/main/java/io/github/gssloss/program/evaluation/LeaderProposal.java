/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.evaluation;

import io.github.gssloss.files.Counted;
import io.github.gssloss.imaging.compare.Bootstrap;
import io.github.gssloss.imaging.compare.Interval;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.program.tables.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which modalities should lead which class, as far as the branches of a trained network show it:
 * those whose mean Dice is at most a margin below the best. How certain that is the interval of the
 * difference between the best and the best of the others says.
 *
 * @param description the classes and modalities
 * @param scores the Dice of each branch, class and case
 * @param margin how far below the best a leader may be, as a share: 0.05 are 5 points
 */
public record LeaderProposal(DataDescription description, BranchScores scores, double margin) {

    /** A class that no branch finds better than this is seen by none. */
    public static final double SEEN = 0.1;

    /** A branch for one class; NaN where no case counts. */
    private record Branch(Modality modality, double mean, Optional<Interval> interval) {}

    private Branch branch(Modality modality, int classIndex) {
        List<double[]> rows = scores.of(classIndex, modality.index());
        double mean = rows.stream().mapToDouble(row -> row[0]).average().orElse(Double.NaN);
        Optional<Interval> interval =
                rows.isEmpty()
                        ? Optional.empty()
                        : Bootstrap.ofMean(
                                new double[][] {
                                    rows.stream().mapToDouble(row -> row[0]).toArray()
                                });
        return new Branch(modality, mean, interval);
    }

    private List<Branch> branches(int classIndex) {
        return description.modalities().stream().map(one -> branch(one, classIndex)).toList();
    }

    /**
     * Returns the leaders of a class.
     *
     * @param classIndex the class
     * @return at least one, the best first; all modalities where no case counts
     */
    public List<Modality> leaders(int classIndex) {
        List<Branch> known = ranked(classIndex);
        return known.isEmpty()
                ? description.modalities()
                : known.stream()
                        .filter(one -> one.mean() >= known.get(0).mean() - margin)
                        .map(Branch::modality)
                        .toList();
    }

    /** The branches that count, the best first. */
    private List<Branch> ranked(int classIndex) {
        return branches(classIndex).stream()
                .filter(one -> !Double.isNaN(one.mean()))
                .sorted(Comparator.comparingDouble(one -> -one.mean()))
                .toList();
    }

    /**
     * Says how certain the leaders of a class are.
     *
     * @param classIndex the class
     * @return one sentence without its end
     */
    public String certainty(int classIndex) {
        List<Branch> known = ranked(classIndex);
        if (known.isEmpty()) {
            return "in no case: all modalities stand for its leaders";
        }
        Branch best = known.get(0);
        if (best.mean() < SEEN) {
            return "no modality sees it: the best, %s, has %s"
                    .formatted(best.modality(), points(best.mean()));
        }
        List<Modality> leaders = leaders(classIndex);
        Optional<Branch> other =
                known.stream().filter(one -> !leaders.contains(one.modality())).findFirst();
        if (other.isEmpty()) {
            return "all are within the margin";
        }
        int[] pair = {best.modality().index(), other.get().modality().index()};
        double[] differences =
                scores.of(classIndex, pair).stream().mapToDouble(row -> row[0] - row[1]).toArray();
        if (differences.length < 2) {
            return "%s both %s and %s: not certain"
                    .formatted(
                            Counted.of(differences.length, "case has", "cases have"),
                            best.modality(),
                            other.get().modality());
        }
        Interval ends = Bootstrap.ofMean(new double[][] {differences}).orElseThrow();
        double mean = Arrays.stream(differences).average().orElseThrow();
        return "%s is %s above %s [%s, %s]: %s"
                .formatted(
                        best.modality(),
                        points(mean),
                        other.get().modality(),
                        points(ends.low()),
                        points(ends.high()),
                        ends.low() > 0 ? "certain" : "not certain");
    }

    /**
     * Returns the Dice of each branch and class with the leaders.
     *
     * @return lines of an aligned table
     */
    public List<String> table() {
        Table table =
                new Table(
                        1,
                        "class",
                        description.modalities().stream().map(Modality::label).toList(),
                        "cases",
                        "leaders");
        List<String> names = description.labels().classNames();
        for (int c = 0; c < names.size(); c++) {
            int classIndex = c;
            long most =
                    description.modalities().stream()
                            .mapToInt(one -> scores.of(classIndex, one.index()).size())
                            .max()
                            .orElse(0);
            table.add(
                    names.get(c),
                    branches(c).stream().map(LeaderProposal::text).toList(),
                    most,
                    text(leaders(c)));
        }
        return table.lines();
    }

    /**
     * Returns how certain each class's leaders are.
     *
     * @return a line for each class
     */
    public List<String> certainties() {
        List<String> names = description.labels().classNames();
        List<String> lines = new ArrayList<>();
        for (int c = 0; c < names.size(); c++) {
            lines.add(names.get(c) + ": " + certainty(c));
        }
        return lines;
    }

    /**
     * Returns the groups as the setting {@code loss.groups} takes them.
     *
     * @return for example {@code background: C0; scar: LGE}
     */
    public String groups() {
        List<String> names = description.labels().classNames();
        return IntStream.range(0, names.size())
                .mapToObj(c -> names.get(c) + ": " + text(leaders(c)))
                .collect(Collectors.joining("; "));
    }

    private static String text(List<Modality> leaders) {
        return leaders.stream().sorted().map(Modality::label).collect(Collectors.joining(", "));
    }

    private static String text(Branch branch) {
        if (Double.isNaN(branch.mean())) {
            return "-";
        }
        return points(branch.mean())
                + branch.interval()
                        .map(i -> " [%s, %s]".formatted(points(i.low()), points(i.high())))
                        .orElse("");
    }

    private static String points(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share);
    }
}
