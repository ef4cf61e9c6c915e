/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.runfolder;

import io.github.gssloss.files.SpreadsheetText;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.files.WholeFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * A CSV table of a run that grows while the run is trained; it is made with its first row. Each row
 * is with the system when {@link #append} returns, so a run that dies leaves all it had; after
 * {@link #force} a machine that loses its power does too. Columns may be named after classes: the
 * header has them as {@link SpreadsheetText} does.
 */
public final class RunCsv {

    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

    private final Path file;
    private final List<String> columns;

    /**
     * Goes on with a table or begins one.
     *
     * @param file the file
     * @param columns the names of its columns
     */
    public RunCsv(Path file, List<String> columns) {
        this.file = file;
        this.columns = List.copyOf(columns);
    }

    /**
     * Goes on with a table that earlier versions began with the first of its columns alone, or
     * begins one. A table that has those columns keeps them.
     *
     * @param file the file
     * @param columns the names of its columns
     * @param earlier how many of them earlier versions wrote
     * @return the table, with the columns of the file
     * @throws IOException if the file cannot be read
     */
    public static RunCsv goOn(Path file, List<String> columns, int earlier) throws IOException {
        RunCsv before = new RunCsv(file, columns.subList(0, earlier));
        return before.hasItsColumns() ? before : new RunCsv(file, columns);
    }

    private boolean hasItsColumns() throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        try (CSVParser parser = CSVParser.parse(wholeRows(), FORMAT)) {
            Iterator<CSVRecord> records = parser.iterator();
            return records.hasNext() && isHeader(records.next().toList());
        }
    }

    private List<String> header() {
        return columns.stream().map(SpreadsheetText::cell).toList();
    }

    private boolean isHeader(List<String> row) {
        return row.stream().map(SpreadsheetText::text).toList().equals(columns);
    }

    /** The text of the file without a row that was never finished. */
    private String wholeRows() throws IOException {
        String text = Files.readString(file);
        return text.substring(0, text.lastIndexOf('\n') + 1);
    }

    /**
     * Returns the columns.
     *
     * @return their names in their order
     */
    public List<String> columns() {
        return columns;
    }

    /**
     * Adds a row.
     *
     * @param row a cell for each column
     * @throws IllegalArgumentException if there are more or fewer
     * @throws IOException if the row cannot be written
     */
    public void append(List<?> row) throws IOException {
        if (row.size() != columns.size()) {
            throw new IllegalArgumentException(
                    "row: expected cells for %s, got %s".formatted(columns, row));
        }
        boolean begun = Files.exists(file);
        try (CSVPrinter printer =
                new CSVPrinter(
                        Files.newBufferedWriter(
                                file, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                        FORMAT)) {
            if (!begun) {
                printer.printRecord(header());
            }
            printer.printRecord(row);
        }
    }

    /**
     * Makes sure that all rows are on the disk.
     *
     * @throws IOException if they cannot be written
     */
    public void force() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /**
     * Reads the rows. One that was never finished is left out.
     *
     * @return their cells, as many in each row as there are columns; empty where there is no file
     * @throws UserInputException if the file has other columns, or a row too few or too many cells
     * @throws IOException if the file cannot be read
     */
    public List<List<String>> rows() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        List<List<String>> rows = new ArrayList<>();
        try (CSVParser parser = CSVParser.parse(wholeRows(), FORMAT)) {
            for (CSVRecord record : parser) {
                List<String> row = record.toList();
                boolean header = record.getRecordNumber() == 1;
                if (header ? !isHeader(row) : row.size() != columns.size()) {
                    throw new UserInputException(
                            "%s: line %d: expected %s %s, got %s"
                                    .formatted(
                                            file,
                                            record.getRecordNumber(),
                                            header ? "the columns" : "cells for",
                                            columns,
                                            row));
                }
                rows.add(row);
            }
        }
        return rows.subList(Math.min(1, rows.size()), rows.size());
    }

    /**
     * Removes the rows of a step or epoch and of all later ones, and a row that was never finished.
     *
     * @param column the column that counts them
     * @param first the first to remove
     * @throws UserInputException as {@link #rows}, or if a count is no number
     * @throws IOException if the file cannot be read or written
     */
    public void removeFrom(String column, long first) throws IOException {
        int index = columns.indexOf(column);
        List<List<String>> kept = new ArrayList<>();
        for (List<String> row : rows()) {
            try {
                if (Long.parseLong(row.get(index)) < first) {
                    kept.add(row);
                }
            } catch (NumberFormatException e) {
                throw new UserInputException(
                        "%s: column %s: expected whole numbers, got %s"
                                .formatted(file, column, row.get(index)),
                        e);
            }
        }
        if (kept.isEmpty()) {
            Files.deleteIfExists(file);
            return;
        }
        StringBuilder text = new StringBuilder();
        try (CSVPrinter printer = new CSVPrinter(text, FORMAT)) {
            printer.printRecord(header());
            printer.printRecords(kept);
        }
        WholeFile.write(file, text.toString());
    }
}
