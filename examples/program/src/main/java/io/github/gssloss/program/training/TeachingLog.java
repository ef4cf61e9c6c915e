/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import io.github.gssloss.core.ClassDecisions;
import io.github.gssloss.core.ClassGroups;
import io.github.gssloss.core.DecisionShares;
import io.github.gssloss.djl.GradientNorms;
import io.github.gssloss.program.report.CurvePanel;
import io.github.gssloss.program.report.LearningCurve;
import io.github.gssloss.program.report.Series;
import io.github.gssloss.program.report.SeriesCsv;
import io.github.gssloss.program.runfolder.RunCsv;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whether the soft target is better than the branches that it teaches, and how large its gradients
 * at them are, at the steps of the {@link DecisionLog}, in {@code teaching.csv}.
 *
 * <p>The columns are {@code epoch,step}; for each class the Dice of the target and of each branch
 * against the labels of the batch, {@code ED target}, {@code ED flair}, empty where no voxel has
 * the label; and for each modality the {@link GradientNorms} of its branch, {@code flair task} and
 * {@code flair distillation}.
 */
final class TeachingLog {

    private static final String TARGET = "target";

    private final RunFolder run;
    private final ClassGroups groups;
    private final RunCsv csv;

    TeachingLog(RunFolder run, ClassGroups groups) {
        this.run = run;
        this.groups = groups;
        csv = new RunCsv(run.teaching(), columns());
    }

    private List<String> columns() {
        List<String> columns = new ArrayList<>(List.of("epoch", "step"));
        groups.classNames().forEach(name -> columns.addAll(ofClass(name)));
        for (String modality : groups.modalities()) {
            columns.add(task(modality));
            columns.add(distillation(modality));
        }
        return columns;
    }

    private List<String> ofClass(String name) {
        return Stream.concat(Stream.of(TARGET), groups.modalities().stream())
                .map(teacher -> name + " " + teacher)
                .toList();
    }

    private static String task(String modality) {
        return modality + " task";
    }

    private static String distillation(String modality) {
        return modality + " distillation";
    }

    /** Begins at a step: the rows of this and later ones are removed. */
    void begin(long step) throws IOException {
        csv.removeFrom("step", step);
    }

    void write(int epoch, long step, DecisionShares shares, GradientNorms norms)
            throws IOException {
        List<Object> cells = new ArrayList<>(List.of(epoch, step));
        for (ClassDecisions one : shares.classes()) {
            boolean labelled = one.branchDice().stream().anyMatch(OptionalDouble::isPresent);
            cells.add(labelled ? one.targetDice().orElseThrow() : "");
            one.branchDice().forEach(dice -> cells.add(dice.isPresent() ? dice.getAsDouble() : ""));
        }
        for (int m = 0; m < groups.numModalities(); m++) {
            cells.add(norms.task().get(m));
            cells.add(norms.distillation().get(m));
        }
        csv.append(cells);
    }

    /** Draws a chart for each class and one of the gradients, where there is anything to draw. */
    void draw() {
        if (!Files.exists(run.teaching())) {
            return;
        }
        int smoothing = run.settings().iterations();
        List<CurvePanel> panels = new ArrayList<>();
        for (String name : groups.classNames()) {
            // The target last, so that a modality has one colour in all charts.
            List<String> columns = new ArrayList<>(ofClass(name));
            Collections.rotate(columns, -1);
            List<Series> lines =
                    SeriesCsv.read(run.teaching(), "step", columns).stream()
                            .map(one -> one.named(one.name().substring(name.length() + 1)))
                            .toList();
            panels.add(new CurvePanel(name, "step", "Dice", false, smoothing, lines));
        }
        panels.add(
                new CurvePanel(
                        "Gradients at the branches",
                        "step",
                        "norm of the distillation / of the task loss",
                        false,
                        smoothing,
                        gradientRatios()));
        new LearningCurve(panels).write(run.teaching().resolveSibling("teaching.png"));
    }

    /** The gradient of the distillation over that of the task loss, by branch. */
    List<Series> gradientRatios() {
        List<Series> ratios = new ArrayList<>();
        for (String modality : groups.modalities()) {
            List<Series> both =
                    SeriesCsv.read(
                            run.teaching(),
                            "step",
                            List.of(task(modality), distillation(modality)));
            double[] task = both.get(0).y();
            double[] distillation = both.get(1).y();
            double[] ratio =
                    IntStream.range(0, task.length)
                            .mapToDouble(i -> task[i] > 0 ? distillation[i] / task[i] : Double.NaN)
                            .toArray();
            if (Arrays.stream(ratio).anyMatch(Double::isFinite)) {
                ratios.add(new Series(modality, both.get(0).x(), ratio));
            }
        }
        return ratios;
    }
}
