/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.core.TumorRegion;
import io.github.gssloss.imaging.measure.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * The cases from the lowest to the highest Dice, the mean of each over its subsets and regions;
 * equal ones by name.
 *
 * @param all every case
 * @param worst those with the lowest Dice, the lowest first; of a single case, that one
 * @param best those with the highest Dice, the highest first; none of them among the worst
 */
record Ranking(List<CaseView> all, List<CaseView> worst, List<CaseView> best) {

    /** So many of the worst and of the best are shown with their pictures. */
    static final int SHOWN = 3;

    /**
     * Ranks the cases.
     *
     * @param scores the scores
     * @param picture the picture of a case, if there is one
     */
    static Ranking of(Scores scores, Function<String, Optional<String>> picture) {
        List<String> names =
                scores.cases().stream()
                        .sorted(
                                Comparator.comparingDouble((String name) -> scores.dice(name))
                                        .thenComparing(Comparator.naturalOrder()))
                        .toList();
        Shade shade =
                new Shade(Metric.DICE, names.stream().flatMapToDouble(name -> dice(scores, name)));
        List<CaseView> all = new ArrayList<>();
        for (String name : names) {
            all.add(CaseView.of(scores, name, all.size() + 1, shade));
        }
        int few = Math.min(SHOWN, all.size() / 2);
        List<CaseView> worst = new ArrayList<>();
        List<CaseView> best = new ArrayList<>();
        for (int i = 0; i < Math.max(few, 1); i++) {
            worst.add(shown(all.get(i), picture, i == 0));
        }
        for (int i = 0; i < few; i++) {
            best.add(shown(all.get(all.size() - 1 - i), picture, i == 0));
        }
        return new Ranking(all, worst, best);
    }

    private static DoubleStream dice(Scores scores, String name) {
        return DoubleStream.concat(
                DoubleStream.of(scores.dice(name)),
                Stream.of(TumorRegion.values()).mapToDouble(region -> scores.dice(name, region)));
    }

    String words() {
        String order =
                hasBest() ? "Ranked by the mean Dice of a case over its regions and subsets. " : "";
        return order
                + "Slices with truth and predictions: select a picture to see it in full size.";
    }

    String heading() {
        return hasBest() ? "Worst and best cases" : "The case";
    }

    boolean hasBest() {
        return !best.isEmpty();
    }

    private static CaseView shown(
            CaseView one, Function<String, Optional<String>> picture, boolean open) {
        return one.with(picture.apply(one.name()), open);
    }
}
