/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.core.Balance;
import io.github.gssloss.core.DistillationInput;
import io.github.gssloss.core.GroupDistillation;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.core.PaperTeacher;
import io.github.gssloss.core.SoftTarget;
import io.github.gssloss.core.Trust;
import io.github.gssloss.djl.OutputLayout;
import io.github.gssloss.imaging.measure.EvaluationCase;
import io.github.gssloss.imaging.segment.SliceWindows;
import io.github.gssloss.program.config.LossPreset;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.model.Losses;
import io.github.gssloss.program.model.RunNetwork;
import io.github.gssloss.program.report.DecisionPicture;
import io.github.gssloss.program.report.SliceVotes;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What the branches of a network would vote on a case: their decoders, which exist for training
 * only, run over the windows that see one axial slice. Where windows overlap the logits are
 * averaged, as the evaluation averages probabilities; then the loss's own rules vote, all
 * modalities given.
 *
 * @param network from images and subsets to the outputs of training
 * @param layout which of these outputs are the branch logits
 * @param distillation the rules
 * @param windows the windows
 */
record BranchVotes(
        UnaryOperator<NDList> network,
        OutputLayout layout,
        GroupDistillation distillation,
        SliceWindows windows) {

    /**
     * Draws the axial slice of a case with the most foreground, as the branches vote: labels and
     * readiness, which the loss may have used, have no influence. Nothing is drawn where the run
     * was trained without distillation, where its soft targets are not votes, and where the network
     * gives its branches in training alone.
     *
     * @param network the network of the run
     * @param overlap of neighbouring windows, as the evaluation has it
     * @param shown the case, with all modalities
     * @param file the picture
     */
    static void draw(RunNetwork network, double overlap, EvaluationCase shown, Path file) {
        RunSettings settings = network.settings();
        GssConfig config =
                Losses.rules(settings).toBuilder()
                        .optTrust(Trust.NONE)
                        .optBalance(Balance.VOXEL)
                        .optReadiness(null)
                        .build();
        Optional<UnaryOperator<NDList>> branches = network.branches();
        if (settings.loss().preset() == LossPreset.NONE
                || config.teacher() != PaperTeacher.VOTES
                || branches.isEmpty()) {
            return;
        }
        BranchVotes votes =
                new BranchVotes(
                        branches.get(),
                        settings.outputs().outputs(),
                        new GroupDistillation(config),
                        new SliceWindows(settings.crop().sides(), overlap));
        int slice = DecisionPicture.slice(shown.shape(), shown.labels());
        new DecisionPicture(shown, settings.description(), config.groups())
                .write(votes.of(network.manager(), shown, slice), file);
    }

    /**
     * Votes on a slice.
     *
     * @param manager whose device the windows go to; nothing stays on it
     * @param shown the case
     * @param z the slice, from 0
     * @return the votes
     */
    SliceVotes of(NDManager manager, EvaluationCase shown, int z) {
        int classes = distillation.config().groups().numClasses();
        int[] shape = shown.shape();
        float[] logits =
                windows.mean(
                        shape,
                        shown.images(),
                        z,
                        modalities() * classes,
                        (images, depth) -> branchLogits(manager, images, depth));
        try (NDManager scope = manager.newSubManager()) {
            NDArray all =
                    scope.create(logits, new Shape(modalities(), 1, classes, shape[0], shape[1]));
            NDList branches = new NDList();
            for (int m = 0; m < modalities(); m++) {
                branches.add(all.get(m));
            }
            SoftTarget target = distillation.softTarget(DistillationInput.of(branches));
            return new SliceVotes(
                    z,
                    target.vote().decision().toType(DataType.INT8, false).toByteArray(),
                    target.target().toFloatArray(),
                    target.decided().toType(DataType.BOOLEAN, false).toBooleanArray());
        }
    }

    private int modalities() {
        return distillation.config().groups().modalities().size();
    }

    /** The logits of a window's slice, (modality * class, D, H). */
    private float[] branchLogits(NDManager manager, float[] images, int depth) {
        try (NDManager scope = manager.newSubManager()) {
            NDArray image = scope.create(images, windows.shape(modalities()));
            NDArray subset = scope.ones(new Shape(1, modalities()), DataType.BOOLEAN);
            NDList outputs = network.apply(new NDList(image, subset));
            NDList planes = new NDList();
            for (NDArray logits : layout.branchLogits(outputs)) {
                planes.add(logits.get("0,:,:,:,{}", depth));
            }
            return NDArrays.concat(planes, 0).toFloatArray();
        }
    }
}
