/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.tables;

import io.github.gssloss.core.TumorRegion;
import io.github.gssloss.imaging.compare.ArmComparison;
import io.github.gssloss.imaging.compare.Interval;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.measure.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** What tables of differences to a first run, or arm, have in common. */
final class DifferenceText {

    static final String AVERAGE = "average";

    private DifferenceText() {}

    static String label(Optional<TumorRegion> region) {
        return region.map(TumorRegion::label).orElse(AVERAGE);
    }

    /** The first columns, then the regions and their average. */
    static List<String> header(String... corner) {
        List<String> header = new ArrayList<>(List.of(corner));
        ArmComparison.regions().forEach(region -> header.add(label(region)));
        return header;
    }

    /** A difference with its sign, and its interval where it has one. */
    static String withInterval(Metric metric, double difference, Optional<Interval> interval) {
        String text = metric.text(difference);
        String ends =
                interval.map(
                                i ->
                                        " [%s, %s]"
                                                .formatted(
                                                        metric.text(i.low()),
                                                        metric.text(i.high())))
                        .orElse("");
        return (text.startsWith("-") ? "" : "+") + text + ends;
    }

    /**
     * A row for each subset: the first one, then each other one with its difference to the first.
     *
     * @param names the names, the first one first
     * @param subsets the subsets
     * @param mean the mean of a name with a subset, in words
     * @param change its difference, in words
     */
    static MarkdownTable subsets(
            List<String> names,
            List<ModalitySubset> subsets,
            BiFunction<String, ModalitySubset, String> mean,
            BiFunction<String, ModalitySubset, String> change) {
        String first = names.get(0);
        List<String> others = names.subList(1, names.size());
        List<String> header = new ArrayList<>();
        Stream.of(Modality.values()).map(Modality::label).forEach(header::add);
        header.add(first);
        others.forEach(other -> header.addAll(List.of(other, other + " - " + first)));
        MarkdownTable table = new MarkdownTable(Modality.values().length, header);
        for (ModalitySubset subset : subsets) {
            List<String> row = new ArrayList<>();
            for (Modality modality : Modality.values()) {
                row.add(ScoreTableFormat.circle(subset.contains(modality)));
            }
            row.add(mean.apply(first, subset));
            for (String other : others) {
                row.add(mean.apply(other, subset));
                row.add(change.apply(other, subset));
            }
            table.add(row);
        }
        return table;
    }
}
