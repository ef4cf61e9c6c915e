/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.dataset.Region;
import io.github.gssloss.imaging.measure.MeasureSettings;
import io.github.gssloss.imaging.measure.Metric;
import io.github.gssloss.imaging.measure.Score;
import io.github.gssloss.imaging.measure.ScoreTable;
import io.github.gssloss.program.tables.ScoresCsv;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The scores of one run: the means of the table, and those of each case. A mean of nothing is NaN:
 * a case that lacks modalities has not been evaluated with every subset.
 */
final class Scores {

    private final ScoreTable table;
    private final Map<String, List<Score>> byCase;

    /** Keeps scores that are known to be complete: each case with all regions of its subsets. */
    Scores(List<Score> rows) {
        table = new ScoreTable(rows);
        byCase =
                rows.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Score::caseName, LinkedHashMap::new, Collectors.toList()));
    }

    /**
     * Reads the scores of an evaluation.
     *
     * @param file {@code scores.csv}
     * @param description the modalities and regions
     * @throws UserInputException if there is no such file, or it does not hold each case, subset
     *     and region once, with numbers in their ranges; the message names the row below the header
     */
    static Scores read(Path file, DataDescription description) {
        if (!Files.isRegularFile(file)) {
            throw new UserInputException(
                    file + ": expected the scores of an evaluation, found no such file");
        }
        List<Score> rows = ScoresCsv.read(file, description);
        if (rows.isEmpty()) {
            throw new UserInputException(file + ": expected rows of scores, got none");
        }
        Set<List<Object>> places = new HashSet<>();
        for (int i = 0; i < rows.size(); i++) {
            String problem = problem(rows.get(i), places);
            if (!problem.isEmpty()) {
                throw new UserInputException("%s: row %d: %s".formatted(file, i + 1, problem));
            }
        }
        for (Score row : rows) {
            for (Region region : description.regions()) {
                if (!places.contains(List.<Object>of(row.caseName(), row.subset(), region))) {
                    throw new UserInputException(
                            "%s: expected a row of %s for case %s with %s, found none"
                                    .formatted(file, region.label(), row.caseName(), row.subset()));
                }
            }
        }
        return new Scores(rows);
    }

    private static String problem(Score row, Set<List<Object>> places) {
        if (!places.add(List.of(row.caseName(), row.subset(), row.region()))) {
            return "expected each case, subset and region once, got %s, %s, %s again"
                    .formatted(row.caseName(), row.subset(), row.region().label());
        }
        MeasureSettings settings = row.measures().settings();
        for (Metric metric : Metric.values()) {
            double number = metric.of(row.measures());
            boolean mayLack =
                    metric == Metric.DICE_POST_MM3
                            || !settings.has(metric)
                            || settings.leavesOut(metric);
            if (Double.isNaN(number) && mayLack) {
                continue;
            }
            boolean share = metric.unit().equals("%");
            if (!(number >= 0 && number <= (share ? 1 : Double.MAX_VALUE))) {
                String range = share ? "from 0 to 1" : "at least 0";
                return "%s: expected %s, got %s".formatted(metric.label(), range, number);
            }
        }
        return "";
    }

    /** The means over cases, subsets and regions. */
    ScoreTable table() {
        return table;
    }

    List<String> cases() {
        return List.copyOf(byCase.keySet());
    }

    List<ModalitySubset> subsets() {
        return table.subsets();
    }

    /** The numbers of modalities of the subsets, in ascending order. */
    List<Integer> numbers() {
        return subsets().stream()
                .map(subset -> subset.modalities().size())
                .distinct()
                .sorted()
                .toList();
    }

    /** A case's mean over the rows that fit; NaN where there are none. */
    double dice(String caseName, Predicate<Score> which) {
        return byCase.get(caseName).stream()
                .filter(which)
                .mapToDouble(row -> Metric.DICE.of(row.measures()))
                .average()
                .orElse(Double.NaN);
    }

    /** The mean of each case in a region over the subsets of so many modalities, if it has any. */
    double[] dice(Region region, int modalities) {
        Predicate<Score> which =
                row ->
                        row.region().equals(region)
                                && row.subset().modalities().size() == modalities;
        return cases().stream()
                .mapToDouble(name -> dice(name, which))
                .filter(dice -> !Double.isNaN(dice))
                .toArray();
    }
}
