/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.sample;

import io.github.gssloss.imaging.prepare.Extents;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** How a voxel that is not background is drawn, near which a crop is placed. */
public enum ForegroundDraw {
    /** All of them are equally likely: large classes are met often, small ones seldom. */
    VOXEL {
        @Override
        int draw(SplittableRandom random, byte[] labels) {
            return pick(random, labels, 1, Byte.MAX_VALUE);
        }
    },
    /** All classes of the case are equally likely, then all voxels of that class. */
    CLASS {
        @Override
        int draw(SplittableRandom random, byte[] labels) {
            boolean[] found = new boolean[Byte.MAX_VALUE + 1];
            for (byte label : labels) {
                if (label > 0) {
                    found[label] = true;
                }
            }
            int[] classes = IntStream.range(1, found.length).filter(c -> found[c]).toArray();
            if (classes.length == 0) {
                return NONE;
            }
            int drawn = classes[random.nextInt(classes.length)];
            return pick(random, labels, drawn, drawn);
        }
    };

    /** The place of no voxel. */
    static final int NONE = -1;

    /**
     * Draws a voxel.
     *
     * @param random the generator of the draw
     * @param labels the classes of all voxels; 0 is background, below that are voxels of no class
     * @return the place of a voxel of a class above 0, or {@link #NONE} where there is none
     */
    abstract int draw(SplittableRandom random, byte[] labels);

    /** Returns the default: by class for crops of one slice, else by voxel. */
    static ForegroundDraw usual(int... crop) {
        return Extents.isOneSlice(crop) ? CLASS : VOXEL;
    }

    private static int pick(SplittableRandom random, byte[] labels, int least, int most) {
        int count = 0;
        for (byte label : labels) {
            count += label >= least && label <= most ? 1 : 0;
        }
        if (count == 0) {
            return NONE;
        }
        int left = random.nextInt(count);
        int voxel = 0;
        while (labels[voxel] < least || labels[voxel] > most || left-- > 0) {
            voxel++;
        }
        return voxel;
    }
}
