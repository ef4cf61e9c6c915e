/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.core.DistillationInput;
import io.github.gssloss.core.GroupDistillation;
import io.github.gssloss.core.GssConfig;
import java.io.IOException;

/**
 * Counts the operations of PyTorch that an evaluation of the distillation takes, by the engine's
 * profile: those that Java asks for, not those that one of them is made of. Views and constants
 * count as well.
 */
final class EngineOperations {

    private EngineOperations() {}

    /**
     * Counts an evaluation of random logits in one block, on the manager's device.
     *
     * @param size how large, of at most the voxels of one block
     * @param config the settings
     * @param manager receives the arrays
     */
    static int count(LossCase size, GssConfig config, NDManager manager) throws IOException {
        try (NDManager work = manager.newSubManager()) {
            NDArray truth = size.truth(work);
            NDList logits = size.logits(truth);
            DistillationInput input =
                    DistillationInput.builder()
                            .setBranchLogits(logits)
                            .optLabels(truth)
                            .optFused(logits.get(0).softmax(1))
                            .optReady(work.ones(new Shape(size.classes())))
                            .build();
            GroupDistillation distillation = new GroupDistillation(config, size.voxels());
            return EngineProfile.of(() -> distillation.evaluate(input).close()).outermost();
        }
    }
}
