/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.files.Counted;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.report.CurvePanel;
import io.github.gssloss.program.report.LearningCurve;
import io.github.gssloss.program.report.Series;
import io.github.gssloss.program.report.SeriesCsv;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The losses of a run over its steps: the mean of each epoch, and behind it, faint, the single
 * steps.
 *
 * @param words what the chart shows, or why there is none
 * @param chart the chart
 */
record Curves(String words, Optional<Figure> chart) {

    private static final int WIDTH = 1190;
    private static final int HEIGHT = 390;

    /** Columns that are no part of the loss. */
    private static final List<String> OTHERS = List.of("epoch", "step", "lr");

    /** Says why there is no chart. */
    static Curves none(String why) {
        return new Curves(why, Optional.empty());
    }

    /**
     * Draws the losses of a run.
     *
     * @param losses the file that the run has left
     */
    static Curves read(Path losses) {
        if (!Files.isRegularFile(losses)) {
            return none("The run has left no " + losses.getFileName() + ".");
        }
        try {
            double[] epochs = SeriesCsv.read(losses, "step", List.of("epoch")).get(0).y();
            List<String> parts =
                    SeriesCsv.header(losses).stream()
                            .filter(name -> !OTHERS.contains(name))
                            .toList();
            List<Series> series = SeriesCsv.read(losses, "step", parts);
            return epochs.length == 0
                    ? none("There is no step in " + losses + " yet.")
                    : of(panel(series, epochs), epochs);
        } catch (UserInputException e) {
            return none("The losses cannot be drawn: " + e.getMessage());
        }
    }

    private static CurvePanel panel(List<Series> series, double[] epochs) {
        long steps = Arrays.stream(epochs).filter(epoch -> epoch == epochs[0]).count();
        return new CurvePanel("", "step", "", true, steps, series);
    }

    private static Curves of(CurvePanel panel, double[] epochs) {
        String words =
                "%s in %s; the mean of each epoch, and faint the single steps. The axis of the loss is logarithmic."
                        .formatted(
                                Counted.of(epochs.length, "step"),
                                Counted.of(Arrays.stream(epochs).distinct().count(), "epoch"));
        List<String> shown = panel.lines().stream().map(Series::name).toList();
        String left =
                panel.series().stream()
                        .map(Series::name)
                        .filter(name -> !shown.contains(name))
                        .collect(Collectors.joining(", "));
        LearningCurve curve = new LearningCurve(List.of(panel));
        Figure figure =
                Figure.of(
                        "",
                        "Losses over " + epochs.length + " steps",
                        colours -> curve.render(WIDTH, HEIGHT, colours));
        String none = left.isEmpty() ? "" : " Nowhere above 0: " + left + ".";
        return new Curves(words + none, Optional.of(figure));
    }
}
