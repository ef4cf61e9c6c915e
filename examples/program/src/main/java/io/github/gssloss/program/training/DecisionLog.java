/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import ai.djl.ndarray.NDList;
import ai.djl.training.Trainer;
import io.github.gssloss.core.ClassGroups;
import io.github.gssloss.core.DecisionShares;
import io.github.gssloss.djl.DecisionListener;
import io.github.gssloss.djl.GradientNorms;
import io.github.gssloss.djl.GssLoss;
import io.github.gssloss.program.model.Losses;
import io.github.gssloss.program.runfolder.RunCsv;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.runfolder.RunLength;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the votes of a training are decided while it goes on, every so many steps, in {@code
 * decisions.csv} with the {@link DecisionColumns}. A file that an earlier version began keeps the
 * columns that it has: the later ones are left out.
 */
final class DecisionLog {

    private static final Logger LOG = LoggerFactory.getLogger(DecisionLog.class);

    private final RunFolder run;
    private final ClassGroups groups;
    private final BranchAlarm alarm;
    private final TeachingLog teaching;
    private RunCsv csv;
    private Optional<Look> seen = Optional.empty();

    /** A batch that was looked at, open until its step is taken. */
    private record Look(GssLoss loss, DecisionShares shares, NDList labels, NDList predictions) {

        GradientNorms norms() {
            return GradientNorms.of(loss, labels, predictions);
        }
    }

    DecisionLog(RunFolder run) {
        this.run = run;
        groups = Losses.config(run.settings()).groups();
        long steps = RunLength.of(run.settings()).steps() / run.settings().rounds();
        teaching = new TeachingLog(run, groups);
        alarm = new BranchAlarm(groups, run.settings().decisionsEvery(), steps);
    }

    /** Begins at a step: the rows of this and later ones are removed. */
    void begin(long step) throws IOException {
        DecisionColumns columns = new DecisionColumns(groups);
        csv = RunCsv.goOn(run.decisions(), columns.all(), columns.earlier().size());
        csv.removeFrom("step", step);
        teaching.begin(step);
    }

    /** What looks at the batches of a round; empty where the settings want none. */
    Optional<DecisionListener> listener(GssLoss loss) {
        int every = run.settings().decisionsEvery();
        if (every == 0) {
            return Optional.empty();
        }
        return Optional.of(
                new DecisionListener(loss, every) {
                    private DecisionShares shares;

                    @Override
                    public void onTrainingBatch(Trainer trainer, BatchData batch) {
                        shares = null;
                        super.onTrainingBatch(trainer, batch);
                        seen = Optional.ofNullable(shares).map(found -> look(found, batch));
                    }

                    @Override
                    protected void report(Trainer trainer, DecisionShares found) {
                        shares = found;
                    }

                    private Look look(DecisionShares found, BatchData batch) {
                        NDList labels = batch.getLabels().values().iterator().next();
                        NDList outputs = batch.getPredictions().values().iterator().next();
                        return new Look(loss, found, labels, outputs);
                    }
                });
    }

    /** Writes what was seen at a step that was taken, if it was looked at. */
    void write(long step) throws IOException {
        if (seen.isEmpty()) {
            return;
        }
        int epoch = RunLength.of(run.settings()).epochOf(step);
        List<Object> cells = DecisionColumns.cells(epoch, step, seen.get().shares());
        csv.append(cells.subList(0, csv.columns().size()));
        teaching.write(epoch, step, seen.get().shares(), seen.get().norms());
        seen = Optional.empty();
        if (alarm.isDue(step)) {
            alarm.warning(csv.columns(), csv.rows())
                    .ifPresent(words -> LOG.warn("step {}: {}", step, words));
        }
    }

    /** Draws the charts, where there is anything to draw. */
    void draw() {
        teaching.draw();
        if (Files.exists(run.decisions())) {
            new DecisionCurves(run.decisions(), groups, run.settings().iterations())
                    .write(run.decisionsChart());
        }
    }
}
