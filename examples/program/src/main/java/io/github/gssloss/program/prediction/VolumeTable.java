/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.prediction;

import io.github.gssloss.files.WholeFile;
import io.github.gssloss.imaging.dataset.LabelSet;
import io.github.gssloss.program.tables.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A row for each case that was segmented: the volume of each class in ml, the names of the runs
 * whose networks segmented it, and what it took.
 */
final class VolumeTable {

    /** The name of the file. */
    static final String FILE = "volumes.csv";

    private final List<String> classes;
    private final SortedMap<String, List<String>> rows = new TreeMap<>();

    private VolumeTable(LabelSet labels) {
        classes = labels.classNames().subList(1, labels.classes());
    }

    /** The table of the cases that were segmented into a folder. */
    static VolumeTable of(Path folder, LabelSet labels) throws IOException {
        VolumeTable table = new VolumeTable(labels);
        List<Path> segmentations;
        try (Stream<Path> files = Files.list(folder)) {
            segmentations = files.filter(one -> one.toString().endsWith(".nii.gz")).toList();
        }
        segmentations.forEach(one -> new OutputFiles(one).read().ifPresent(table::add));
        return table;
    }

    /** Adds a case by the record beside its segmentation. */
    void add(JsonNode record) {
        List<String> row = new ArrayList<>();
        row.add(record.path("case").asString());
        row.add(record.path("modalities").asString());
        classes.forEach(name -> row.add(record.path("millilitres").path(name).asString()));
        row.add(
                record.path("runs")
                        .valueStream()
                        .map(one -> one.path("run").asString("").replaceAll(".*[/\\\\]", ""))
                        .collect(Collectors.joining("+")));
        row.add(record.path("seconds").asString());
        rows.put(row.get(0), row);
    }

    /** Writes the table. */
    void write(Path file) throws IOException {
        List<String> volumes = classes.stream().map(name -> name + " ml").toList();
        Table table = new Table(2, "case", "modalities", volumes, "runs", "seconds");
        rows.values().forEach(table::add);
        WholeFile.write(file, table.csv());
    }
}
