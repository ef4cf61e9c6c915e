/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.imaging.compare.Comparison;
import io.github.gssloss.imaging.measure.Metric;
import io.github.gssloss.program.config.ProgramVersion;
import io.github.gssloss.program.tables.ComparisonFormat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The report of an experiment as its template takes it.
 *
 * @param facts what was done
 * @param found the arms beside each other; empty: no scores yet
 */
record ExperimentPage(ExperimentFacts facts, Optional<Comparison> found) {

    /**
     * A row of the arms.
     *
     * @param name the arm
     * @param settings its own settings in words
     */
    record ArmRow(String name, String settings) {}

    /**
     * A row of the heat map: an arm with every seed.
     *
     * @param name the arm
     * @param cells its Dice seed by seed
     */
    record SeedRow(String name, List<HeatCell> cells) {}

    /**
     * A run.
     *
     * @param name the arm with the seed
     * @param state how far it is
     * @param trained the time of its training
     * @param judged the time of its judgement
     * @param failure why it failed; empty: it did not
     */
    record RunRow(String name, String state, String trained, String judged, String failure) {}

    String title() {
        return "Experiment " + facts.name();
    }

    String data() {
        return facts.data();
    }

    String judge() {
        return facts.judge();
    }

    List<Page.Link> links() {
        List<Page.Link> links = new ArrayList<>();
        if (found.isPresent()) {
            links.add(new Page.Link("differences", "Differences"));
        }
        comparison().ifPresent(any -> links.add(new Page.Link("comparison", "Side by side")));
        links.add(new Page.Link("arms", "Arms"));
        links.add(new Page.Link("runs", "Runs"));
        return links;
    }

    /** How many runs are finished, and what kept others from it. */
    String summary() {
        long finished = count(ExperimentFacts.State.FINISHED);
        long failed = count(ExperimentFacts.State.FAILED);
        String failures = failed == 0 ? "" : ", " + failed + " failed";
        return "%d of %d runs are finished%s. Wall time of all runs together: %s."
                .formatted(finished, facts.runs().size(), failures, total());
    }

    private long count(ExperimentFacts.State state) {
        return facts.runs().stream().filter(run -> run.state() == state).count();
    }

    private String total() {
        return time(
                facts.runs().stream()
                        .mapToDouble(run -> run.trainSeconds() + run.judgeSeconds())
                        .sum());
    }

    /** The failures, a line for each. */
    List<String> failures() {
        return facts.runs().stream()
                .filter(run -> run.state() == ExperimentFacts.State.FAILED)
                .map(run -> name(run) + ": " + run.failure())
                .toList();
    }

    boolean anyFailed() {
        return !failures().isEmpty();
    }

    List<ArmRow> arms() {
        return facts.arms().stream()
                .map(
                        arm ->
                                new ArmRow(
                                        arm.name(),
                                        arm.settings().isEmpty()
                                                ? "the common settings"
                                                : String.join("; ", arm.settings())))
                .toList();
    }

    List<String> seedNames() {
        return facts.runs().stream().map(run -> "seed " + run.seed()).distinct().toList();
    }

    /** The average Dice of every run. */
    List<SeedRow> seedRows() {
        Shade shade =
                new Shade(
                        Metric.DICE,
                        facts.runs().stream()
                                .flatMap(run -> run.dice().stream())
                                .mapToDouble(Double::doubleValue));
        List<Long> seeds = facts.runs().stream().map(ExperimentFacts.Run::seed).distinct().toList();
        return facts.arms().stream()
                .map(
                        arm ->
                                new SeedRow(
                                        arm.name(),
                                        seeds.stream()
                                                .map(seed -> shade.cell(dice(arm.name(), seed)))
                                                .toList()))
                .toList();
    }

    private double dice(String arm, long seed) {
        return facts.runs().stream()
                .filter(run -> run.arm().equals(arm) && run.seed() == seed)
                .flatMap(run -> run.dice().stream())
                .findFirst()
                .orElse(Double.NaN);
    }

    List<RunRow> runs() {
        return facts.runs().stream()
                .map(
                        run ->
                                new RunRow(
                                        name(run),
                                        run.state().toString(),
                                        time(run.trainSeconds()),
                                        time(run.judgeSeconds()),
                                        run.failure()))
                .toList();
    }

    private static String name(ExperimentFacts.Run run) {
        return run.arm() + ", seed " + run.seed();
    }

    /** The scores of the arms; none: no run of the first arm is finished. */
    Optional<Comparison> scores() {
        return found;
    }

    /** What the numbers and intervals are. */
    String explanation() {
        return found.map(arms -> ComparisonFormat.ofArms(arms).explanation()).orElse("");
    }

    List<IntervalChart> charts() {
        return compared().map(IntervalChart::all).orElse(List.of());
    }

    boolean charted() {
        return !charts().isEmpty();
    }

    /** The arms that share a seed with the first one, beside it. */
    Optional<SideBySide> comparison() {
        return compared().map(ExperimentPage::sideBySide);
    }

    private Optional<Comparison> compared() {
        return found.filter(arms -> arms.others().stream().anyMatch(arms::isCompared));
    }

    private static SideBySide sideBySide(Comparison arms) {
        Map<String, Scores> scores = new LinkedHashMap<>();
        arms.names().stream()
                .filter(name -> name.equals(arms.first()) || arms.isCompared(name))
                .forEach(name -> scores.put(name, Scores.of(arms.pooled(name))));
        String explanation =
                "Each arm is compared with "
                        + arms.first()
                        + " as above; below a difference stands its 95 % interval.";
        SideBySide.Words words = new SideBySide.Words("arm", "seeds \u00D7 cases", explanation);
        return SideBySide.of(words, arms, scores);
    }

    String version() {
        return ProgramVersion.version();
    }

    String commit() {
        return ProgramVersion.commit();
    }

    /** A wall time; of less than a second nothing. */
    static String time(double seconds) {
        long whole = Math.round(seconds);
        if (whole == 0) {
            return MetricText.NOTHING;
        }
        if (whole < 60) {
            return whole + " s";
        }
        return whole < 3600
                ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole / 60 % 60);
    }
}
