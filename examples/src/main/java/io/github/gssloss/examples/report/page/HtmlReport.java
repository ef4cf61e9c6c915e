/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.report.page;

import io.github.gssloss.examples.ProgramVersion;
import io.github.gssloss.examples.UserInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The report of an evaluation as one HTML file that stands alone: numbers in short, the table of
 * all subsets as a heat map, Dice by number of modalities, the worst and best cases with their
 * pictures, which rule of the distillation decided where, learning curves, and how all this was
 * made. It follows the reader's choice of light or dark, and prints.
 *
 * <p>Of each run only {@code scores.csv} has to be there. In place of anything else that is not
 * there the report says so.
 */
public final class HtmlReport {

    /** The name of the file in the folder of an evaluation. */
    public static final String FILE = "report.html";

    private HtmlReport() {}

    /**
     * Writes a report.
     *
     * @param runs what was evaluated; of several runs the first is the one that the others are
     *     compared with
     * @param file the file to write or replace
     * @throws IllegalArgumentException if there is no run
     * @throws UserInputException if a folder holds no {@code scores.csv} or a damaged one, or the
     *     file cannot be written
     */
    public static void write(List<JudgedRun> runs, Path file) {
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("runs: expected at least one, got none");
        }
        List<RunView> views = new ArrayList<>();
        for (JudgedRun run : runs) {
            views.add(new RunView("run-" + (views.size() + 1), run));
        }
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            Templates.write("report.mustache", new Page(views), out);
        } catch (IOException | UncheckedIOException e) {
            throw new UserInputException(file + ": expected a file that can be written", e);
        }
    }

    /**
     * The page by the names that its template uses.
     *
     * @param runs its parts
     */
    record Page(List<RunView> runs) {

        /** A place in the page. */
        record Link(String target, String text) {}

        boolean several() {
            return runs.size() > 1;
        }

        String title() {
            return several()
                    ? "Evaluation of " + runs.size() + " runs"
                    : "Evaluation of " + runs.get(0).name();
        }

        List<Link> links() {
            if (several()) {
                List<Link> links = new ArrayList<>(List.of(new Link("comparison", "Side by side")));
                runs.forEach(run -> links.add(new Link(run.id(), run.name())));
                return links;
            }
            String id = runs.get(0).id();
            return List.of(
                    new Link(id + "-numbers", "In short"),
                    new Link(id + "-subsets", "Every subset"),
                    new Link(id + "-number", "Number of modalities"),
                    new Link(id + "-cases", "Cases"),
                    new Link(id + "-decisions", "Decisions"),
                    new Link(id + "-training", "Training"),
                    new Link(id + "-files", "How it was made"));
        }

        List<String> comparison() {
            return List.of();
        }

        String version() {
            return ProgramVersion.version();
        }

        String commit() {
            return ProgramVersion.commit();
        }
    }
}
