/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

/**
 * Cross entropy of class probabilities with a larger weight for rare classes, as in RFNet, mmFormer
 * and GSS.
 *
 * <p>With one-hot labels y of a sample, \(w_c = 1 - \sum y_c / \sum y\) and \(L = -\frac{1}{B V}
 * \sum_{b,v,c} w_c\, y_c \log \max(p_c, 0.005)\): below 0.005 a probability has no gradient.
 */
public class WeightedCrossEntropyLoss extends TaskLoss {

    private static final double FLOOR = 0.005;

    /** Creates the loss under its own name. */
    public WeightedCrossEntropyLoss() {
        this("WeightedCrossEntropyLoss");
    }

    /**
     * Creates the loss.
     *
     * @param name the display name
     */
    public WeightedCrossEntropyLoss(String name) {
        super(name);
    }

    /** {@inheritDoc} */
    @Override
    NDArray evaluate(TaskLabels labels, NDArray probabilities) {
        NDManager owner = probabilities.getManager();
        try (NDManager work = owner.newSubManager()) {
            work.tempAttachAll(new NDList(probabilities, labels.weighted()));
            NDArray floor = AutogradConstants.constant(work, FLOOR, probabilities.getDataType());
            NDArray loss = probabilities.maximum(floor).log().mul(labels.weighted()).sum().neg();
            loss.attach(owner);
            return loss;
        }
    }
}
