/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.runfolder;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.files.WholeFile;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
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
 * of the loss. Each row is with the system when {@link #append} returns, so a run that dies leaves
 * all it had; after {@link #force} a machine that loses its power does too.
 */
public final class LossesCsv implements AutoCloseable {

    private static final List<String> FIXED = List.of("epoch", "step", "lr");

    private final List<String> parts;
    private final FileChannel channel;
    private final CSVPrinter printer;

    private LossesCsv(List<String> parts, FileChannel channel) throws IOException {
        this.parts = List.copyOf(parts);
        this.channel = channel;
        printer =
                new CSVPrinter(
                        Channels.newWriter(channel, StandardCharsets.UTF_8),
                        CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get());
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
        LossesCsv losses =
                new LossesCsv(
                        parts,
                        FileChannel.open(
                                file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW));
        losses.printer.printRecord(header(parts));
        losses.printer.flush();
        return losses;
    }

    private static List<String> header(List<String> parts) {
        List<String> header = new ArrayList<>(FIXED);
        header.addAll(parts);
        return header;
    }

    /**
     * Goes on with a file. The rows of later steps are cut off, and so is a row that was never
     * finished.
     *
     * @param file a file that this class wrote
     * @param parts names of the parts of the loss, as the file has them
     * @param steps the number of steps whose rows stay, those from step 0 on
     * @return the open file
     * @throws UserInputException if the file is missing, has other columns or fewer steps
     * @throws IOException if it cannot be read or written
     */
    public static LossesCsv resume(Path file, List<String> parts, long steps) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new UserInputException(file + ": expected the losses so far, found none");
        }
        // The last piece is what follows the last line's end: nothing, or a row half written.
        List<String> lines = List.of(Files.readString(file).split("\n", -1));
        List<String> whole = lines.subList(0, lines.size() - 1);
        String header = String.join(",", header(parts));
        if (whole.isEmpty() || !whole.get(0).equals(header)) {
            throw new UserInputException(
                    "%s: expected the columns %s, got %s".formatted(file, header, lines.get(0)));
        }
        for (int row = 1; row <= steps; row++) {
            if (row >= whole.size() || !whole.get(row).matches("\\d+," + (row - 1) + ",.*")) {
                throw new UserInputException(
                        "%s: expected the losses of %d steps, got those of %d"
                                .formatted(file, steps, row - 1));
            }
        }
        String kept = String.join("\n", whole.subList(0, Math.toIntExact(steps) + 1)) + "\n";
        WholeFile.write(file, kept);
        return new LossesCsv(
                parts, FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
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

    /**
     * Makes sure that all rows are on the disk.
     *
     * @throws IOException if they cannot be written
     */
    public void force() throws IOException {
        channel.force(true);
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
