/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.tables;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.measure.Measures;
import io.github.gssloss.imaging.measure.Metric;
import io.github.gssloss.imaging.measure.Score;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Scores as comma-separated values with the columns {@code
 * case,subset,region,dice,dice_post,dice_post_mm3,sensitivity,specificity,precision,hd95}: one row
 * per case, subset and region. Numbers are in full precision: reading gives back what was written.
 * Files of earlier versions lack {@code dice_post_mm3}, which is NaN then.
 */
public final class ScoresCsv {

    private static final List<String> KEYS = List.of("case", "subset", "region");

    /** The column that files of earlier versions lack. */
    private static final String ADDED = Metric.DICE_POST_MM3.label();

    private ScoresCsv() {}

    /**
     * Writes scores as text.
     *
     * @param scores the rows
     * @return a header and one line for each row, each ending with a line feed
     */
    public static String text(List<Score> scores) {
        Table table = new Table(KEYS.size(), header());
        for (Score score : scores) {
            Function<Metric, Double> number = metric -> metric.of(score.measures());
            table.add(
                    score.caseName(),
                    score.subset().label(),
                    score.region().label(),
                    Stream.of(Metric.values()).map(number).toList());
        }
        return table.csv();
    }

    /**
     * Reads a file.
     *
     * @param file a file with what {@link #text} returned
     * @param description the modalities and regions
     * @return the rows in the order of the file
     * @throws UserInputException if it cannot be read or does not hold scores
     */
    public static List<Score> read(Path file, DataDescription description) {
        try {
            return parse(
                    Files.readString(file, StandardCharsets.UTF_8), file.toString(), description);
        } catch (IOException e) {
            throw new UserInputException(file + ": expected a file of scores: " + e, e);
        }
    }

    /**
     * Reads text.
     *
     * @param text what {@link #text} returned
     * @param name names the text in errors
     * @param description the modalities and regions
     * @return the rows in the order of the text
     * @throws UserInputException if the text does not hold scores
     */
    public static List<Score> parse(String text, String name, DataDescription description) {
        List<Score> scores = new ArrayList<>();
        CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
        String expected = String.join(",", header());
        String came = text.lines().findFirst().orElse("");
        if (!came.equals(expected) && !came.equals(expected.replace(ADDED + ",", ""))) {
            throw new UserInputException(name + ": expected columns " + expected + ", got " + came);
        }
        try (CSVParser parser = format.parse(new StringReader(text))) {
            for (CSVRecord row : parser) {
                scores.add(score(row, name, description));
            }
        } catch (IOException e) {
            throw new UserInputException(name + ": expected a file of scores: " + e, e);
        }
        return scores;
    }

    private static Score score(CSVRecord row, String name, DataDescription description) {
        try {
            Map<Metric, Double> numbers = new EnumMap<>(Metric.class);
            for (Metric metric : Metric.values()) {
                String number = row.isMapped(metric.label()) ? row.get(metric.label()) : "NaN";
                numbers.put(metric, Double.valueOf(number));
            }
            return new Score(
                    row.get(0),
                    description.subset(row.get(1)),
                    description.region(row.get(2)),
                    new Measures(
                            numbers.get(Metric.DICE),
                            numbers.get(Metric.DICE_POST),
                            numbers.get(Metric.DICE_POST_MM3),
                            numbers.get(Metric.SENSITIVITY),
                            numbers.get(Metric.SPECIFICITY),
                            numbers.get(Metric.PRECISION),
                            numbers.get(Metric.HD95)));
        } catch (IllegalArgumentException | UserInputException e) {
            throw new UserInputException(
                    "%s: row %d: expected a case, a subset, a region and %d numbers, got %s"
                            .formatted(
                                    name,
                                    row.getRecordNumber(),
                                    row.getParser().getHeaderNames().size() - KEYS.size(),
                                    row.toList()),
                    e);
        }
    }

    private static List<String> header() {
        return Stream.concat(KEYS.stream(), Stream.of(Metric.values()).map(Metric::label)).toList();
    }
}
