/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.phantom;

import io.github.gssloss.files.UserInputException;

/**
 * What the phantoms of a cohort have in common.
 *
 * <p>Voxels are cubes. The head keeps its size in mm and fills the volume, so the shape decides the
 * voxel's edge: 1 mm for 240 x 240 x 155, 3.2 mm for 64 x 64 x 64.
 *
 * @param nx voxels from right to left, from 32 to 512
 * @param ny voxels from front to back, from 32 to 512
 * @param nz voxels from bottom to top, from 32 to 512
 * @param seed where all randomness comes from
 * @param noise standard deviation of the Rician noise as a share of the brain's mean intensity,
 *     from 0 to 0.5
 * @param bias strength of the smooth shading: about the largest relative deviation, from 0 to 0.9
 * @param contrast how far tumour tissue differs from white matter, as a share of what is usual in
 *     patients: less is harder; above 0, up to 1.5
 * @param fractionWithoutEnhancing share of heads whose tumour has no enhancing rim, from 0 to 1
 */
public record PhantomSettings(
        int nx,
        int ny,
        int nz,
        long seed,
        double noise,
        double bias,
        double contrast,
        double fractionWithoutEnhancing) {

    private static final int SMALLEST = 32;
    private static final int LARGEST = 512;

    /** The head's width, length and height. */
    private static final double[] HEAD_MM = {140, 172, 132};

    /** Share of the volume's tightest axis that the head takes: 1 mm voxels in BraTS' shape. */
    private static final double FILL = HEAD_MM[2] / 155;

    /**
     * Checks every setting.
     *
     * @param nx voxels from right to left
     * @param ny voxels from front to back
     * @param nz voxels from bottom to top
     * @param seed any number
     * @param noise from 0 to 0.5
     * @param bias from 0 to 0.9
     * @param contrast above 0, up to 1.5
     * @param fractionWithoutEnhancing from 0 to 1
     * @throws UserInputException if one is out of range; the message names it
     */
    public PhantomSettings {
        checkSize("nx", nx);
        checkSize("ny", ny);
        checkSize("nz", nz);
        check("noise", noise, 0, 0.5);
        check("bias", bias, 0, 0.9);
        check("contrast", contrast, Double.MIN_VALUE, 1.5);
        check("fractionWithoutEnhancing", fractionWithoutEnhancing, 0, 1);
    }

    /**
     * Returns the settings of a cohort of 96 x 96 x 96 voxels: noise 0.04, bias 0.15, contrast 1, a
     * rim in every tumour.
     *
     * @param seed where all randomness comes from
     * @return the settings
     */
    public static PhantomSettings ofSeed(long seed) {
        return new PhantomSettings(96, 96, 96, seed, 0.04, 0.15, 1, 0);
    }

    /**
     * Returns these settings with another shape.
     *
     * @param x voxels from right to left, from 32 to 512
     * @param y voxels from front to back, from 32 to 512
     * @param z voxels from bottom to top, from 32 to 512
     * @return new settings
     */
    public PhantomSettings withShape(int x, int y, int z) {
        return new PhantomSettings(x, y, z, seed, noise, bias, contrast, fractionWithoutEnhancing);
    }

    /**
     * Returns these settings with other imaging conditions.
     *
     * @param otherNoise see {@link #noise}
     * @param otherBias see {@link #bias}
     * @param otherContrast see {@link #contrast}
     * @return new settings
     */
    public PhantomSettings withImaging(double otherNoise, double otherBias, double otherContrast) {
        return new PhantomSettings(
                nx, ny, nz, seed, otherNoise, otherBias, otherContrast, fractionWithoutEnhancing);
    }

    /**
     * Returns these settings with another share of tumours that do not enhance.
     *
     * @param fraction from 0 to 1
     * @return new settings
     */
    public PhantomSettings withoutEnhancing(double fraction) {
        return new PhantomSettings(nx, ny, nz, seed, noise, bias, contrast, fraction);
    }

    /**
     * Returns the voxel's edge.
     *
     * @return mm, the same along all axes
     */
    public double voxelSize() {
        return Math.max(Math.max(HEAD_MM[0] / nx, HEAD_MM[1] / ny), HEAD_MM[2] / nz) / FILL;
    }

    /**
     * Returns the number of voxels.
     *
     * @return nx * ny * nz
     */
    public int voxels() {
        return nx * ny * nz;
    }

    private static void checkSize(String name, int size) {
        if (size < SMALLEST || size > LARGEST) {
            throw new UserInputException(
                    "phantom %s: expected from %s to %s voxels, got %s"
                            .formatted(name, SMALLEST, LARGEST, size));
        }
    }

    private static void check(String name, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            String range = min == Double.MIN_VALUE ? "above 0, up to " : "from " + min + " to ";
            throw new UserInputException(
                    "phantom " + name + ": expected " + range + max + ", got " + value);
        }
    }
}
