/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.sample;

import java.util.SplittableRandom;

/**
 * Random generators that depend on nothing but numbers that name a draw, such as (seed, epoch,
 * sample): the same draw comes out in any thread, in any order and after a resume.
 */
public final class Seeds {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private Seeds() {}

    /**
     * Mixes a seed and the numbers that name a draw into one seed. Neighbouring numbers give
     * unrelated results, and the order of the numbers matters.
     *
     * @param seed the run's seed
     * @param parts the numbers that name the draw
     * @return a well mixed seed
     */
    public static long mix(long seed, long... parts) {
        long mixed = scramble(seed + GOLDEN_GAMMA);
        for (long part : parts) {
            mixed = scramble(mixed * 31 + scramble(part + GOLDEN_GAMMA) + GOLDEN_GAMMA);
        }
        return mixed;
    }

    /**
     * Returns a fresh generator for one draw.
     *
     * @param seed the run's seed
     * @param parts the numbers that name the draw
     * @return a generator seeded by {@link #mix}
     */
    public static SplittableRandom generator(long seed, long... parts) {
        return new SplittableRandom(mix(seed, parts));
    }

    /** A bijection of 64 bits in which every input bit reaches every output bit. */
    private static long scramble(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
