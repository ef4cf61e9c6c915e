/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.mmformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import io.github.gssloss.networks.ForwardPass;
import io.github.gssloss.networks.Layer;

/** A step of a transformer: x + dropout(step(norm(x))), of tokens (B, n, T). */
final class Residual extends Layer {

    private final TokenNorm norm;
    private final Block step;
    private final float dropout;

    Residual(int channels, Block step, float dropout) {
        norm = addChildBlock("norm", new TokenNorm(channels));
        this.step = addChildBlock("fn", step);
        this.dropout = dropout;
    }

    @Override
    protected NDList forward(ForwardPass pass, NDList inputs) {
        NDArray x = inputs.singletonOrThrow();
        NDArray normal = pass.apply(norm, x);
        try (NDArray change = pass.applyAndClose(step, normal);
                NDArray kept = Tokens.dropout(change, dropout, pass.training())) {
            return new NDList(x.add(kept));
        }
    }
}
