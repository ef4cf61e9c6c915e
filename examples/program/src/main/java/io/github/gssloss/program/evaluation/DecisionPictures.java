/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.evaluation;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.github.gssloss.core.GroupDistillation;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.core.PaperTeacher;
import io.github.gssloss.imaging.measure.EvaluationCase;
import io.github.gssloss.imaging.segment.SliceWindows;
import io.github.gssloss.program.config.LossPreset;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.model.Losses;
import io.github.gssloss.program.report.DecisionPicture;
import java.nio.file.Path;
import java.util.Optional;

/** Draws for the cases of a run which rule of its distillation decided where. */
final class DecisionPictures {

    private final RunSettings settings;
    private final BranchVotes votes;

    private DecisionPictures(RunSettings settings, BranchVotes votes) {
        this.settings = settings;
        this.votes = votes;
    }

    /**
     * Prepares the pictures of a run.
     *
     * @param settings the settings of the run
     * @param network its network, initialised
     * @param parameters where its parameters are
     * @param overlap of neighbouring windows, as the evaluation has it
     * @return empty where the run was trained without distillation or taught by something else than
     *     votes
     */
    static Optional<DecisionPictures> of(
            RunSettings settings, Block network, ParameterStore parameters, double overlap) {
        GssConfig config = Losses.config(settings);
        if (settings.loss().preset() == LossPreset.NONE || config.teacher() != PaperTeacher.VOTES) {
            return Optional.empty();
        }
        BranchVotes votes =
                new BranchVotes(
                        network,
                        parameters,
                        settings.model().outputs().outputs(),
                        new GroupDistillation(config),
                        new SliceWindows(settings.crop().sides(), overlap));
        return Optional.of(new DecisionPictures(settings, votes));
    }

    /**
     * Draws the axial slice of a case with the most tumour.
     *
     * @param manager whose device the windows go to; nothing stays on it
     * @param shown the case, with all four modalities
     * @param out the folder of {@code decisions-CASE.png}
     */
    void write(NDManager manager, EvaluationCase shown, Path out) {
        int slice = DecisionPicture.slice(shown.shape(), shown.labels());
        new DecisionPicture(shown, settings.labels(), votes.distillation().config().groups())
                .write(
                        votes.of(manager, shown, slice),
                        out.resolve("decisions-" + shown.name() + ".png"));
    }
}
