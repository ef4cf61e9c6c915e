/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.gssloss.core.DistillationInput;
import io.github.gssloss.core.DistillationResult;
import io.github.gssloss.core.GroupDistillation;
import io.github.gssloss.core.GssConfig;

/**
 * The distillation of one batch.
 *
 * @param weighted &beta; &tau;<sup>2</sup> L<sub>kd</sub>, with gradient
 * @param plain L<sub>kd</sub>
 */
record DistillationTerm(NDArray weighted, NDArray plain) {

    static DistillationTerm of(LabelledBatch batch, BatchSettings settings, long blockVoxels) {
        GssConfig config = settings.config();
        NDList logits = batch.branchLogits();
        NDArray fused =
                config.teacher().needsFused() ? batch.fused().probabilities().stopGradient() : null;
        DistillationInput input =
                DistillationInput.builder()
                        .setBranchLogits(logits)
                        .optLabels(config.needsLabels() ? batch.classes() : null)
                        .optPresent(batch.present())
                        .optMask(settings.mask())
                        .optFused(fused)
                        .optReady(settings.ready())
                        .build();
        double weight = TrainerLoss.distillationWeight(config);
        DistillationResult result = distillation(config, blockVoxels).evaluate(input);
        NDArray value = AutogradConstants.times(result.loss(), weight);
        return new DistillationTerm(
                Surrogate.of(value, logits, result.gradients(), weight), result.loss());
    }

    /**
     * The distillation with blocks of a given size, or with what suits the device where it is 0.
     */
    static GroupDistillation distillation(GssConfig config, long blockVoxels) {
        return blockVoxels == 0
                ? new GroupDistillation(config)
                : new GroupDistillation(config, blockVoxels);
    }
}
