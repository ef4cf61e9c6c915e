/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.train;

import io.github.gssloss.examples.UserInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * The losses of every step of a run as a CSV file: {@code epoch,step,lr} and a column for each part
 * of the loss. Each row is on disk when {@link #append} returns, so a run that dies leaves all it
 * had.
 */
public final class LossesCsv implements AutoCloseable {

    private static final List<String> FIXED = List.of("epoch", "step", "lr");

    private final List<String> parts;
    private final CSVPrinter printer;

    private LossesCsv(List<String> parts, CSVPrinter printer) {
        this.parts = parts;
        this.printer = printer;
    }

    /**
     * Starts a new file.
     *
     * @param file the file; it must not exist
     * @param parts names of the parts of the loss, in the order of their columns, for example
     *     total, fused, branches, auxiliary, distillation
     * @return the open file
     * @throws IOException if the file exists or cannot be written
     */
    public static LossesCsv create(Path file, List<String> parts) throws IOException {
        List<String> header = new ArrayList<>(FIXED);
        header.addAll(parts);
        CSVFormat format =
                CSVFormat.DEFAULT
                        .builder()
                        .setHeader(header.toArray(String[]::new))
                        .setRecordSeparator('\n')
                        .get();
        CSVPrinter printer =
                new CSVPrinter(
                        Files.newBufferedWriter(file, StandardOpenOption.CREATE_NEW), format);
        printer.flush();
        return new LossesCsv(List.copyOf(parts), printer);
    }

    /**
     * Adds a step.
     *
     * @param row the step; its parts are those of the file
     * @throws IllegalArgumentException if the parts are not those of the file
     * @throws IOException if the row cannot be written
     */
    public void append(Row row) throws IOException {
        if (!List.copyOf(row.parts().keySet()).equals(parts)) {
            throw new IllegalArgumentException(
                    "parts: expected %s, got %s".formatted(parts, row.parts().keySet()));
        }
        List<Object> cells = new ArrayList<>(List.of(row.epoch(), row.step(), row.lr()));
        cells.addAll(row.parts().values());
        printer.printRecord(cells);
        printer.flush();
    }

    @Override
    public void close() throws IOException {
        printer.close();
    }

    /**
     * Reads a file.
     *
     * @param file a file that this class wrote
     * @return its steps in the order of the file
     * @throws UserInputException if a cell is no number or a row has too few or too many cells
     * @throws IOException if the file cannot be read
     */
    public static List<Row> read(Path file) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
        List<Row> rows = new ArrayList<>();
        try (CSVParser parser = format.parse(Files.newBufferedReader(file))) {
            List<String> header = parser.getHeaderNames();
            if (header.size() < FIXED.size() || !header.subList(0, FIXED.size()).equals(FIXED)) {
                throw new UserInputException(
                        "%s: expected columns that begin with %s, got %s"
                                .formatted(file, FIXED, header));
            }
            for (CSVRecord line : parser) {
                rows.add(row(file, header, line));
            }
        }
        return rows;
    }

    private static Row row(Path file, List<String> header, CSVRecord line) {
        if (line.size() != header.size()) {
            throw new UserInputException(
                    "%s: row %d: expected %d cells, got %d"
                            .formatted(file, line.getRecordNumber(), header.size(), line.size()));
        }
        try {
            Map<String, Double> parts = new LinkedHashMap<>();
            for (String name : header.subList(FIXED.size(), header.size())) {
                parts.put(name, Double.valueOf(line.get(name)));
            }
            return new Row(
                    Integer.parseInt(line.get("epoch")),
                    Long.parseLong(line.get("step")),
                    Double.parseDouble(line.get("lr")),
                    parts);
        } catch (NumberFormatException e) {
            throw new UserInputException(
                    "%s: row %d: expected numbers, got %s"
                            .formatted(file, line.getRecordNumber(), line.toList()),
                    e);
        }
    }

    /**
     * One step.
     *
     * @param epoch its epoch, from 0
     * @param step its number since the beginning of the run, from 0
     * @param lr the learning rate it used
     * @param parts the parts of the loss by name, in order
     */
    public record Row(int epoch, long step, double lr, Map<String, Double> parts) {

        /**
         * Keeps a copy of the parts.
         *
         * @param epoch its epoch, from 0
         * @param step its number since the beginning of the run, from 0
         * @param lr the learning rate it used
         * @param parts the parts of the loss by name, in order
         */
        public Row {
            parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
        }
    }
}
