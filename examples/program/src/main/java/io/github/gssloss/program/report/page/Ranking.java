/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.imaging.compare.Comparison;
import io.github.gssloss.imaging.dataset.Region;
import io.github.gssloss.imaging.measure.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The cases from the lowest to the highest Dice, the mean of each over its subsets and regions;
 * equal ones by name.
 *
 * @param all every case
 * @param worst those with the lowest Dice, the lowest first; of a single case, that one
 * @param best those with the highest Dice, the highest first; none of them among the worst
 */
record Ranking(List<Ranked> all, List<Ranked> worst, List<Ranked> best) {

    /** So many of the worst and of the best are shown with their pictures. */
    static final int SHOWN = 3;

    /**
     * A case.
     *
     * @param rank its place from the lowest Dice, from 1
     * @param name the case
     * @param regions the names of the regions
     * @param cells its Dice of the regions over the subsets, and their average
     * @param withAll its Dice with all modalities over the regions
     * @param weakest the subset with its lowest Dice, and that; empty where there is but one
     * @param picture its slices with truth and predictions
     * @param planes its regions in three planes
     */
    record Ranked(
            int rank,
            String name,
            List<String> regions,
            List<Shade.Cell> cells,
            String withAll,
            Optional<String> weakest,
            Optional<String> picture,
            Optional<String> planes) {

        String average() {
            return cells.get(cells.size() - 1).text();
        }

        /** The Dice of the regions in words. */
        String regionWords() {
            return IntStream.range(0, regions.size())
                    .mapToObj(i -> regions.get(i) + " " + cells.get(i).text())
                    .collect(Collectors.joining(", "));
        }

        private Ranked shown(Pictures pictures) {
            return new Ranked(
                    rank,
                    name,
                    regions,
                    cells,
                    withAll,
                    weakest,
                    pictures.slices().apply(name),
                    pictures.planes().apply(name));
        }
    }

    /**
     * Where the pictures of a case are found, by its name.
     *
     * @param slices the modalities, the truth and the predictions in a slice
     * @param planes the regions in three planes
     */
    record Pictures(
            Function<String, Optional<String>> slices, Function<String, Optional<String>> planes) {}

    /**
     * Ranks the cases.
     *
     * @param scores the scores
     * @param pictures the pictures of a case, if there are any
     */
    static Ranking of(Scores scores, Pictures pictures) {
        List<String> names =
                scores.cases().stream()
                        .sorted(
                                Comparator.comparingDouble(
                                                (String name) -> scores.dice(name, row -> true))
                                        .thenComparing(Comparator.naturalOrder()))
                        .toList();
        Shade shade =
                Shade.ofNumbers(
                        Metric.DICE, names.stream().flatMapToDouble(name -> dice(scores, name)));
        List<Ranked> all = new ArrayList<>();
        for (String name : names) {
            all.add(
                    new Ranked(
                            all.size() + 1,
                            name,
                            scores.table().regions().stream().map(Region::label).toList(),
                            dice(scores, name).mapToObj(shade::cell).toList(),
                            MetricText.dice(scores.dice(name, row -> row.subset().hasAll())),
                            SubsetText.weakest(
                                    scores.subsets(),
                                    subset ->
                                            scores.dice(name, row -> row.subset().equals(subset))),
                            Optional.empty(),
                            Optional.empty()));
        }
        int few = Math.min(SHOWN, all.size() / 2);
        return new Ranking(
                all,
                IntStream.range(0, Math.max(few, 1))
                        .mapToObj(i -> all.get(i).shown(pictures))
                        .toList(),
                IntStream.range(0, few)
                        .mapToObj(i -> all.get(all.size() - 1 - i).shown(pictures))
                        .toList());
    }

    /** The regions and the average of a case. */
    private static DoubleStream dice(Scores scores, String name) {
        return Comparison.withAverage(scores.table().regions()).stream()
                .mapToDouble(
                        one ->
                                scores.dice(
                                        name, row -> one.map(row.region()::equals).orElse(true)));
    }

    boolean hasBest() {
        return !best.isEmpty();
    }
}
