/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.stream.IntStream;

/**
 * The soft Dice loss of RFNet, mmFormer and GSS: \(L = 1 - \frac{1}{N} \sum_c \frac{2 \sum p_c
 * y_c}{\sum p_c + \sum y_c + 10^{-7}}\), sums over batch and space, background included.
 *
 * <p>In this published form a class that is absent from labels and prediction scores 0: a perfect
 * prediction of a crop without tumour costs (N - 1) / N, 0.75 with four classes. That offset
 * carries no gradient.
 */
public class SoftDiceLoss extends TaskLoss {

    private static final double SMOOTH = 1e-7;

    /** Creates the loss under its own name. */
    public SoftDiceLoss() {
        this("SoftDiceLoss");
    }

    /**
     * Creates the loss.
     *
     * @param name the display name
     */
    public SoftDiceLoss(String name) {
        super(name);
    }

    /** {@inheritDoc} */
    @Override
    NDArray evaluate(TaskLabels labels, NDArray probabilities) {
        NDManager owner = probabilities.getManager();
        try (NDManager work = owner.newSubManager()) {
            work.tempAttachAll(new NDList(probabilities, labels.oneHot()));
            int rank = probabilities.getShape().dimension();
            int[] axes = IntStream.range(0, rank).filter(axis -> axis != 1).toArray();
            NDArray y = labels.oneHot();
            NDArray overlap = probabilities.mul(y).sum(axes);
            NDArray sizes = probabilities.sum(axes).add(y.sum(axes)).add(SMOOTH);
            NDArray loss = overlap.add(overlap).div(sizes).mean().neg().add(1);
            loss.attach(owner);
            return loss;
        }
    }
}
