/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.evaluate;

import io.github.gssloss.djl.TumorRegion;
import io.github.gssloss.examples.UserInputException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * The Dice scores of an evaluation and their means: first over the cases of a subset, then over the
 * subsets, as the paper's Table 6 does it.
 */
public final class DiceTable {

    private final List<DiceScore> rows;
    private final List<ModalitySubset> subsets;

    /**
     * Keeps a copy of the rows.
     *
     * @param rows scores in any order; the table shows the subsets in the order they first appear
     * @throws IllegalArgumentException if there are none, or a subset lacks a region
     */
    public DiceTable(List<DiceScore> rows) {
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("rows: expected at least one score, got none");
        }
        this.rows = List.copyOf(rows);
        this.subsets = rows.stream().map(DiceScore::subset).distinct().toList();
        for (ModalitySubset subset : subsets) {
            for (TumorRegion region : TumorRegion.values()) {
                if (average(row -> isOf(row, subset, region)).isEmpty()) {
                    throw new IllegalArgumentException(
                            "rows: expected a score of "
                                    + region.label()
                                    + " for "
                                    + subset
                                    + ", got none");
                }
            }
        }
    }

    /**
     * Returns the scores.
     *
     * @return one row per case, subset and region
     */
    public List<DiceScore> rows() {
        return rows;
    }

    /**
     * Returns the subsets judged.
     *
     * @return in the order they first appear
     */
    public List<ModalitySubset> subsets() {
        return subsets;
    }

    /**
     * Returns the number of cases judged.
     *
     * @return how many different names there are
     */
    public int cases() {
        return (int) rows.stream().map(DiceScore::caseName).distinct().count();
    }

    /**
     * Returns the mean over the cases.
     *
     * @param subset a subset of the table
     * @param region the region
     * @return from 0 to 1
     * @throws IllegalArgumentException if the subset is not in the table
     */
    public double mean(ModalitySubset subset, TumorRegion region) {
        return average(row -> isOf(row, subset, region))
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "subset: expected one of " + subsets + ", got " + subset));
    }

    /**
     * Returns the mean of the three regions' means.
     *
     * @param subset a subset of the table
     * @return from 0 to 1
     * @throws IllegalArgumentException if the subset is not in the table
     */
    public double mean(ModalitySubset subset) {
        return Arrays.stream(TumorRegion.values())
                .mapToDouble(region -> mean(subset, region))
                .average()
                .orElseThrow();
    }

    /**
     * Returns the mean of the subsets' means.
     *
     * @param region the region
     * @return from 0 to 1
     */
    public double mean(TumorRegion region) {
        return subsets.stream().mapToDouble(subset -> mean(subset, region)).average().orElseThrow();
    }

    /**
     * Returns the mean of everything: over cases, subsets and regions.
     *
     * @return from 0 to 1
     */
    public double mean() {
        return subsets.stream().mapToDouble(this::mean).average().orElseThrow();
    }

    /**
     * Returns the means as an aligned table, in per cent: one line per subset, a filled circle for
     * each modality given and an empty one for each missing.
     *
     * @return lines that end with a line feed
     */
    public String toText() {
        return toText(StandardCharsets.UTF_8);
    }

    /**
     * Returns the table of {@link #toText()} for a console that may lack the circles: there {@code
     * x} and {@code -} stand for them.
     *
     * @param console the console's encoding
     * @return lines that end with a line feed
     */
    public String toText(Charset console) {
        return new DiceTableFormat(this).text(console);
    }

    /**
     * Returns the means as a table in Markdown, in per cent.
     *
     * @return lines that end with a line feed
     */
    public String toMarkdown() {
        return new DiceTableFormat(this).markdown();
    }

    /**
     * Writes all rows, with columns {@code case,subset,region,dice}; the scores lie from 0 to 1 and
     * are written in full precision.
     *
     * @param file the file to write or replace
     * @throws UserInputException if it cannot be written
     */
    public void toCsv(Path file) {
        CSVFormat format =
                CSVFormat.DEFAULT
                        .builder()
                        .setHeader("case", "subset", "region", "dice")
                        .setRecordSeparator('\n')
                        .get();
        try (CSVPrinter printer =
                new CSVPrinter(Files.newBufferedWriter(file, StandardCharsets.UTF_8), format)) {
            for (DiceScore row : rows) {
                printer.printRecord(
                        row.caseName(), row.subset().label(), row.region().label(), row.dice());
            }
        } catch (IOException e) {
            throw new UserInputException(file + ": expected a file that can be written", e);
        }
    }

    private static boolean isOf(DiceScore row, ModalitySubset subset, TumorRegion region) {
        return row.subset().equals(subset) && row.region() == region;
    }

    private OptionalDouble average(Predicate<DiceScore> which) {
        return rows.stream().filter(which).mapToDouble(DiceScore::dice).average();
    }
}
