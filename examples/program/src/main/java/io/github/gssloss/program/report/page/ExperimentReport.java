/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.compare.Comparison;
import io.github.gssloss.imaging.measure.Metric;
import io.github.gssloss.program.report.page.ExperimentFacts.Run;
import io.github.gssloss.program.report.page.ExperimentFacts.State;
import io.github.gssloss.program.tables.ComparisonFormat;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The report of an experiment: one page that needs nothing else. */
public final class ExperimentReport {

    private final ExperimentFacts facts;
    private final Optional<Comparison> scores;
    private final Optional<SideBySide> comparison;

    private ExperimentReport(ExperimentFacts facts, Optional<Comparison> scores) {
        this.facts = facts;
        this.scores = scores;
        this.comparison = compared().map(ExperimentReport::sideBySide);
    }

    /**
     * Writes the report.
     *
     * @param facts what was done
     * @param comparison the arms side by side; empty: no scores yet
     * @param file the file
     * @throws UserInputException if it cannot be written
     */
    public static void write(ExperimentFacts facts, Optional<Comparison> comparison, Path file) {
        Templates.write("experiment.mustache", new ExperimentReport(facts, comparison), file);
    }

    /** A row of the heat map: an arm with the Dice of every seed. */
    private record SeedRow(String name, List<Shade.Cell> cells) {}

    ExperimentFacts facts() {
        return facts;
    }

    String title() {
        return "Experiment " + facts.name();
    }

    /** How many runs are finished, and how many failed. */
    String summary() {
        int failed = failures().size();
        return "%d of %d runs are finished%s. Wall time of all runs together: %s."
                .formatted(
                        facts.runs().stream().filter(run -> run.state() == State.FINISHED).count(),
                        facts.runs().size(),
                        failed == 0 ? "" : ", " + failed + " failed",
                        facts.totalTime());
    }

    /** The failures, a line for each. */
    List<String> failures() {
        return facts.runs().stream()
                .filter(run -> run.state() == State.FAILED)
                .map(run -> run.words() + ": " + run.failure())
                .toList();
    }

    List<String> seedNames() {
        return seeds().stream().map(seed -> "seed " + seed).toList();
    }

    /** The average Dice of every run. */
    List<SeedRow> seedRows() {
        Shade shade =
                Shade.ofNumbers(
                        Metric.DICE,
                        facts.runs().stream()
                                .flatMap(run -> run.dice().stream())
                                .mapToDouble(Double::doubleValue));
        return facts.arms().stream()
                .map(
                        arm ->
                                new SeedRow(
                                        arm.name(),
                                        seeds().stream()
                                                .map(seed -> shade.cell(dice(arm.name(), seed)))
                                                .toList()))
                .toList();
    }

    private List<Long> seeds() {
        return facts.runs().stream().map(Run::seed).distinct().toList();
    }

    private double dice(String arm, long seed) {
        return facts.runs().stream()
                .filter(run -> run.arm().equals(arm) && run.seed() == seed)
                .flatMap(run -> run.dice().stream())
                .findFirst()
                .orElse(Double.NaN);
    }

    /** The scores of the arms; none: no run of the first arm is finished. */
    Optional<Comparison> scores() {
        return scores;
    }

    /** What the numbers and intervals are. */
    String explanation() {
        return scores.map(arms -> ComparisonFormat.ofArms(arms).explanation()).orElse("");
    }

    List<Figure> charts() {
        return compared().map(IntervalChart::all).orElse(List.of());
    }

    /** The arms that share a seed with the first one, beside it. */
    Optional<SideBySide> comparison() {
        return comparison;
    }

    private Optional<Comparison> compared() {
        return scores.filter(arms -> arms.others().stream().anyMatch(arms::isCompared));
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
