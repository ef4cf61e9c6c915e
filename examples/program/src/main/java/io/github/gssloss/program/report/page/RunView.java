/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.files.Counted;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.dataset.Region;
import io.github.gssloss.program.config.RunSettings;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One run's part of the report, by the names that the templates use. */
final class RunView {

    private final String id;
    private final EvaluationFolder folder;
    private final Optional<String> named;
    private final Optional<Path> path;
    private final Scores scores;
    private final Ranking ranking;
    private final List<Picture> decisions;
    private final Facts settings;

    RunView(String id, EvaluationFolder folder) {
        this.id = id;
        this.folder = folder;
        this.named = folder.facts().find("run");
        this.path = named.flatMap(RunView::parsed);
        this.settings = facts("The settings of the run", "settings.yaml");
        this.scores = folder.scores();
        this.ranking = Ranking.of(scores, new Ranking.Pictures(folder::overlay, folder::planes));
        List<Picture> shown =
                decisions(
                        Stream.concat(ranking.worst().stream(), ranking.best().stream())
                                .map(Ranking.Ranked::name));
        this.decisions =
                shown.isEmpty() ? decisions(folder.decidedCases().stream().limit(1)) : shown;
    }

    /**
     * A picture of which rule decided where.
     *
     * @param name the case
     * @param uri the picture as a data URI
     */
    record Picture(String name, String uri) {}

    /** A name that was given on another system may be none here. */
    private static Optional<Path> parsed(String name) {
        try {
            return Optional.of(Path.of(name));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private List<Picture> decisions(Stream<String> names) {
        return names.flatMap(
                        name -> folder.decisions(name).stream().map(uri -> new Picture(name, uri)))
                .toList();
    }

    private Optional<Path> run() {
        return path.filter(Files::isDirectory);
    }

    String id() {
        return id;
    }

    String name() {
        return path.map(run -> run.toAbsolutePath().normalize().getFileName())
                .map(Path::toString)
                .orElseGet(folder::name);
    }

    Scores scores() {
        return scores;
    }

    /** The run as the evaluation names it, whether it is there or not. */
    Optional<String> named() {
        return named;
    }

    Optional<String> checkpoint() {
        return folder.facts().find("checkpoint");
    }

    String caseCount() {
        return Counted.of(scores.cases().size(), "case");
    }

    String subsetCount() {
        return Counted.of(scores.subsets().size(), "subset");
    }

    /** Why some cases could not be evaluated. */
    Optional<String> problems() {
        return folder.facts().find("problems").filter(problems -> !problems.equals(Facts.NONE));
    }

    /** The cases that lack modalities, with those they have; empty: none. */
    String incomplete() {
        String prefix = "incompleteCases.";
        return folder.facts().all().stream()
                .filter(fact -> fact.name().startsWith(prefix))
                .map(fact -> fact.name().substring(prefix.length()) + " has " + fact.value())
                .collect(Collectors.joining("; "));
    }

    /** Why nothing is known of the run, where that is so. */
    Optional<String> missingRun() {
        if (run().isPresent()) {
            return Optional.empty();
        }
        if (path.filter(Files::isRegularFile).isPresent()) {
            return Optional.of(
                    "The run, %s, is an exported model: its card has its settings; there are no learning curves."
                            .formatted(path.get()));
        }
        String why =
                named.map(run -> "The folder of the run, " + run + ", is not there")
                        .orElse("The evaluation does not say which run it evaluated");
        return Optional.of(why + ": there are no settings and no learning curves.");
    }

    /** How overlapping windows count, where the evaluation says it. */
    private Stream<String> windows() {
        return folder.facts().find("windowWeights").stream()
                .map("Weights of overlapping windows: %s"::formatted);
    }

    /** What the rows of heat in the pictures are, where any were asked for. */
    List<String> heat() {
        List<String> maps = List.of(folder.facts().find("heat").orElse("").split(", "));
        List<String> words = new ArrayList<>();
        if (maps.contains("entropy")) {
            words.add(
                    "Entropy, as heat: where the network is unsure; 0 where one class has all of"
                            + " the probability, 1 where all have the same.");
        }
        if (maps.contains("disagreement")) {
            words.add(
                    "Disagreement, as heat: where the modalities contradict each other; 0 where"
                            + " the branches of all say the same, 1 where they are sure of"
                            + " different classes.");
        }
        return words;
    }

    /** What the evaluation says about its numbers. */
    List<String> policies() {
        Stream<String> others =
                Stream.of("passes", "emptyMasks", "hd95", "furtherMeasures")
                        .filter(name -> !folder.facts().find(name).equals(Optional.of(Facts.NONE)))
                        .flatMap(name -> folder.facts().find(name).stream());
        return Stream.concat(windows(), others).toList();
    }

    List<Headline> headlines() {
        return Headline.all(scores.table());
    }

    /** The names of the modalities. */
    List<String> modalities() {
        return scores.table().modalities().stream().map(Modality::label).toList();
    }

    int modalityCount() {
        return scores.table().modalities().size();
    }

    /** The names of the regions. */
    List<String> regionLabels() {
        return scores.table().regions().stream().map(Region::label).toList();
    }

    List<HeatMap> heatMaps() {
        return HeatMap.all(scores.table());
    }

    List<List<HeatMap.Row>> costs() {
        return HeatMap.costs(scores.table());
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

    List<Picture> decisions() {
        return decisions;
    }

    boolean withoutDistillation() {
        return settings.find("loss.preset").filter("none"::equals).isPresent();
    }

    /** What the soft target came from if not from votes. */
    Optional<String> otherTeacher() {
        Optional<String> ofPreset =
                settings.find("loss.preset").filter("passion"::equals).map(preset -> "fused");
        return settings.find("loss.teacher")
                .or(() -> ofPreset)
                .filter(teacher -> !teacher.equals("votes"));
    }

    /** The loss in one line; empty where the run's settings are not there or cannot be read. */
    Optional<String> loss() {
        return run().map(found -> found.resolve("settings.yaml"))
                .filter(Files::isRegularFile)
                .flatMap(RunView::lossWords);
    }

    private static Optional<String> lossWords(Path settings) {
        try {
            return Optional.of(RunSettings.read(settings, Map.of()).loss().words());
        } catch (UserInputException e) {
            return Optional.empty();
        }
    }

    Curves curves() {
        return run().map(found -> Curves.read(found.resolve("losses.csv")))
                .orElseGet(() -> Curves.none(missingRun().orElseThrow()));
    }

    /** The chart of how the votes were decided during the training, as a data URI. */
    Optional<String> decisionCurves() {
        return run().flatMap(found -> Figure.uri(found.resolve("decisions.png")));
    }

    /** The chart of whether the soft target was better than the branches, as a data URI. */
    Optional<String> teachingCurves() {
        return run().flatMap(found -> Figure.uri(found.resolve("teaching.png")));
    }

    List<Facts> lists() {
        return List.of(folder.facts(), settings, facts("What the run ran on", "versions.yaml"));
    }

    private Facts facts(String title, String file) {
        String words = named.orElse("the run") + ": " + file;
        return Facts.read(title, words, run().map(found -> found.resolve(file)));
    }
}
