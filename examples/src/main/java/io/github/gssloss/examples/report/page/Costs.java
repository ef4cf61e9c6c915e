/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.report.page;

import io.github.gssloss.djl.TumorRegion;
import io.github.gssloss.examples.data.Modality;
import io.github.gssloss.examples.evaluate.ModalitySubset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
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
    record Row(String name, List<Cell> cells) {}

    /** A subset with the words for it. */
    private record Named(String name, ModalitySubset subset) {}

    /** Compares with all four; no groups where these or all others were not judged. */
    static Costs of(Scores scores) {
        List<Named> without = judged(scores, Costs::without);
        List<Named> alone = judged(scores, Costs::alone);
        Change change =
                new Change(
                        Metric.DICE,
                        Stream.concat(without.stream(), alone.stream())
                                .flatMapToDouble(one -> changes(scores, one.subset())));
        return new Costs(
                Stream.of(without, alone)
                        .filter(group -> !group.isEmpty())
                        .map(group -> group(scores, group, change))
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

    private static List<Named> judged(Scores scores, Function<Modality, Named> named) {
        if (!scores.subsets().contains(ModalitySubset.ALL)) {
            return List.of();
        }
        return Arrays.stream(Modality.values())
                .map(named)
                .filter(one -> scores.subsets().contains(one.subset()))
                .toList();
    }

    private static Group group(Scores scores, List<Named> named, Change change) {
        return new Group(
                named.stream()
                        .map(
                                one ->
                                        new Row(
                                                one.name(),
                                                changes(scores, one.subset())
                                                        .mapToObj(change::cell)
                                                        .toList()))
                        .toList());
    }

    private static DoubleStream changes(Scores scores, ModalitySubset subset) {
        DoubleStream regions =
                Arrays.stream(TumorRegion.values())
                        .mapToDouble(
                                region ->
                                        scores.mean(Metric.DICE, subset, region)
                                                - scores.mean(
                                                        Metric.DICE, ModalitySubset.ALL, region));
        double average =
                scores.mean(Metric.DICE, subset) - scores.mean(Metric.DICE, ModalitySubset.ALL);
        return DoubleStream.concat(regions, DoubleStream.of(average));
    }
}
