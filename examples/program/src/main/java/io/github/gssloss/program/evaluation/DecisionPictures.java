/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.evaluation;

import ai.djl.ndarray.NDList;
import io.github.gssloss.core.GroupDistillation;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.core.PaperTeacher;
import io.github.gssloss.imaging.measure.EvaluationCase;
import io.github.gssloss.imaging.segment.SliceWindows;
import io.github.gssloss.program.config.LossPreset;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.model.Losses;
import io.github.gssloss.program.model.RunNetwork;
import io.github.gssloss.program.report.DecisionPicture;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Draws for the cases of a run which rule of its distillation decided where. */
final class DecisionPictures {

    private DecisionPictures() {}

    /**
     * Draws the axial slice of a case with the most tumour. Nothing is drawn where the run was
     * trained without distillation, where its soft targets are not votes, and where the network
     * gives its branches in training alone.
     *
     * @param network the network of the run
     * @param overlap of neighbouring windows, as the evaluation has it
     * @param shown the case, with all four modalities
     * @param out the folder of {@code decisions-CASE.png}
     */
    static void write(RunNetwork network, double overlap, EvaluationCase shown, Path out) {
        RunSettings settings = network.settings();
        GssConfig config = Losses.config(settings);
        Optional<UnaryOperator<NDList>> branches = network.branches();
        if (settings.loss().preset() == LossPreset.NONE
                || config.teacher() != PaperTeacher.VOTES
                || branches.isEmpty()) {
            return;
        }
        BranchVotes votes =
                new BranchVotes(
                        branches.get(),
                        settings.model().outputs().outputs(),
                        new GroupDistillation(config),
                        new SliceWindows(settings.crop().sides(), overlap));
        int slice = DecisionPicture.slice(shown.shape(), shown.labels());
        new DecisionPicture(shown, settings.labels(), config.groups())
                .write(
                        votes.of(network.manager(), shown, slice),
                        out.resolve("decisions-" + shown.name() + ".png"));
    }
}
