/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.compare;

import io.github.gssloss.imaging.measure.MeasureSettings;
import io.github.gssloss.imaging.measure.Metric;
import io.github.gssloss.imaging.measure.ScoreTable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The metrics that several tables have, by one definition or by several. */
final class CommonMetrics {

    private final List<ScoreTable> tables;

    CommonMetrics(List<ScoreTable> tables) {
        this.tables = tables;
    }

    /** Those of one definition. */
    List<Metric> alike() {
        return common().filter(metric -> titles(metric).size() == 1).toList();
    }

    /** The headings of those of several definitions. */
    List<String> different() {
        return common().map(this::titles)
                .filter(titles -> titles.size() > 1)
                .map(titles -> String.join(" and ", titles))
                .toList();
    }

    /** How the numbers of the metrics of one definition were measured. */
    MeasureSettings settings() {
        return tables.get(0).settings();
    }

    private Stream<Metric> common() {
        return Arrays.stream(Metric.values())
                .filter(metric -> tables.stream().allMatch(one -> one.metrics().contains(metric)));
    }

    private List<String> titles(Metric metric) {
        return tables.stream().map(one -> one.settings().title(metric)).distinct().toList();
    }
}
