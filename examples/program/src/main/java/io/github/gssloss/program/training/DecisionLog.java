/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import ai.djl.training.Trainer;
import io.github.gssloss.core.ClassGroup;
import io.github.gssloss.core.ClassGroups;
import io.github.gssloss.core.DecisionShares;
import io.github.gssloss.djl.DecisionListener;
import io.github.gssloss.djl.GssLoss;
import io.github.gssloss.program.model.Losses;
import io.github.gssloss.program.report.CurvePanel;
import io.github.gssloss.program.report.LearningCurve;
import io.github.gssloss.program.report.Series;
import io.github.gssloss.program.report.SeriesCsv;
import io.github.gssloss.program.runfolder.DecisionsCsv;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.runfolder.RunLength;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How the votes of a training are decided while it goes on, every so many steps: whether leaders
 * are sure enough to lead, and how good the target is that they give.
 */
final class DecisionLog {

    private final RunLength length;
    private final int every;
    private final DecisionsCsv csv;
    private Optional<DecisionShares> seen = Optional.empty();

    DecisionLog(RunFolder run) {
        length = RunLength.of(run.settings());
        every = run.settings().decisionsEvery();
        csv = new DecisionsCsv(run.decisions());
    }

    /** Begins at a step: what a stopped run has left of this and later ones is removed. */
    void begin(long step) throws IOException {
        csv.cutFrom(step);
    }

    /** What looks at the batches of a round; empty where the settings want none. */
    Optional<DecisionListener> listener(GssLoss loss) {
        return every == 0 ? Optional.empty() : Optional.of(new Listener(loss, every));
    }

    /** Writes what was seen at a step, if it was looked at. */
    void write(long step) throws IOException {
        if (seen.isPresent()) {
            csv.append(length.epochOf(step), step, seen.get());
            seen = Optional.empty();
        }
    }

    private final class Listener extends DecisionListener {

        Listener(GssLoss loss, int every) {
            super(loss, every);
        }

        @Override
        protected void report(Trainer trainer, DecisionShares shares) {
            seen = Optional.of(shares);
        }
    }

    /** Draws a chart for each class, where there is anything to draw. */
    static void draw(RunFolder run) {
        if (!Files.exists(run.decisions())) {
            return;
        }
        ClassGroups groups = Losses.config(run.settings()).groups();
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
                            series(run, group.className())));
        }
        new LearningCurve(panels).write(run.decisionsChart());
    }

    /** The columns of a class under names that fit beside each other below a chart. */
    private static List<Series> series(RunFolder run, String className) {
        return SeriesCsv.read(run.decisions(), "step", DecisionsCsv.columns(className)).stream()
                .map(one -> one.named(shortName(one.name().substring(className.length() + 1))))
                .toList();
    }

    private static String shortName(String column) {
        return column.equals(DecisionsCsv.TEACHER)
                ? "Dice of the target"
                : column.replace('_', ' ').toLowerCase(Locale.ROOT);
    }
}
