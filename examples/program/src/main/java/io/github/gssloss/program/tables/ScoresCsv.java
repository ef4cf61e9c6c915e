/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.tables;

import io.github.gssloss.files.SpreadsheetText;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.measure.MeasureSettings;
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
 *
 * <p>Where anything was measured by other than the usual settings the measures that were asked for
 * follow, and {@code measured_by}, which says by which settings, the same in every row.
 */
public final class ScoresCsv {

    private static final List<String> KEYS = List.of("case", "subset", "region");

    /** The column that files of earlier versions lack. */
    private static final String ADDED = Metric.DICE_POST_MM3.label();

    /** The column that says by which settings a row was measured. */
    private static final String MEASURED_BY = "measured_by";

    private ScoresCsv() {}

    /**
     * Writes scores as text.
     *
     * @param scores the rows, all measured by the same settings
     * @return a header and one line for each row, each ending with a line feed
     */
    public static String text(List<Score> scores) {
        MeasureSettings settings =
                scores.isEmpty() ? MeasureSettings.USUAL : scores.get(0).measures().settings();
        List<String> by = isUsual(settings) ? List.of() : List.of(settings.label());
        Table table = new Table(KEYS.size(), header(settings));
        for (Score score : scores) {
            Function<Metric, Double> number = metric -> metric.of(score.measures());
            table.add(
                    score.caseName(),
                    score.subset().label(),
                    score.region().label(),
                    metrics(settings).map(number).toList(),
                    by);
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
        String came = text.lines().findFirst().orElse("");
        boolean usual = !came.endsWith("," + MEASURED_BY);
        if (usual) {
            requireHeader(came, MeasureSettings.USUAL, name);
        }
        try (CSVParser parser = format.parse(new StringReader(text))) {
            MeasureSettings settings = MeasureSettings.USUAL;
            for (CSVRecord row : parser) {
                if (!usual && scores.isEmpty()) {
                    settings = MeasureSettings.parse(row.get(row.size() - 1), name);
                    requireHeader(came, settings, name);
                }
                scores.add(score(row, name, description, settings));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new UserInputException(name + ": expected a file of scores: " + e, e);
        }
        return scores;
    }

    private static void requireHeader(String came, MeasureSettings settings, String name) {
        String expected = String.join(",", header(settings));
        if (!came.equals(expected) && !came.equals(expected.replace(ADDED + ",", ""))) {
            throw new UserInputException(name + ": expected columns " + expected + ", got " + came);
        }
    }

    private static Score score(
            CSVRecord row, String name, DataDescription description, MeasureSettings settings) {
        try {
            if (!isUsual(settings) && !row.get(MEASURED_BY).equals(settings.label())) {
                throw new IllegalArgumentException("measured by others than the first row");
            }
            Map<Metric, Double> numbers = new EnumMap<>(Metric.class);
            for (Metric metric : Metric.values()) {
                String number = row.isMapped(metric.label()) ? row.get(metric.label()) : "NaN";
                numbers.put(metric, Double.valueOf(number));
            }
            return new Score(
                    SpreadsheetText.text(row.get(0)),
                    description.subset(SpreadsheetText.text(row.get(1))),
                    description.region(SpreadsheetText.text(row.get(2))),
                    new Measures(
                            numbers.get(Metric.DICE),
                            numbers.get(Metric.DICE_POST),
                            numbers.get(Metric.DICE_POST_MM3),
                            numbers.get(Metric.SENSITIVITY),
                            numbers.get(Metric.SPECIFICITY),
                            numbers.get(Metric.PRECISION),
                            numbers.get(Metric.HD95),
                            numbers.get(Metric.LESION_DICE),
                            numbers.get(Metric.LESION_HD95),
                            numbers.get(Metric.SURFACE_DICE),
                            numbers.get(Metric.VOLUME_ERROR),
                            settings));
        } catch (IllegalArgumentException | UserInputException e) {
            throw new UserInputException(
                    "%s: row %d: expected a case, a subset, a region and %d numbers%s, got %s"
                            .formatted(
                                    name,
                                    row.getRecordNumber(),
                                    Stream.of(Metric.values())
                                            .filter(metric -> row.isMapped(metric.label()))
                                            .count(),
                                    isUsual(settings) ? "" : " measured by " + settings.label(),
                                    row.toList()),
                    e);
        }
    }

    private static boolean isUsual(MeasureSettings settings) {
        return settings.equals(MeasureSettings.USUAL);
    }

    private static Stream<Metric> metrics(MeasureSettings settings) {
        return Stream.of(Metric.values()).filter(settings::has);
    }

    private static List<String> header(MeasureSettings settings) {
        return Stream.of(
                        KEYS.stream(),
                        metrics(settings).map(Metric::label),
                        Stream.of(MEASURED_BY).filter(by -> !isUsual(settings)))
                .flatMap(Function.identity())
                .toList();
    }
}
