/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The losses of a step, as they stand in the file of a run. */
public record LossRow(int epoch, long step, double lr, Map<String, Double> parts) {

    public static List<LossRow> read(Path file) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
        try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, format)) {
            return parser.stream().map(LossRow::of).toList();
        }
    }

    private static LossRow of(CSVRecord record) {
        Map<String, Double> parts = new LinkedHashMap<>();
        record.toMap().forEach((name, cell) -> parts.put(name, Double.valueOf(cell)));
        return new LossRow(
                parts.remove("epoch").intValue(),
                parts.remove("step").longValue(),
                parts.remove("lr"),
                parts);
    }
}
