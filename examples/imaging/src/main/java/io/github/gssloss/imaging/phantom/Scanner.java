/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.phantom;

import java.util.SplittableRandom;

/**
 * What a scanner does to ideal intensities: a voxel shows some of its neighbours, the coil shades
 * the image smoothly, and the magnitude of a complex signal with Gaussian noise is taken (Rician
 * noise). Voxels of intensity 0 are outside the brain and stay exactly 0; all others end at 1 or
 * above.
 */
final class Scanner {

    /** Weight of each of the two neighbours along an axis: a Gaussian of about 0.6 voxels. */
    private static final double NEIGHBOUR = 0.18;

    private final PhantomSettings settings;

    Scanner(PhantomSettings settings) {
        this.settings = settings;
    }

    /** Turns ideal intensities, which are overwritten, into the volume of one sequence. */
    short[] scan(float[] ideal, SplittableRandom random) {
        int ny = settings.ny();
        int nz = settings.nz();
        blur(ideal, ny * nz, settings.nx());
        blur(ideal, nz, ny);
        blur(ideal, 1, nz);
        GradientNoise shading = new GradientNoise(random.nextInt());
        double sigma = settings.noise() * meanOfBrain(ideal);
        double fx = 1.4 / settings.nx();
        double fy = 1.4 / ny;
        double fz = 1.4 / nz;
        short[] volume = new short[ideal.length];
        for (int index = 0; index < ideal.length; index++) {
            if (ideal[index] == 0) {
                continue;
            }
            int x = index / (ny * nz);
            int y = index / nz % ny;
            double bend = shading.at(x * fx + 0.31, y * fy + 0.17, index % nz * fz + 0.43);
            double signal = ideal[index] * Math.exp(1.6 * settings.bias() * bend);
            double real = signal + sigma * random.nextGaussian();
            double imaginary = sigma * random.nextGaussian();
            long value = Math.round(Math.hypot(real, imaginary));
            volume[index] = (short) Math.max(1, Math.min(Short.MAX_VALUE, value));
        }
        return volume;
    }

    /** Blurs along one axis, in place, weighing only voxels of the brain. */
    private static void blur(float[] image, int stride, int length) {
        int block = stride * length;
        for (int start = 0; start < image.length; start += block) {
            for (int offset = start; offset < start + stride; offset++) {
                float before = 0;
                for (int i = 0, at = offset; i < length; i++, at += stride) {
                    float here = image[at];
                    float after = i + 1 < length ? image[at + stride] : 0;
                    if (here != 0) {
                        double weight = 1 - 2 * NEIGHBOUR;
                        double sum = weight * here + NEIGHBOUR * (before + after);
                        weight += before != 0 ? NEIGHBOUR : 0;
                        weight += after != 0 ? NEIGHBOUR : 0;
                        image[at] = (float) (sum / weight);
                    }
                    before = here;
                }
            }
        }
    }

    private static double meanOfBrain(float[] image) {
        double sum = 0;
        long count = 0;
        for (float value : image) {
            sum += value;
            count += value != 0 ? 1 : 0;
        }
        return sum / Math.max(1, count);
    }
}
