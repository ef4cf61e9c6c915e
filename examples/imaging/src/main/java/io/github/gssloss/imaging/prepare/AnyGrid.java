/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import io.github.gssloss.imaging.dataset.CaseFiles;

/** Whether the images of a case may lie on other grids than those of the training. */
enum AnyGrid {
    /** All images of a case lie on one grid. */
    REFUSED,
    /** Images of a case are brought to the grid of its first. */
    BROUGHT,
    /** They are, and averaged where they get coarser. */
    AVERAGED;

    /** The grid of a case. */
    CaseGrid of(CaseFiles files) {
        return this == REFUSED ? CaseGrid.of(files) : CaseGrid.ofAny(files);
    }

    /** Resamples an image. */
    float[] resampled(float[] volume, Resampling resampling) {
        return this == AVERAGED ? resampling.averaged(volume) : resampling.linear(volume);
    }
}
