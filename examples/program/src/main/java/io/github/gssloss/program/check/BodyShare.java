/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.check;

import java.util.Optional;

/** How much of the box around them the voxels fill that differ from 0 in any modality. */
final class BodyShare {

    /** In percent. The brain's share was 40 to 51 in 67 BraTS volumes; an ellipsoid's is 52. */
    private static final long LEAST = 30;

    /** In percent; beyond it, the background is hardly 0. */
    private static final long MOST = 95;

    private final int[] shape;
    private final boolean[] body;

    BodyShare(int... shape) {
        this.shape = shape.clone();
        body = new boolean[shape[0] * shape[1] * shape[2]];
    }

    /** Adds a modality, (x, y, z) in C order. */
    void add(float[] image) {
        for (int v = 0; v < body.length; v++) {
            body[v] |= image[v] != 0 && Float.isFinite(image[v]);
        }
    }

    /** What is odd about the share, if anything. */
    Optional<String> oddity() {
        int[] low = shape.clone();
        int[] high = {-1, -1, -1};
        long count = 0;
        int[] at = new int[3];
        for (int v = 0; v < body.length; v++) {
            if (body[v]) {
                count++;
                at[0] = v / (shape[1] * shape[2]);
                at[1] = v / shape[2] % shape[1];
                at[2] = v % shape[2];
                for (int axis = 0; axis < 3; axis++) {
                    low[axis] = Math.min(low[axis], at[axis]);
                    high[axis] = Math.max(high[axis], at[axis]);
                }
            }
        }
        if (count == 0) {
            return Optional.empty();
        }
        long box = 1;
        for (int axis = 0; axis < 3; axis++) {
            box *= high[axis] - low[axis] + 1;
        }
        long share = 100 * count / box;
        if (share < LEAST) {
            return Optional.of(
                    "the voxels that are not 0 fill %d %% of the box around them".formatted(share)
                            + ", a brain about half: are there stray ones?");
        }
        return share <= MOST
                ? Optional.empty()
                : Optional.of(
                        "%d %% of the voxels in the box are not 0".formatted(share)
                                + ", expected a background of 0 (else see the setting foreground)");
    }
}
