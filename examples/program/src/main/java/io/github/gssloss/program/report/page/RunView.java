/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One run's part of the report, by the names that the templates use. */
final class RunView {

    private final String id;
    private final EvaluationFolder folder;
    private final RunFiles run;
    private final Scores scores;
    private final Ranking ranking;

    RunView(String id, EvaluationFolder folder) {
        this.id = id;
        this.folder = folder;
        this.run = new RunFiles(folder.facts().find("run"));
        this.scores = folder.scores();
        this.ranking = Ranking.of(scores, folder::overlay);
    }

    String id() {
        return id;
    }

    String name() {
        return run.name().orElseGet(folder::name);
    }

    Scores scores() {
        return scores;
    }

    String summary() {
        Stream<Optional<String>> parts =
                Stream.of(
                        Optional.of(caseCount()),
                        Optional.of(subsetCount() + " of the modalities"),
                        run.named().map(path -> "run " + path),
                        folder.facts().find("checkpoint").map(file -> "weights " + file));
        return parts.flatMap(Optional::stream).collect(Collectors.joining(" \u00B7 "));
    }

    String caseCount() {
        return counted(scores.cases().size(), "case");
    }

    String subsetCount() {
        return counted(scores.subsets().size(), "subset");
    }

    private static String counted(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    /** What the reader must know before any number. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        run.note().ifPresent(notes::add);
        folder.facts()
                .find("problems")
                .filter(problems -> !problems.equals(Facts.NONE))
                .ifPresent(problems -> notes.add("Cases that could not be evaluated: " + problems));
        String prefix = "incompleteCases.";
        String incomplete =
                folder.facts().all().stream()
                        .filter(fact -> fact.name().startsWith(prefix))
                        .map(
                                fact ->
                                        fact.name().substring(prefix.length())
                                                + " has "
                                                + fact.value())
                        .collect(Collectors.joining("; "));
        if (!incomplete.isEmpty()) {
            notes.add(
                    "Some cases lack modalities and were evaluated with the subsets of what they"
                            + " have: "
                            + incomplete);
        }
        return notes;
    }

    /** What the evaluation says about its numbers. */
    List<String> policies() {
        return Stream.of("emptyMasks", "hd95")
                .flatMap(name -> folder.facts().find(name).stream())
                .toList();
    }

    boolean hasPolicies() {
        return !policies().isEmpty();
    }

    List<Headline> headlines() {
        return Headline.all(scores.table());
    }

    List<HeatMap> heatMaps() {
        return HeatMap.all(scores.table());
    }

    Costs costs() {
        return Costs.of(scores.table());
    }

    List<Figure> spreads() {
        return SpreadChart.all(scores);
    }

    String spreadWords() {
        return SpreadChart.explanation(scores.cases().size());
    }

    Ranking ranking() {
        return ranking;
    }

    Decisions decisions() {
        return Decisions.of(folder, ranking, settings());
    }

    Curves curves() {
        return run.curves();
    }

    Optional<String> decisionCurves() {
        return run.decisions();
    }

    /** The files that say how the numbers came about. */
    List<Facts> lists() {
        return List.of(
                folder.facts(), settings(), run.facts("What the run ran on", "versions.yaml"));
    }

    private Facts settings() {
        return run.facts("The settings of the run", "settings.yaml");
    }
}
