/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.robustseg;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import io.github.gssloss.networks.ForwardPass;
import io.github.gssloss.networks.Layers;

/**
 * The fusion of a level of C channels: each modality's features times its gate, then a 1^3 unit on
 * all of them side by side.
 *
 * @param gate the gates of all modalities
 * @param unit the unit, M C to C channels
 */
record GatedFusion(Gate gate, Block unit) {

    static GatedFusion of(int modalities, int channels, UnitStyle style) {
        return new GatedFusion(new Gate(modalities, style), style.size1(channels));
    }

    /**
     * Fuses a subset.
     *
     * @param pass the forward pass
     * @param features the features (B, M, C, D, H, W), left open
     * @param subset (B, M) as 0 and 1 of the features' type, left open
     * @return the fused features (B, C, D, H, W)
     */
    NDArray apply(ForwardPass pass, NDArray features, NDArray subset) {
        long[] s = features.getShape().getShape();
        NDArray weighed;
        try (NDArray masked = Layers.masked(features, subset);
                NDArray gates = pass.apply(gate, masked);
                NDArray weights = gates.reshape(s[0], s[1], 1, s[3], s[4], s[5]);
                NDArray grouped = masked.reshape(features.getShape());
                NDArray products = grouped.mul(weights)) {
            weighed = products.reshape(masked.getShape());
        }
        return pass.applyAndClose(unit, weighed);
    }

    /**
     * Initialises both parts.
     *
     * @param manager the manager of the parameters
     * @param dataType their type
     * @param features the shape of the features (B, M, C, D, H, W)
     */
    void initialize(NDManager manager, DataType dataType, Shape features) {
        long[] s = features.getShape();
        Shape all = new Shape(s[0], s[1] * s[2], s[3], s[4], s[5]);
        gate.initialize(manager, dataType, all);
        unit.initialize(manager, dataType, all);
    }
}
