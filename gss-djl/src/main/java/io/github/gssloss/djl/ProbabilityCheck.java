/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** Finds outputs that are called probabilities and are none. */
final class ProbabilityCheck {

    private static final double TOLERANCE = 0.01;

    private ProbabilityCheck() {}

    /** Names the first output whose numbers do not sum to 1 or are negative; the host waits. */
    static void require(OutputLayout layout, LabelledBatch batch) {
        for (Output output : layout.all()) {
            if (output.kind() == OutputKind.PROBABILITIES && !holds(batch, output)) {
                throw new IllegalArgumentException(
                        "predictions "
                                + output.index()
                                + ": expected probabilities from 0 to 1 that sum to 1 over the"
                                + " classes, as the layout says, got other numbers; are they"
                                + " logits?");
            }
        }
    }

    private static boolean holds(LabelledBatch batch, Output output) {
        NDManager work = batch.manager();
        NDArray p = batch.values(output).array().stopGradient();
        NDArray one = AutogradConstants.constant(work, 1, p.getDataType());
        NDArray off = p.sum(new int[] {1}, true).sub(one).abs().maximum(p.neg());
        NDArray most = AutogradConstants.constant(work, TOLERANCE, p.getDataType());
        // NaN is not below the tolerance, and so is found too.
        return off.lte(most).all().getBoolean();
    }
}
