/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.robustseg;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import io.github.gssloss.networks.ForwardPass;
import io.github.gssloss.networks.Layer;
import io.github.gssloss.networks.PaddedConv3d;
import java.util.ArrayList;
import java.util.List;

/**
 * The encoder of how one modality renders what it shows: a 7^3 convolution to 2C channels, four of
 * 4^3 and stride 2 to 4C, 8C, 8C, 8C, a ReLU after each, the mean over space, a 1^3 convolution.
 * Input (B, 1, D, H, W); output, the style code, (B, 8).
 */
final class StyleEncoder extends Layer {

    /** Numbers of a style code, of networks of any width. */
    static final int CODE = 8;

    /** Channels in units of C. */
    private static final int[] WIDTHS = {2, 4, 8, 8, 8};

    private final List<PaddedConv3d> convs = new ArrayList<>();
    private final PaddedConv3d head;

    StyleEncoder(int width, UnitStyle style) {
        for (int i = 0; i < WIDTHS.length; i++) {
            int filters = WIDTHS[i] * width;
            PaddedConv3d conv =
                    i == 0 ? style.convolution(filters, 7, 1) : style.convolution(filters, 4, 2);
            convs.add(addChildBlock("c_" + i, conv));
        }
        head = addChildBlock("se_logit", style.convolution(CODE, 1, 1));
    }

    @Override
    protected NDList forward(ForwardPass pass, NDList inputs) {
        NDArray x = activated(pass, convs.get(0), inputs.singletonOrThrow());
        for (PaddedConv3d conv : convs.subList(1, convs.size())) {
            try (NDArray before = x) {
                x = activated(pass, conv, before);
            }
        }
        long[] s = x.getShape().getShape();
        try (NDArray features = x;
                NDArray voxels = features.reshape(s[0], s[1], s[2] * s[3] * s[4]);
                NDArray mean = voxels.mean(new int[] {2}, true);
                NDArray voxel = mean.reshape(s[0], s[1], 1, 1, 1);
                NDArray code = pass.apply(head, voxel)) {
            return new NDList(code.reshape(code.getShape().get(0), CODE));
        }
    }

    private static NDArray activated(ForwardPass pass, PaddedConv3d conv, NDArray x) {
        try (NDArray response = pass.apply(conv, x)) {
            return Activation.relu(response);
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {new Shape(inputShapes[0].get(0), CODE)};
    }
}
