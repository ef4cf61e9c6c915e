/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.measure.Metric;
import io.github.gssloss.imaging.measure.ScoreTable;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What is lost where modalities are missing: the change of Dice against all four.
 *
 * @param groups without one modality each, then with one alone each, as far as these were judged
 */
record Costs(List<Group> groups) {

    /**
     * Rows that stand together.
     *
     * @param rows the rows
     */
    record Group(List<Row> rows) {}

    /**
     * A row.
     *
     * @param name for example {@code without t1ce}
     * @param cells whole, core, enhancing, average
     */
    record Row(String name, List<HeatCell> cells) {}

    /** A subset with the words for it. */
    private record Named(String name, ModalitySubset subset) {}

    /** Compares with all four; no groups where these or all others were not judged. */
    static Costs of(ScoreTable table) {
        List<Named> without = judged(table, Costs::without);
        List<Named> alone = judged(table, Costs::alone);
        Change change =
                new Change(
                        Metric.DICE,
                        Stream.concat(without.stream(), alone.stream())
                                .flatMapToDouble(one -> changes(table, one.subset())));
        return new Costs(
                Stream.of(without, alone)
                        .filter(group -> !group.isEmpty())
                        .map(group -> group(table, group, change))
                        .toList());
    }

    boolean isEmpty() {
        return groups.isEmpty();
    }

    private static Named without(Modality modality) {
        ModalitySubset rest = new ModalitySubset(EnumSet.complementOf(EnumSet.of(modality)));
        return new Named("without " + modality.label(), rest);
    }

    private static Named alone(Modality modality) {
        return new Named(modality.label() + " alone", ModalitySubset.of(modality));
    }

    private static List<Named> judged(ScoreTable table, Function<Modality, Named> named) {
        if (!table.subsets().contains(ModalitySubset.ALL)) {
            return List.of();
        }
        return Arrays.stream(Modality.values())
                .map(named)
                .filter(one -> table.subsets().contains(one.subset()))
                .toList();
    }

    private static Group group(ScoreTable table, List<Named> named, Change change) {
        return new Group(
                named.stream()
                        .map(
                                one ->
                                        new Row(
                                                one.name(),
                                                changes(table, one.subset())
                                                        .mapToObj(change::cell)
                                                        .toList()))
                        .toList());
    }

    private static DoubleStream changes(ScoreTable table, ModalitySubset subset) {
        double[] all = HeatMap.means(table, Metric.DICE, ModalitySubset.ALL).toArray();
        double[] some = HeatMap.means(table, Metric.DICE, subset).toArray();
        return IntStream.range(0, all.length).mapToDouble(i -> some[i] - all[i]);
    }
}
