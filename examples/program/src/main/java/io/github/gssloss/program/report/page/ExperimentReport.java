/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.compare.Comparison;
import io.github.gssloss.imaging.measure.Metric;
import io.github.gssloss.program.report.page.ExperimentFacts.Run;
import io.github.gssloss.program.tables.ComparisonFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** The report of an experiment: one page that needs nothing else. */
public final class ExperimentReport {

    private ExperimentReport() {}

    /**
     * Writes the report.
     *
     * @param facts what was done
     * @param comparison the arms side by side; empty: no scores yet
     * @param file the file
     * @throws UserInputException if it cannot be written
     */
    public static void write(ExperimentFacts facts, Optional<Comparison> comparison, Path file) {
        Optional<Comparison> compared =
                comparison.filter(arms -> arms.others().stream().anyMatch(arms::isCompared));
        List<Long> seeds = facts.runs().stream().map(Run::seed).distinct().toList();
        Map<String, Object> view = new HashMap<>();
        view.put("title", "Experiment " + facts.name());
        view.put("facts", facts);
        // As a flag: within the section of an object its own methods would hide these names.
        view.put("scores", comparison.isPresent());
        view.put(
                "explanation",
                comparison.map(arms -> ComparisonFormat.ofArms(arms).explanation()).orElse(""));
        view.put("charts", compared.map(IntervalChart::all).orElse(List.of()));
        view.put("comparison", compared.map(ExperimentReport::sideBySide));
        view.put("seeds", seeds);
        view.put("seedRows", seedRows(facts, seeds));
        Templates.write("experiment.mustache", view, file);
    }

    /** A row of the heat map: an arm with the Dice of every seed. */
    private record SeedRow(String name, List<Shade.Cell> cells) {}

    private static List<SeedRow> seedRows(ExperimentFacts facts, List<Long> seeds) {
        Map<List<Object>, Double> dice =
                facts.runs().stream()
                        .filter(run -> run.dice().isPresent())
                        .collect(
                                Collectors.groupingBy(
                                        run -> List.of(run.arm(), run.seed()),
                                        Collectors.averagingDouble(run -> run.dice().get())));
        DoubleStream all = dice.values().stream().mapToDouble(Double::doubleValue);
        Shade shade = Shade.ofNumbers(Metric.DICE, all);
        List<SeedRow> rows = new ArrayList<>();
        for (ExperimentFacts.Arm arm : facts.arms()) {
            Function<Long, Double> number =
                    seed -> dice.getOrDefault(List.of(arm.name(), seed), Double.NaN);
            rows.add(new SeedRow(arm.name(), seeds.stream().map(number).map(shade::cell).toList()));
        }
        return rows;
    }

    private static SideBySide sideBySide(Comparison arms) {
        Map<String, Scores> scores = new LinkedHashMap<>();
        arms.names().stream()
                .filter(name -> name.equals(arms.first()) || arms.isCompared(name))
                .forEach(name -> scores.put(name, new Scores(arms.pooled(name))));
        String explanation =
                "Each arm is compared with "
                        + arms.first()
                        + " as above; below a difference stands its 95 % interval.";
        SideBySide.Words words = new SideBySide.Words("arm", "seeds \u00D7 cases", explanation);
        return SideBySide.of(words, arms, scores);
    }
}
