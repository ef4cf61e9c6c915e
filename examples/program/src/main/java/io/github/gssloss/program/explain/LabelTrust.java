/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.explain;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.core.DistillationInput;
import io.github.gssloss.core.GroupDistillation;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.core.SoftTarget;
import io.github.gssloss.core.Trust;
import io.github.gssloss.program.config.VoxelLabel;

/**
 * How much of a voxel's target is believed, by its label.
 *
 * @param label the label
 * @param asGate the weight of {@link Trust#LABEL}, 0 or 1
 * @param asWeight the weight of {@link Trust#LABEL_WEIGHT}, from 0 to 1
 */
record LabelTrust(VoxelLabel label, double asGate, double asWeight) {

    /** The trust in the target of the only voxel of an input; gives the input its label. */
    static LabelTrust of(
            GssConfig config,
            DistillationInput.Builder input,
            VoxelLabel label,
            NDManager manager) {
        int[] index = {label.index()};
        DistillationInput labelled =
                input.optLabels(manager.create(index, new Shape(1, 1))).build();
        return new LabelTrust(
                label,
                weight(config, Trust.LABEL, labelled),
                weight(config, Trust.LABEL_WEIGHT, labelled));
    }

    private static double weight(GssConfig config, Trust trust, DistillationInput input) {
        GssConfig trusting = config.toBuilder().optTrust(trust).build();
        try (SoftTarget target = new GroupDistillation(trusting).softTarget(input)) {
            return target.trust().toDoubleArray()[0];
        }
    }
}
