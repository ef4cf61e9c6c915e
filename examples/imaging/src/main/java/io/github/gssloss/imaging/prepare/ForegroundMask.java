/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import java.util.Optional;

/** The voxels of a case that are foreground in one modality or more. Not safe for many threads. */
public final class ForegroundMask {

    /** In percent of the box. The brain's share was 40 to 51 in 67 volumes of BraTS. */
    private static final long LEAST = 30;

    /** In percent of the box, of which an ellipsoid fills 52. */
    private static final long MOST = 95;

    private final Foreground foreground;
    private final int[] shape;

    /** 1 where a voxel is foreground, else 0. */
    private final byte[] mask;

    /**
     * Creates a mask without foreground.
     *
     * @param foreground what foreground is
     * @param shape {nx, ny, nz} of the volumes
     */
    public ForegroundMask(Foreground foreground, int... shape) {
        this.foreground = foreground;
        this.shape = Extents.require("shape", shape);
        mask = new byte[Extents.voxels(shape)];
    }

    /**
     * Adds the foreground of a modality. What is not finite is none.
     *
     * @param volume (x, y, z) in C order
     */
    public void add(float[] volume) {
        for (int v = 0; v < mask.length; v++) {
            if (foreground.holds(volume[v]) && Float.isFinite(volume[v])) {
                mask[v] = 1;
            }
        }
    }

    /** Returns this mask on another grid: interpolated intensities would blur its border. */
    ForegroundMask resampled(Resampling resampling) {
        ForegroundMask other = new ForegroundMask(foreground, resampling.shape());
        byte[] nearest = resampling.nearest(mask);
        System.arraycopy(nearest, 0, other.mask, 0, nearest.length);
        return other;
    }

    /** Returns the smallest box that holds all foreground; empty where there is none. */
    Optional<BoundingBox> box() {
        int[] low = shape.clone();
        int[] high = {-1, -1, -1};
        for (int x = 0, v = 0; x < shape[0]; x++) {
            for (int y = 0; y < shape[1]; y++) {
                for (int z = 0; z < shape[2]; z++, v++) {
                    if (mask[v] != 0) {
                        low[0] = Math.min(low[0], x);
                        low[1] = Math.min(low[1], y);
                        low[2] = Math.min(low[2], z);
                        high[0] = Math.max(high[0], x);
                        high[1] = Math.max(high[1], y);
                        high[2] = Math.max(high[2], z);
                    }
                }
            }
        }
        return high[0] < 0 ? Optional.empty() : Optional.of(BoundingBox.between(low, high));
    }

    /** Returns 1 for each voxel of a box that is foreground, else 0; (x, y, z) in C order. */
    byte[] cut(BoundingBox box) {
        return box.cut(mask, shape);
    }

    /**
     * Says where the foreground fills far more or less of its box than a brain does.
     *
     * @return what is odd, in words; empty where nothing is, or where every voxel is foreground by
     *     {@link Foreground#ALL}
     */
    public Optional<String> doubt() {
        Optional<BoundingBox> box = box();
        if (box.isEmpty() || foreground.equals(Foreground.ALL)) {
            return Optional.empty();
        }
        long count = 0;
        for (byte voxel : mask) {
            count += voxel;
        }
        long share = 100 * count / box.get().voxels();
        if (share >= LEAST && share <= MOST) {
            return Optional.empty();
        }
        return Optional.of(
                "the foreground (%s) fills %d %% of its box, a brain about half: %s"
                        .formatted(
                                foreground,
                                share,
                                share < LEAST
                                        ? "are there stray voxels?"
                                        : "does the setting foreground fit?"));
    }
}
