/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import io.github.gssloss.core.ClassGroup;
import io.github.gssloss.core.ClassGroups;
import io.github.gssloss.program.report.CurvePanel;
import io.github.gssloss.program.report.LearningCurve;
import io.github.gssloss.program.report.Series;
import io.github.gssloss.program.report.SeriesCsv;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The chart of {@code decisions.csv} for each class: the shares of its decisions, the Dice of the
 * soft target, and where they are not 1 throughout, the trusted share and whether it is ready.
 *
 * @param file the table
 * @param groups the classes and their leaders
 * @param smoothing the steps that a bold line is a mean of
 */
record DecisionCurves(Path file, ClassGroups groups, int smoothing) {

    /** Writes the picture, a chart a class. */
    void write(Path picture) {
        new LearningCurve(groups.groups().stream().map(this::panel).toList()).write(picture);
    }

    private CurvePanel panel(ClassGroup group) {
        String leaders =
                group.leaders().stream()
                        .map(groups.modalities()::get)
                        .collect(Collectors.joining(", "));
        return new CurvePanel(
                group.className() + ", led by " + leaders,
                "step",
                "share of the voxels of " + group.className() + "; Dice",
                false,
                smoothing,
                series(group.className()));
    }

    /** The lines of a class under names that fit beside each other below a chart. */
    List<Series> series(String className) {
        List<Series> lines = new ArrayList<>();
        for (Series one : read(DecisionColumns.decisions(className))) {
            String decision = one.name().substring(className.length() + 1);
            lines.add(one.named(decision.replace('_', ' ').toLowerCase(Locale.ROOT)));
        }
        read(List.of(DecisionColumns.targetDice(className)))
                .forEach(one -> lines.add(one.named("Dice of the target")));
        // A table that an earlier version began has neither.
        List<String> header = SeriesCsv.header(file);
        Stream.of(DecisionColumns.trusted(className), DecisionColumns.ready(className))
                .filter(header::contains)
                .flatMap(column -> read(List.of(column)).stream())
                .filter(DecisionCurves::isSomewhereBelowOne)
                .map(one -> one.named(one.name().substring(className.length() + 1)))
                .forEach(lines::add);
        return lines;
    }

    private List<Series> read(List<String> columns) {
        return SeriesCsv.read(file, "step", columns);
    }

    /** Cells that are empty are no number. */
    private static boolean isSomewhereBelowOne(Series one) {
        return Arrays.stream(one.y()).anyMatch(value -> value < 1);
    }
}
