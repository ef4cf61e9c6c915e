/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.check;

import io.github.gssloss.imaging.dataset.LabelSet;
import io.github.gssloss.program.tables.Table;
import java.util.List;
import java.util.stream.IntStream;

/** A row for each case, in no more than 120 columns. */
final class CheckTable {

    /** The longest name of a case that is shown whole. */
    private static final int LONGEST_NAME = 36;

    private static final String CUT = "...";

    private final List<Integer> labels;
    private final Table table;

    CheckTable(LabelSet labelSet, List<CheckedCase> cases) {
        labels = IntStream.range(1, labelSet.classes()).mapToObj(labelSet::fileLabel).toList();
        List<String> counted = labels.stream().map(label -> "label " + label).toList();
        table = new Table(2, "case", "modalities", "size", "spacing", "axes", counted, "remarks");
        cases.forEach(this::add);
    }

    private void add(CheckedCase one) {
        List<String> counts =
                labels.stream()
                        .map(
                                label ->
                                        one.labels().isEmpty()
                                                ? "-"
                                                : one.labels().getOrDefault(label, 0L).toString())
                        .toList();
        int remarks = one.faults().size() + one.odd().size();
        table.add(
                shortened(one.files().name()),
                modalities(one),
                one.grid().map(GridText::size).orElse("-"),
                one.grid().map(GridText::spacing).orElse("-"),
                one.grid().map(GridText::axes).orElse("-"),
                counts,
                remarks == 0 ? "" : remarks);
    }

    List<String> lines() {
        return table.lines();
    }

    private static String shortened(String name) {
        if (name.length() <= LONGEST_NAME) {
            return name;
        }
        int half = (LONGEST_NAME - CUT.length()) / 2;
        return name.substring(0, half) + CUT + name.substring(name.length() - half);
    }

    private static String modalities(CheckedCase one) {
        return one.files().hasAllImages() ? "all" : one.files().modalityText();
    }
}
