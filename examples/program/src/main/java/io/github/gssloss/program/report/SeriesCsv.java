/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report;

import io.github.gssloss.files.SpreadsheetText;
import io.github.gssloss.files.UserInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads series from a CSV file with a header line, such as the losses of a run. A column has the
 * name that {@link SpreadsheetText} reads from its cell.
 */
public final class SeriesCsv {

    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();

    private SeriesCsv() {}

    /**
     * Reads the names of the columns.
     *
     * @param file the file
     * @return the names, in the order of the file
     * @throws UserInputException if the file cannot be read
     */
    public static List<String> header(Path file) {
        return read(file, SeriesCsv::names);
    }

    /**
     * Reads some columns over another one.
     *
     * @param file the file
     * @param xColumn the column of the positions, ascending
     * @param yColumns the columns to read; an empty cell is a gap
     * @return one series per column, named after it
     * @throws UserInputException if the file cannot be read, lacks a column or holds something
     *     other than a number
     */
    public static List<Series> read(Path file, String xColumn, List<String> yColumns) {
        return read(
                file,
                parser -> {
                    List<String> names = names(parser);
                    int xIndex = index(file, names, xColumn);
                    int[] indices =
                            yColumns.stream().mapToInt(name -> index(file, names, name)).toArray();
                    List<CSVRecord> records = parser.getRecords();
                    double[] x = column(file, records, xColumn, xIndex);
                    return IntStream.range(0, indices.length)
                            .mapToObj(
                                    i -> {
                                        String name = yColumns.get(i);
                                        double[] y = column(file, records, name, indices[i]);
                                        return new Series(name, x, y);
                                    })
                            .toList();
                });
    }

    private static <T> T read(Path file, Function<CSVParser, T> reading) {
        try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, FORMAT)) {
            return reading.apply(parser);
        } catch (IOException | UncheckedIOException e) {
            throw new UserInputException(file + ": expected a CSV file that can be read", e);
        } catch (IllegalArgumentException e) {
            throw new UserInputException(file + ": " + e.getMessage(), e);
        }
    }

    private static List<String> names(CSVParser parser) {
        return parser.getHeaderNames().stream().map(SpreadsheetText::text).toList();
    }

    private static int index(Path file, List<String> names, String column) {
        int index = names.indexOf(column);
        if (index < 0) {
            throw new UserInputException(file + ": expected a column " + column + ", got " + names);
        }
        return index;
    }

    private static double[] column(Path file, List<CSVRecord> records, String column, int index) {
        double[] values = new double[records.size()];
        for (int i = 0; i < values.length; i++) {
            CSVRecord record = records.get(i);
            String cell = index < record.size() ? record.get(index).strip() : "";
            try {
                values[i] = cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
            } catch (NumberFormatException e) {
                throw new UserInputException(
                        "%s record %d: expected a number in column %s, got %s"
                                .formatted(file, record.getRecordNumber(), column, cell),
                        e);
            }
        }
        return values;
    }
}
