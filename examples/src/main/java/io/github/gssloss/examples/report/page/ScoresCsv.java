/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.report.page;

import io.github.gssloss.djl.TumorRegion;
import io.github.gssloss.examples.UserInputException;
import io.github.gssloss.examples.evaluate.ModalitySubset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads the {@code scores.csv} of an evaluation and refuses what is not one, line by line. */
final class ScoresCsv {

    /** The columns, in their order. */
    static final List<String> HEADER =
            Stream.concat(
                            Stream.of("case", "subset", "region"),
                            Stream.of(Metric.values()).map(Metric::column))
                    .toList();

    private static final Map<String, TumorRegion> REGIONS =
            Stream.of(TumorRegion.values())
                    .collect(Collectors.toMap(TumorRegion::label, region -> region));

    private final Path file;
    private final Map<String, ModalitySubset> subsets = new HashMap<>();

    /** For each case and subset the regions that were read. */
    private final Map<String, Set<TumorRegion>> regions = new LinkedHashMap<>();

    private ScoresCsv(Path file) {
        this.file = file;
    }

    /**
     * Reads a file.
     *
     * @param file a file of the columns {@link #HEADER}
     * @return its rows
     * @throws UserInputException if it cannot be read, lacks a column, row or value, or holds
     *     something else than scores; the message names the line
     */
    static Scores read(Path file) {
        return new ScoresCsv(file).read();
    }

    private Scores read() {
        if (!Files.isRegularFile(file)) {
            throw new UserInputException(
                    file + ": expected the scores of an evaluation, found no such file");
        }
        List<Score> rows = new ArrayList<>();
        try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, CSVFormat.DEFAULT)) {
            for (CSVRecord line : parser) {
                if (parser.getRecordNumber() == 1) {
                    checkHeader(line);
                } else {
                    rows.add(row(line, parser.getCurrentLineNumber()));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw new UserInputException(file + ": expected a CSV file that can be read", e);
        }
        if (rows.isEmpty()) {
            throw new UserInputException(file + ": expected rows of scores, got none");
        }
        checkComplete();
        return new Scores(rows);
    }

    private void checkHeader(CSVRecord header) {
        if (!header.toList().equals(HEADER)) {
            throw new UserInputException(
                    file
                            + " line 1: expected the columns "
                            + String.join(",", HEADER)
                            + ", got "
                            + String.join(",", header.toList()));
        }
    }

    private Score row(CSVRecord line, long number) {
        if (line.size() != HEADER.size()) {
            throw wrong(number, "expected " + HEADER.size() + " cells, got " + line.size());
        }
        String name = line.get(0);
        ModalitySubset subset = subset(line.get(1), number);
        TumorRegion region = REGIONS.get(line.get(2));
        if (region == null) {
            throw wrong(
                    number, "region: expected whole, core or enhancing, got '" + line.get(2) + "'");
        }
        Set<TumorRegion> read =
                regions.computeIfAbsent(
                        "case " + name + " with " + subset,
                        key -> EnumSet.noneOf(TumorRegion.class));
        if (!read.add(region)) {
            throw wrong(
                    number,
                    "expected each case, subset and region once, got "
                            + String.join(",", line.toList().subList(0, 3))
                            + " again");
        }
        Map<Metric, Double> values = new EnumMap<>(Metric.class);
        for (Metric metric : Metric.values()) {
            values.put(metric, value(metric, line.get(3 + metric.ordinal()), number));
        }
        return new Score(name, subset, region, values);
    }

    private ModalitySubset subset(String label, long number) {
        try {
            return subsets.computeIfAbsent(label, ModalitySubset::parse);
        } catch (UserInputException e) {
            throw new UserInputException(file + " line " + number + ": " + e.getMessage(), e);
        }
    }

    /** A number in its range. Only the Dice score is there always. */
    private double value(Metric metric, String cell, long number) {
        boolean optional = metric != Metric.DICE;
        if (optional && cell.isEmpty()) {
            return Double.NaN;
        }
        double value;
        try {
            value = Double.parseDouble(cell);
        } catch (NumberFormatException e) {
            value = Double.NaN;
        }
        double largest = metric.isShare() ? 1 : Double.MAX_VALUE;
        if (!(value >= 0 && value <= largest)) {
            String range = metric.isShare() ? "from 0 to 1" : "of at least 0";
            throw wrong(
                    number,
                    metric.column() + ": expected a number " + range + ", got '" + cell + "'");
        }
        return value;
    }

    private void checkComplete() {
        regions.forEach(
                (judged, read) -> {
                    if (read.size() < TumorRegion.values().length) {
                        throw new UserInputException(
                                file
                                        + ": expected rows of whole, core and enhancing for "
                                        + judged
                                        + ", got "
                                        + read.stream()
                                                .map(TumorRegion::label)
                                                .collect(Collectors.joining(", ")));
                    }
                });
    }

    private UserInputException wrong(long number, String problem) {
        return new UserInputException(file + " line " + number + ": " + problem);
    }
}
