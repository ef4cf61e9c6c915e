/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import ai.djl.training.Trainer;
import io.github.gssloss.core.ClassDecisions;
import io.github.gssloss.core.ClassGroup;
import io.github.gssloss.core.ClassGroups;
import io.github.gssloss.core.Decision;
import io.github.gssloss.core.DecisionShares;
import io.github.gssloss.djl.DecisionListener;
import io.github.gssloss.djl.GssLoss;
import io.github.gssloss.program.model.Losses;
import io.github.gssloss.program.report.CurvePanel;
import io.github.gssloss.program.report.LearningCurve;
import io.github.gssloss.program.report.Series;
import io.github.gssloss.program.report.SeriesCsv;
import io.github.gssloss.program.runfolder.RunCsv;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.runfolder.RunLength;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * How the votes of a training are decided while it goes on, every so many steps: {@code
 * epoch,step,undecided}, then for each class the share of each {@link Decision} over the voxels
 * labelled with it, as in {@code ED ALL_LEADERS}, empty where the batch has none, and the Dice of
 * the soft target, {@code ED teacher}. All shares lie between 0 and 1.
 */
final class DecisionLog {

    private static final String TARGET_DICE = "teacher";

    /** The decisions that have a column: in a training every modality is there. */
    private static final List<Decision> DECISIONS =
            List.of(
                    Decision.ALL_LEADERS,
                    Decision.SOME_LEADERS,
                    Decision.MEMBERS,
                    Decision.MINIMUM);

    private final RunFolder run;
    private final ClassGroups groups;
    private final RunCsv csv;
    private Optional<DecisionShares> seen = Optional.empty();

    DecisionLog(RunFolder run) {
        this.run = run;
        groups = Losses.config(run.settings()).groups();
        List<String> columns = new ArrayList<>(List.of("epoch", "step", "undecided"));
        groups.classNames().forEach(name -> columns.addAll(columns(name)));
        csv = new RunCsv(run.decisions(), columns);
    }

    /** The columns of a class. */
    static List<String> columns(String className) {
        List<String> columns = new ArrayList<>();
        DECISIONS.forEach(decision -> columns.add(className + " " + decision));
        columns.add(className + " " + TARGET_DICE);
        return columns;
    }

    /** Begins at a step: the rows of this and later ones are removed. */
    void begin(long step) throws IOException {
        csv.removeFrom("step", step);
    }

    /** What looks at the batches of a round; empty where the settings want none. */
    Optional<DecisionListener> listener(GssLoss loss) {
        int every = run.settings().decisionsEvery();
        if (every == 0) {
            return Optional.empty();
        }
        return Optional.of(
                new DecisionListener(loss, every) {
                    @Override
                    protected void report(Trainer trainer, DecisionShares shares) {
                        seen = Optional.of(shares);
                    }
                });
    }

    /** Writes what was seen at a step, if it was looked at. */
    void write(long step) throws IOException {
        if (seen.isEmpty()) {
            return;
        }
        List<Object> row = new ArrayList<>();
        row.add(RunLength.of(run.settings()).epochOf(step));
        row.add(step);
        row.add(seen.get().undecided());
        for (ClassDecisions one : seen.get().classes()) {
            DECISIONS.forEach(decision -> row.add(cell(one.shareWithin(decision))));
            row.add(cell(one.targetDice()));
        }
        csv.append(row);
        seen = Optional.empty();
    }

    private static String cell(OptionalDouble number) {
        return number.isPresent() ? Double.toString(number.getAsDouble()) : "";
    }

    /** Draws a chart for each class, where there is anything to draw. */
    void draw() {
        if (!Files.exists(run.decisions())) {
            return;
        }
        List<CurvePanel> panels = new ArrayList<>();
        for (ClassGroup group : groups.groups()) {
            String leaders =
                    group.leaders().stream()
                            .map(groups.modalities()::get)
                            .collect(Collectors.joining(", "));
            panels.add(
                    new CurvePanel(
                            group.className() + ", led by " + leaders,
                            "step",
                            "share of the voxels of " + group.className() + "; Dice",
                            false,
                            run.settings().iterations(),
                            series(group.className())));
        }
        new LearningCurve(panels).write(run.decisionsChart());
    }

    /** The columns of a class under names that fit beside each other below a chart. */
    private List<Series> series(String className) {
        return SeriesCsv.read(run.decisions(), "step", columns(className)).stream()
                .map(one -> one.named(shortName(one.name().substring(className.length() + 1))))
                .toList();
    }

    private static String shortName(String column) {
        return column.equals(TARGET_DICE)
                ? "Dice of the target"
                : column.replace('_', ' ').toLowerCase(Locale.ROOT);
    }
}
