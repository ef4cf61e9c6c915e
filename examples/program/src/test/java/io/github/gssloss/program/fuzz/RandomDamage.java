/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.fuzz;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Random damage to the bytes of a file. */
final class RandomDamage {

    private static final int MOST_CHANGES = 4;

    /** Where numbers of a format go wrong: signs, limits, two shorts at once, not a number. */
    private static final int[] NUMBERS = {
        0,
        1,
        -1,
        0x7F,
        0x80,
        0x7FFF,
        0x8000,
        0x7FFF7FFF,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        0x7FC00000
    };

    private RandomDamage() {}

    /** Returns a copy with one to four changes. */
    static byte[] of(byte[] whole, SplittableRandom random) {
        byte[] bytes = whole.clone();
        for (int i = random.nextInt(MOST_CHANGES); i >= 0 && bytes.length > 8; i--) {
            bytes = change(bytes, random);
        }
        return bytes;
    }

    private static byte[] change(byte[] bytes, SplittableRandom random) {
        int at = random.nextInt(bytes.length - 4);
        switch (random.nextInt(6)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt(256);
            case 2 -> {
                int number = NUMBERS[random.nextInt(NUMBERS.length)];
                boolean little = random.nextBoolean();
                for (int i = 0; i < 4; i++) {
                    bytes[at + i] = (byte) (number >> (8 * (little ? i : 3 - i)));
                }
            }
            case 3 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 4 -> {
                // A piece stands once more at the end.
                byte[] longer = Arrays.copyOf(bytes, bytes.length + 4);
                System.arraycopy(bytes, at, longer, bytes.length, 4);
                return longer;
            }
            default -> {
                int to = random.nextInt(bytes.length - 4);
                System.arraycopy(bytes.clone(), at, bytes, to, 4);
            }
        }
        return bytes;
    }
}
