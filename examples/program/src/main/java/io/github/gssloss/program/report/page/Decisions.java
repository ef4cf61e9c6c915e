/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The pictures of which rule decided where.
 *
 * @param pictures those of the worst and the best cases; without any, the first that there is
 * @param note what to say where there is none
 */
record Decisions(List<Picture> pictures, Optional<String> note) {

    /**
     * A picture.
     *
     * @param name the case
     * @param uri the picture as a data URI
     */
    record Picture(String name, String uri) {}

    static Decisions of(EvaluationFolder folder, Ranking ranking, List<Fact> settings) {
        Set<String> names = new LinkedHashSet<>();
        Stream.concat(ranking.worst().stream(), ranking.best().stream())
                .map(CaseView::name)
                .forEach(names::add);
        List<Picture> pictures = pictures(folder, names);
        if (pictures.isEmpty()) {
            pictures = pictures(folder, folder.decidedCases().stream().limit(1).toList());
        }
        if (!pictures.isEmpty()) {
            return new Decisions(pictures, Optional.empty());
        }
        return new Decisions(List.of(), Optional.of(reason(settings)));
    }

    private static String reason(List<Fact> settings) {
        if (YamlFacts.find(settings, "loss.preset").filter("none"::equals).isPresent()) {
            return "This run was trained without distillation (loss.preset: none): its branches did"
                    + " not vote.";
        }
        return YamlFacts.find(settings, "loss.teacher")
                .filter(teacher -> !teacher.equals("votes"))
                .map(
                        teacher ->
                                "No votes taught this run (loss.teacher: "
                                        + teacher
                                        + "): no rule decided.")
                .orElse("The evaluation left no picture of decisions.");
    }

    /** Whether the rules need a word. */
    boolean explained() {
        return !pictures.isEmpty();
    }

    private static List<Picture> pictures(EvaluationFolder folder, Iterable<String> names) {
        List<Picture> pictures = new ArrayList<>();
        for (String name : names) {
            folder.decisions(name).ifPresent(uri -> pictures.add(new Picture(name, uri)));
        }
        return pictures;
    }
}
