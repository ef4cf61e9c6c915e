/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Which voxels of a case belong to the body: the box of a case holds them, and intensities are
 * standardised over them. A voxel belongs to it if one modality says so.
 *
 * @param rule how to tell
 * @param threshold what intensities have to be above, for {@link Rule#ABOVE} alone
 */
public record Foreground(Rule rule, OptionalDouble threshold) {

    /** Voxels that are not 0, as where the brain was cut out. */
    public static final Foreground NONZERO = new Foreground(Rule.NONZERO, OptionalDouble.empty());

    /** Every voxel of the volume. */
    public static final Foreground ALL = new Foreground(Rule.ALL, OptionalDouble.empty());

    /** The ways to tell foreground from background. */
    public enum Rule {
        /** Not 0. */
        NONZERO,
        /** Above a threshold. */
        ABOVE,
        /** All voxels. */
        ALL
    }

    /**
     * Checks that a threshold stands where one is needed.
     *
     * @param rule how to tell
     * @param threshold what intensities have to be above, for {@link Rule#ABOVE} alone
     * @throws IllegalArgumentException if it is missing, surplus or not finite
     */
    public Foreground {
        if (threshold.isPresent() != (rule == Rule.ABOVE)
                || !Double.isFinite(threshold.orElse(0))) {
            throw new IllegalArgumentException(
                    "foreground: expected a finite threshold for ABOVE alone, got %s %s"
                            .formatted(rule, threshold));
        }
    }

    /**
     * Returns the rule of a threshold.
     *
     * @param threshold what intensities have to be above, finite
     * @return the rule
     */
    public static Foreground above(double threshold) {
        return new Foreground(Rule.ABOVE, OptionalDouble.of(threshold));
    }

    /**
     * Reads a rule from text.
     *
     * @param text {@code nonzero}, {@code all} or for example {@code above -500}
     * @return the rule
     * @throws IllegalArgumentException if the text is none of these
     */
    public static Foreground parse(String text) {
        String[] words = text.strip().toLowerCase(Locale.ROOT).split("\\s+", -1);
        try {
            if (words.length == 2 && words[0].equals("above")) {
                return above(Double.parseDouble(words[1]));
            }
            Rule rule = Rule.valueOf(words[0].toUpperCase(Locale.ROOT));
            if (words.length == 1) {
                return new Foreground(rule, OptionalDouble.empty());
            }
        } catch (IllegalArgumentException e) {
            throw unknown(text, e);
        }
        throw unknown(text, null);
    }

    private static IllegalArgumentException unknown(String text, Exception cause) {
        return new IllegalArgumentException(
                "expected nonzero, all or a threshold such as 'above -500', got " + text, cause);
    }

    /**
     * Returns whether an intensity makes a voxel foreground.
     *
     * @param value the intensity as the file has it
     * @return whether it does
     */
    boolean holds(float value) {
        return switch (rule) {
            case NONZERO -> value != 0;
            case ABOVE -> value > threshold.getAsDouble();
            case ALL -> true;
        };
    }

    /**
     * Says where a volume looks as if its background were not what this rule takes it to be: all
     * eight corners have one value, and it is foreground.
     *
     * @param volume (x, y, z) in C order
     * @param size {nx, ny, nz}
     * @return what to do, in words; empty where nothing is odd
     */
    public Optional<String> doubt(float[] volume, int[] size) {
        float corner = volume[0];
        for (int i = 1; i < 8; i++) {
            int x = (i & 1) * (size[0] - 1);
            int y = (i >> 1 & 1) * (size[1] - 1);
            int z = (i >> 2) * (size[2] - 1);
            if (volume[(x * size[1] + y) * size[2] + z] != corner) {
                return Optional.empty();
            }
        }
        return rule == Rule.NONZERO && corner != 0
                ? Optional.of(
                        ("all its corners are %s, which foreground '%s' takes for the body:"
                                        + " set a threshold, such as foreground 'above %s'")
                                .formatted(corner, this, corner))
                : Optional.empty();
    }

    /** Returns the rule as {@link #parse} reads it. */
    @Override
    public String toString() {
        String word = rule.name().toLowerCase(Locale.ROOT);
        return threshold.isPresent() ? word + " " + threshold.getAsDouble() : word;
    }
}
