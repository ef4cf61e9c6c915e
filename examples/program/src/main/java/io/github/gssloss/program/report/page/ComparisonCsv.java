/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.core.TumorRegion;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.compare.ArmComparison;
import io.github.gssloss.imaging.compare.ArmDifference;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.measure.Metric;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The differences of runs to the first one, as {@code comparison.csv} has them. */
final class ComparisonCsv {

    /** What stands for all subsets together. */
    static final String MEAN = "mean";

    /** What stands for all regions together. */
    static final String AVERAGE = "average";

    private static final List<String> KEYS = List.of("run", "metric", "subset", "region");

    private final Map<List<String>, Row> rows = new HashMap<>();
    private final Set<String> runs = new LinkedHashSet<>();

    /**
     * A difference.
     *
     * @param cases how many cases both runs were judged on
     * @param mean the run's mean
     * @param difference that mean less the first run's
     * @param interval low and high of the difference; empty for a single case
     */
    record Row(int cases, double mean, double difference, Optional<double[]> interval) {}

    private ComparisonCsv() {}

    /**
     * Reads the text of such a file.
     *
     * @param text the text
     * @param name names it in errors
     * @throws UserInputException if it does not hold differences; the message names the row
     */
    static ComparisonCsv parse(String text, String name) {
        ComparisonCsv read = new ComparisonCsv();
        CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
        try (CSVParser parser = format.parse(new StringReader(text))) {
            for (CSVRecord row : parser) {
                read.add(row, name);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new UserInputException(name + ": expected a file of differences", e);
        }
        return read;
    }

    /** Takes the differences of an experiment's arms; a seed with a case counts as a case. */
    static ComparisonCsv of(ArmComparison arms) {
        ComparisonCsv taken = new ComparisonCsv();
        for (ArmDifference one : arms.differences()) {
            taken.runs.add(one.arm());
            taken.rows.put(
                    List.of(
                            one.arm(),
                            one.metric().label(),
                            one.subset().map(ModalitySubset::label).orElse(MEAN),
                            one.region().map(TumorRegion::label).orElse(AVERAGE)),
                    new Row(
                            one.seeds() * one.cases(),
                            one.mean(),
                            one.difference(),
                            one.interval().map(ends -> new double[] {ends.low(), ends.high()})));
        }
        return taken;
    }

    /** The names of all runs but the first. */
    Set<String> runs() {
        return runs;
    }

    /** The difference of a run, if it has one. */
    Optional<Row> find(String run, Metric metric, String subset, String region) {
        return Optional.ofNullable(rows.get(List.of(run, metric.label(), subset, region)));
    }

    private void add(CSVRecord row, String name) {
        try {
            List<String> key = KEYS.stream().map(row::get).toList();
            Optional<double[]> interval =
                    row.get("low").isEmpty()
                            ? Optional.empty()
                            : Optional.of(new double[] {number(row, "low"), number(row, "high")});
            runs.add(row.get("run"));
            rows.put(
                    key,
                    new Row(
                            Integer.parseInt(row.get("cases")),
                            number(row, "mean"),
                            number(row, "difference"),
                            interval));
        } catch (IllegalArgumentException e) {
            throw new UserInputException(
                    "%s: row %d: expected a difference, got %s"
                            .formatted(name, row.getRecordNumber(), row.toList()),
                    e);
        }
    }

    private static double number(CSVRecord row, String column) {
        return Double.parseDouble(row.get(column));
    }
}
