/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.ParameterStore;
import io.github.gssloss.imaging.segment.Segmenter;
import io.github.gssloss.networks.ModalityNetwork;
import java.util.function.UnaryOperator;

/**
 * A network as the evaluation sees it: what does not depend on the subset runs once for all of
 * them.
 *
 * @param network the network, initialised
 * @param parameters where its parameters are
 */
record NetworkSegmenter(ModalityNetwork network, ParameterStore parameters) implements Segmenter {

    @Override
    public NDArray probabilities(NDArray image, NDArray subset) {
        return prepare(image).apply(subset);
    }

    @Override
    public UnaryOperator<NDArray> prepare(NDArray image) {
        NDList features = network.encode(parameters, image, false);
        return subset -> network.fuse(parameters, features, subset);
    }
}
