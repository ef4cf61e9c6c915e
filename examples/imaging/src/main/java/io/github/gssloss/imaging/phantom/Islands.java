/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.phantom;

import io.github.gssloss.imaging.dataset.Brats;
import java.util.stream.IntStream;

/** Finds labelled voxels that do not hang together with the tumour's core, face to face. */
final class Islands {

    private Islands() {}

    /** Returns the indices of all labelled voxels that no way through labels joins to a core. */
    static int[] apartFromCore(byte[] labels, int nx, int ny, int nz) {
        int oedema = Brats.BRATS2020.labels().fileLabel(Tumor.OEDEMA);
        boolean[] joined = new boolean[labels.length];
        int[] queue = new int[labels.length];
        int end = 0;
        for (int at = 0; at < labels.length; at++) {
            if (labels[at] != 0 && labels[at] != oedema) {
                joined[at] = true;
                queue[end++] = at;
            }
        }
        int[] stride = {ny * nz, nz, 1};
        int[] size = {nx, ny, nz};
        for (int next = 0; next < end; next++) {
            int at = queue[next];
            for (int axis = 0; axis < 3; axis++) {
                int position = at / stride[axis] % size[axis];
                for (int step = -1; step <= 1; step += 2) {
                    int to = at + step * stride[axis];
                    boolean within = position + step >= 0 && position + step < size[axis];
                    if (within && labels[to] != 0 && !joined[to]) {
                        joined[to] = true;
                        queue[end++] = to;
                    }
                }
            }
        }
        return IntStream.range(0, labels.length)
                .filter(at -> labels[at] != 0 && !joined[at])
                .toArray();
    }
}
