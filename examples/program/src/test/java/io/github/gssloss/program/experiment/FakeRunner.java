/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.experiment;

import ai.djl.util.Progress;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.dataset.Region;
import io.github.gssloss.imaging.measure.Measures;
import io.github.gssloss.imaging.measure.Score;
import io.github.gssloss.program.evaluation.EvaluationSettings;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.tables.ScoresCsv;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.io.file.PathUtils;

/** Leaves what training and evaluating leave, with scores drawn from the settings of the run. */
final class FakeRunner implements CellRunner {

    /** What happens when a cell has been trained. */
    IOAction trained = () -> {};

    /** Something that happens meanwhile. */
    interface IOAction {
        void run() throws IOException;
    }

    /** What was done, in order. */
    final List<String> done = Collections.synchronizedList(new ArrayList<>());

    /** The cells that fail, with the reason. */
    final Map<String, String> failing = new HashMap<>();

    /** The cell in whose training the program is killed; empty: it is not. */
    String killedIn = "";

    @Override
    public CellOutcome run(CellJob job, Progress progress) throws IOException {
        return CellWork.alone(job, () -> work(job));
    }

    private CellOutcome work(CellJob job) throws IOException {
        CellOutcome outcome = CellOutcome.read(job.outcome(), job.run()).withFailure("");
        if (failing.containsKey(job.name())) {
            outcome = outcome.withFailure(failing.get(job.name()));
            outcome.write(job.outcome());
            return outcome;
        }
        if (!outcome.trained()) {
            if (Files.exists(job.run())) {
                PathUtils.deleteDirectory(job.run());
            }
            RunFolder run = RunFolder.create(job.run(), job.settings(), Map.of());
            Files.writeString(run.checkpoints().resolve("epoch-00001.npz"), "1");
            if (job.name().equals(killedIn)) {
                throw new IllegalStateException("killed");
            }
            Files.writeString(run.checkpoints().resolve("epoch-00002.npz"), "2");
            done.add("train " + job.name());
            trained.run();
            outcome = outcome.withTraining(90);
            outcome.write(job.outcome());
        }
        if (job.evaluation().isPresent()) {
            evaluate(job, job.evaluation().get());
            done.add("evaluate " + job.name());
            outcome = outcome.withEvaluation(CellJob.words(job.evaluation().get()), 2.5);
        }
        outcome.write(job.outcome());
        return outcome;
    }

    private static void evaluate(CellJob job, EvaluationSettings how) throws IOException {
        Random random = new Random(job.settings().toYaml().replaceAll("weights:.*", "").hashCode());
        List<Score> rows = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            for (ModalitySubset subset : how.subsets()) {
                for (Region region : Brats.BRATS2020.regions()) {
                    double dice = random.nextDouble();
                    rows.add(
                            new Score(
                                    "case-" + i,
                                    subset,
                                    region,
                                    new Measures(dice, dice, dice, dice, dice, dice, 5)));
                }
            }
        }
        Files.createDirectories(job.evaluated());
        Files.writeString(job.evaluated().resolve("scores.csv"), ScoresCsv.text(rows));
    }
}
