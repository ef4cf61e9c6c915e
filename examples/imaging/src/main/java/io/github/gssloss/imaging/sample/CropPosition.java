/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.sample;

import io.github.gssloss.imaging.prepare.BoundingBox;
import io.github.gssloss.imaging.prepare.Padding;
import io.github.gssloss.imaging.prepare.PreparedCase;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Chooses where a crop lies in a prepared case: uniformly, as the paper does, or near what is not
 * background for a share of the crops.
 */
final class CropPosition {

    private final int[] crop;
    private final double foregroundFraction;
    private final ForegroundDraw draw;

    /**
     * Creates the chooser.
     *
     * @param crop the crops' size along {x, y, z}
     * @param foregroundFraction the probability of a crop near a voxel of the foreground
     * @param draw how that voxel is drawn
     * @throws IllegalArgumentException if the probability is not from 0 to 1
     */
    CropPosition(int[] crop, double foregroundFraction, ForegroundDraw draw) {
        if (!(foregroundFraction >= 0 && foregroundFraction <= 1)) {
            throw new IllegalArgumentException(
                    "foreground fraction: expected 0 to 1, got " + foregroundFraction);
        }
        this.crop = crop.clone();
        this.foregroundFraction = foregroundFraction;
        this.draw = draw;
    }

    /**
     * Returns what a case lacks where it is smaller than a crop.
     *
     * @param source the case
     * @return the padding, empty where the case is large enough
     */
    Padding padding(PreparedCase source) {
        return Padding.to(source.shape(), crop);
    }

    /**
     * Draws the box of a crop in the case, padded where it is smaller than a crop. A crop near the
     * foreground has a voxel of it in its middle half, as far as the volume's border allows; a crop
     * of one slice goes through that voxel. A case without foreground gives uniform crops.
     */
    BoundingBox draw(SplittableRandom random, PreparedCase source) {
        int[] shape = padding(source).shape();
        int[] origin = new int[3];
        Arrays.setAll(origin, axis -> random.nextInt(shape[axis] - crop[axis] + 1));
        if (foregroundFraction > 0 && random.nextDouble() < foregroundFraction) {
            int voxel = draw.draw(random, source.labels());
            if (voxel != ForegroundDraw.NONE) {
                int[] size = source.shape();
                int[] centre = {
                    voxel / (size[1] * size[2]), voxel / size[2] % size[1], voxel % size[2]
                };
                for (int axis = 0; axis < 3; axis++) {
                    // Along a padded axis the crop is as long as the axis and lies at 0.
                    int jitter = random.nextInt(crop[axis] / 2 + 1) - crop[axis] / 4;
                    int first = centre[axis] - crop[axis] / 2 + jitter;
                    origin[axis] = Math.max(0, Math.min(first, shape[axis] - crop[axis]));
                }
            }
        }
        return BoundingBox.of(origin, crop);
    }

    /** Throws unless crops of a case can be trained on: it has labels. */
    static void requireTrainable(PreparedCase candidate) {
        if (!candidate.hasLabels()) {
            throw new IllegalArgumentException(
                    "case " + candidate.name() + ": expected a segmentation, got none");
        }
    }
}
