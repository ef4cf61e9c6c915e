/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.djl.OutputLayout;
import io.github.gssloss.imaging.segment.Segmenter;
import java.util.function.UnaryOperator;

/**
 * The branches of a network as segmenters of their own: with the subset of a single modality a
 * window is segmented by that modality's branch. All branches of a window are computed once.
 *
 * @param network from images and subsets to the outputs of training
 * @param layout which of these outputs are the branch logits
 */
public record BranchSegmenter(UnaryOperator<NDList> network, OutputLayout layout)
        implements Segmenter {

    @Override
    public NDArray probabilities(NDArray image, NDArray subset) {
        return prepare(image).apply(subset);
    }

    /**
     * {@inheritDoc}
     *
     * @return from the subset of one modality to the probabilities of its branch
     */
    @Override
    public UnaryOperator<NDArray> prepare(NDArray image) {
        Shape shape = new Shape(image.getShape().get(0), image.getShape().get(1));
        // The branches do not depend on the subset; all keeps images that the network would clear.
        NDArray all = image.getManager().ones(shape, DataType.BOOLEAN);
        NDList branches = layout.branchLogits(network.apply(new NDList(image, all)));
        return subset -> branches.get(only(subset)).softmax(1);
    }

    private static int only(NDArray subset) {
        boolean[] mask = subset.toBooleanArray();
        int found = -1;
        for (int m = 0; m < mask.length; m++) {
            if (mask[m] && found >= 0) {
                throw new IllegalArgumentException("subset: expected one modality, got more");
            }
            found = mask[m] ? m : found;
        }
        if (found < 0) {
            throw new IllegalArgumentException("subset: expected one modality, got none");
        }
        return found;
    }
}
