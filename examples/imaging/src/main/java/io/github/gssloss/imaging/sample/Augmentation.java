/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.sample;

import io.github.gssloss.imaging.prepare.Extents;
import java.util.SplittableRandom;

/**
 * The paper's augmentation of a crop, in its order: rotation, intensity change, flips. Every number
 * comes from the generator that is handed in, so a sample depends on that generator alone.
 *
 * <ul>
 *   <li>rotation by a whole number of degrees in -10..9, in a random pair of axes, about the crop's
 *       centre, nearest neighbour; image fill -1, label fill background;
 *   <li>intensity times U(0.9, 1.1) plus U(-0.1, 0.1), one draw a modality and slice of axis x;
 *   <li>each axis reversed with probability 1/2.
 * </ul>
 *
 * <p>A crop of one slice is rotated in its plane alone, and its intensity is changed by one draw a
 * modality.
 */
public enum Augmentation {
    /** Crops as they are. */
    NONE {
        @Override
        void apply(Crop crop, SplittableRandom random) {
            // A crop without augmentation is the crop itself.
        }
    },
    /** The paper's three stages. */
    PAPER {
        @Override
        void apply(Crop crop, SplittableRandom random) {
            int[] size = crop.size();
            int slices = Extents.isOneSlice(size) ? 1 : size[0];
            Rotation.draw(random, size).apply(crop);
            IntensityChange.draw(random, crop.modalities(), slices).apply(crop);
            Flip.draw(random).apply(crop);
        }
    };

    /** Augments a crop in place. */
    abstract void apply(Crop crop, SplittableRandom random);
}
