/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.core.TumorRegion;
import io.github.gssloss.imaging.dataset.Modality;
import java.nio.file.Path;
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
    private final RunFiles.Curves curves;

    RunView(String id, JudgedRun judged) {
        this.id = id;
        this.folder = EvaluationFolder.open(judged.evaluated());
        this.run = RunFiles.of(judged, folder.facts());
        this.scores = folder.scores();
        this.ranking = Ranking.of(scores, folder::overlay);
        this.curves = run.curves();
    }

    String id() {
        return id;
    }

    String name() {
        return run.name().orElseGet(this::folderName);
    }

    private String folderName() {
        return folder.path().toAbsolutePath().normalize().getFileName().toString();
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
                        YamlFacts.find(folder.facts(), "checkpoint")
                                .map(file -> "weights " + file));
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
        YamlFacts.find(folder.facts(), "problems")
                .filter(problems -> !problems.equals(YamlFacts.NONE))
                .ifPresent(problems -> notes.add("Cases that could not be judged: " + problems));
        String prefix = "incompleteCases.";
        String incomplete =
                folder.facts().stream()
                        .filter(fact -> fact.name().startsWith(prefix))
                        .map(
                                fact ->
                                        fact.name().substring(prefix.length())
                                                + " has "
                                                + fact.value())
                        .collect(Collectors.joining("; "));
        if (!incomplete.isEmpty()) {
            notes.add(
                    "Some cases lack modalities and were judged with the subsets of what they"
                            + " have: "
                            + incomplete);
        }
        return notes;
    }

    /** What the evaluation says about its numbers. */
    List<String> policies() {
        return Stream.of("emptyMasks", "hd95")
                .flatMap(name -> YamlFacts.find(folder.facts(), name).stream())
                .toList();
    }

    boolean hasPolicies() {
        return !policies().isEmpty();
    }

    List<String> modalities() {
        return Stream.of(Modality.values()).map(Modality::label).toList();
    }

    List<String> regions() {
        return Stream.of(TumorRegion.values()).map(TumorRegion::label).toList();
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

    List<SpreadChart> spreads() {
        return SpreadChart.all(scores);
    }

    String spreadWords() {
        return SpreadChart.explanation(scores.cases().size());
    }

    Ranking ranking() {
        return ranking;
    }

    Decisions decisions() {
        return Decisions.of(folder, ranking, run.facts("settings.yaml"));
    }

    Optional<CurveChart> curves() {
        return curves.chart();
    }

    Optional<String> curveNote() {
        return curves.note();
    }

    Optional<String> decisionCurves() {
        return run.decisions();
    }

    /** The files that say how the numbers came about. */
    List<FactList> lists() {
        Path evaluated = folder.path();
        String of = run.named().orElse("the run");
        return List.of(
                new FactList(
                        "The evaluation",
                        evaluated.resolve("evaluation.yaml").toString(),
                        folder.facts()),
                new FactList(
                        "The settings of the run",
                        of + ": settings.yaml",
                        run.facts("settings.yaml")),
                new FactList(
                        "What the run ran on", of + ": versions.yaml", run.facts("versions.yaml")));
    }
}
