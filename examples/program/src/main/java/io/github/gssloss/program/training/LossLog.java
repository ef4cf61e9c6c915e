/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import io.github.gssloss.djl.LossParts;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.report.CurvePanel;
import io.github.gssloss.program.report.LearningCurve;
import io.github.gssloss.program.report.SeriesCsv;
import io.github.gssloss.program.runfolder.RunCsv;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.runfolder.RunLength;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The losses of every step of a run: {@code epoch,step,lr}, the parts of the loss, and the losses
 * that the network gives itself.
 */
final class LossLog {

    private static final List<String> PARTS =
            List.of("total", "fused", "branches", "auxiliary", "distillation");

    private final RunFolder run;
    private final RunLength length;
    private final List<String> columns;
    private final RunCsv csv;

    LossLog(RunFolder run) {
        this.run = run;
        length = RunLength.of(run.settings());
        List<String> own = run.settings().outputs().outputs().networkLossNames();
        columns = Stream.concat(PARTS.stream(), own.stream()).toList();
        Stream<String> all = Stream.concat(Stream.of("epoch", "step", "lr"), columns.stream());
        csv = new RunCsv(run.losses(), all.toList());
    }

    /**
     * Begins at a step: the rows of this and later ones are removed.
     *
     * @throws UserInputException if the rows of the steps before are not all there
     */
    void begin(long step) throws IOException {
        List<List<String>> rows = csv.rows();
        int found = 0;
        while (found < rows.size() && rows.get(found).get(1).equals(Integer.toString(found))) {
            found++;
        }
        if (found < step) {
            throw new UserInputException(
                    "%s: expected the losses of %d steps, got those of %d"
                            .formatted(run.losses(), step, found));
        }
        csv.removeFrom("step", step);
    }

    /** Adds the row of a step. */
    void write(long step, double learningRate, LossParts parts) throws IOException {
        List<Object> row = new ArrayList<>(List.of(length.epochOf(step), step, learningRate));
        columns.stream().map(byName(parts)::get).forEach(row::add);
        csv.append(row);
    }

    /** Makes sure that all rows are on the disk. */
    void force() throws IOException {
        csv.force();
    }

    private static Map<String, Float> byName(LossParts parts) {
        Map<String, Float> named = new LinkedHashMap<>();
        named.put("total", parts.total());
        named.put("fused", parts.fused());
        named.put("branches", parts.branches());
        named.put("auxiliary", parts.auxiliary());
        named.put("distillation", parts.distillation());
        named.putAll(parts.network());
        return named;
    }

    /** The parts that are not finite; the total where each of them is. */
    static String notFinite(LossParts parts) {
        String named =
                byName(parts).entrySet().stream()
                        .skip(1)
                        .filter(part -> !Float.isFinite(part.getValue()))
                        .map(part -> part.getKey() + " is " + part.getValue())
                        .collect(Collectors.joining(", "));
        return named.isEmpty() ? "total is " + parts.total() : named;
    }

    /** A step in a line, for the display. */
    String line(long step, LossParts parts) {
        return String.format(
                Locale.ROOT,
                "epoch %d/%d, loss %.3f = fused %.2f + branches %.2f + aux %.2f, distillation %.4f",
                length.epochOf(step) + 1,
                length.allEpochs(),
                parts.total(),
                parts.fused(),
                parts.branches(),
                parts.auxiliary(),
                parts.distillation());
    }

    /** Draws the learning curve. */
    void draw() {
        CurvePanel panel =
                new CurvePanel(
                        "Losses of " + run.path().getFileName(),
                        "step",
                        "loss",
                        true,
                        run.settings().iterations(),
                        SeriesCsv.read(run.losses(), "step", columns));
        new LearningCurve(List.of(panel)).write(run.learningCurve());
    }
}
