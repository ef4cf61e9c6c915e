/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.phantom;

/**
 * Smooth random function of space (gradient noise on a lattice of edge 1, quintic blend): mean 0,
 * standard deviation about 0.27, within -1 to 1, no two seeds alike.
 */
final class GradientNoise {

    private final int seed;

    GradientNoise(int seed) {
        this.seed = seed;
    }

    double at(double x, double y, double z) {
        int i = (int) Math.floor(x);
        int j = (int) Math.floor(y);
        int k = (int) Math.floor(z);
        double fx = x - i;
        double fy = y - j;
        double fz = z - k;
        double a = fade(fx);
        double b = fade(fy);
        double c = fade(fz);
        return mix(c, plane(i, j, k, fx, fy, fz, a, b), plane(i, j, k + 1, fx, fy, fz - 1, a, b));
    }

    /** The value of a plane of the lattice, blended from its corners. */
    private double plane(int i, int j, int k, double x, double y, double z, double a, double b) {
        double front = mix(a, corner(i, j, k, x, y, z), corner(i + 1, j, k, x - 1, y, z));
        double back =
                mix(a, corner(i, j + 1, k, x, y - 1, z), corner(i + 1, j + 1, k, x - 1, y - 1, z));
        return mix(b, front, back);
    }

    /** Two octaves, the second of half the weight, turned so that the lattices do not line up. */
    double twoOctaves(double x, double y, double z) {
        return at(x, y, z)
                + 0.5 * at(1.6 * x - 1.1 * y + 7.3, 1.1 * x + 1.6 * y - 4.1, 1.93 * z + 2.7);
    }

    private static double fade(double t) {
        return t * t * t * (t * (6 * t - 15) + 10);
    }

    private static double mix(double t, double a, double b) {
        return a + t * (b - a);
    }

    /** Dot product with one of the twelve directions to the edges of a cube. */
    private double corner(int i, int j, int k, double x, double y, double z) {
        int h = seed + i * 0x9E3779B1 + j * 0x85EBCA77 + k * 0xC2B2AE3D;
        h = (h ^ (h >>> 15)) * 0x2C1B3C6D;
        h = (h ^ (h >>> 12)) * 0x297A2D39;
        h ^= h >>> 15;
        double one = (h & 1) == 0 ? 1 : -1;
        double two = (h & 2) == 0 ? 1 : -1;
        return switch ((h >>> 2 & 0xFFFF) % 3) {
            case 0 -> one * x + two * y;
            case 1 -> one * x + two * z;
            default -> one * y + two * z;
        };
    }
}
