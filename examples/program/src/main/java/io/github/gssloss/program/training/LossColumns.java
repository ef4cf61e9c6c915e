/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import io.github.gssloss.djl.LossParts;
import io.github.gssloss.program.report.CurvePanel;
import io.github.gssloss.program.report.LearningCurve;
import io.github.gssloss.program.report.SeriesCsv;
import io.github.gssloss.program.runfolder.RunFolder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parts of the loss as columns of the losses file, and as curves drawn from it. */
final class LossColumns {

    static final List<String> NAMES =
            List.of("total", "fused", "branches", "auxiliary", "distillation");

    private LossColumns() {}

    static Map<String, Double> of(LossParts parts) {
        Map<String, Double> columns = new LinkedHashMap<>();
        columns.put("total", shortest(parts.total()));
        columns.put("fused", shortest(parts.fused()));
        columns.put("branches", shortest(parts.branches()));
        columns.put("auxiliary", shortest(parts.auxiliary()));
        columns.put("distillation", shortest(parts.distillation()));
        return columns;
    }

    /** The double that prints as short as the float does, and reads back as the same float. */
    private static double shortest(float value) {
        return Double.parseDouble(Float.toString(value));
    }

    /** Draws the learning curve of a run from its losses. */
    static void draw(RunFolder run) {
        new LearningCurve(
                        List.of(
                                new CurvePanel(
                                        "Losses of " + run.path().getFileName(),
                                        "step",
                                        "loss",
                                        true,
                                        run.settings().iterations(),
                                        SeriesCsv.read(run.losses(), "step", NAMES))))
                .write(run.learningCurve());
    }
}
