/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.measure.Metric;
import io.github.gssloss.imaging.measure.ScoreTable;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What is lost where modalities are missing: the change of Dice against all four.
 *
 * @param groups without one modality each, then with one alone each, as far as these were evaluated
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
    record Row(String name, List<Shade.Cell> cells) {}

    /** Compares with all four; no groups where these or all others were not evaluated. */
    static Costs of(ScoreTable table) {
        Map<String, List<Double>> without = new LinkedHashMap<>();
        Map<String, List<Double>> alone = new LinkedHashMap<>();
        for (Modality modality : Modality.values()) {
            ModalitySubset rest = new ModalitySubset(EnumSet.complementOf(EnumSet.of(modality)));
            changes(table, rest).ifPresent(row -> without.put("without " + modality.label(), row));
            changes(table, ModalitySubset.of(modality))
                    .ifPresent(row -> alone.put(modality.label() + " alone", row));
        }
        Shade shade =
                Shade.ofDifferences(
                        Metric.DICE,
                        Stream.of(without, alone)
                                .flatMap(rows -> rows.values().stream())
                                .flatMap(List::stream)
                                .mapToDouble(Double::doubleValue));
        return new Costs(
                Stream.of(without, alone)
                        .filter(rows -> !rows.isEmpty())
                        .map(rows -> group(rows, shade))
                        .toList());
    }

    boolean isEmpty() {
        return groups.isEmpty();
    }

    private static Optional<List<Double>> changes(ScoreTable table, ModalitySubset subset) {
        if (!table.subsets().containsAll(List.of(ModalitySubset.ALL, subset))) {
            return Optional.empty();
        }
        double[] all = HeatMap.means(table, Metric.DICE, Optional.of(ModalitySubset.ALL)).toArray();
        double[] some = HeatMap.means(table, Metric.DICE, Optional.of(subset)).toArray();
        return Optional.of(IntStream.range(0, all.length).mapToObj(i -> some[i] - all[i]).toList());
    }

    private static Group group(Map<String, List<Double>> rows, Shade shade) {
        return new Group(
                rows.entrySet().stream()
                        .map(
                                row ->
                                        new Row(
                                                row.getKey(),
                                                row.getValue().stream().map(shade::cell).toList()))
                        .toList());
    }
}
