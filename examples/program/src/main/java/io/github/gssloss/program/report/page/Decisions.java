/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    static Decisions of(EvaluationFolder folder, Ranking ranking, Facts settings) {
        List<Picture> pictures =
                pictures(
                        folder,
                        Stream.concat(ranking.worst().stream(), ranking.best().stream())
                                .map(Ranking.Ranked::name));
        if (pictures.isEmpty()) {
            pictures = pictures(folder, folder.decidedCases().stream().limit(1));
        }
        return new Decisions(
                pictures, pictures.isEmpty() ? Optional.of(reason(settings)) : Optional.empty());
    }

    private static String reason(Facts settings) {
        if (settings.find("loss.preset").filter("none"::equals).isPresent()) {
            return "This run was trained without distillation (loss.preset: none): its branches did"
                    + " not vote.";
        }
        return settings.find("loss.teacher")
                .filter(teacher -> !teacher.equals("votes"))
                .map(
                        teacher ->
                                "The soft target of this run did not come from votes (loss.teacher:"
                                        + " "
                                        + teacher
                                        + "): no rule decided.")
                .orElse("The evaluation left no picture of decisions.");
    }

    /** Whether the rules need a word. */
    boolean explained() {
        return !pictures.isEmpty();
    }

    private static List<Picture> pictures(EvaluationFolder folder, Stream<String> names) {
        List<Picture> pictures = new ArrayList<>();
        names.distinct()
                .forEach(
                        name ->
                                folder.decisions(name)
                                        .ifPresent(uri -> pictures.add(new Picture(name, uri))));
        return pictures;
    }
}
