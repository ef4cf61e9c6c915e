/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import io.github.gssloss.files.UserInputException;

/**
 * Standardisation of an image over the foreground: mean 0 and population standard deviation 1
 * there; the background shifts along.
 *
 * @param mean the mean of the image over the foreground
 * @param deviation its standard deviation there, above 0
 */
record ZScore(double mean, double deviation) {

    /** Leaves values as they are. */
    static final ZScore NONE = new ZScore(0, 1);

    /**
     * Measures one modality.
     *
     * @param images (modality, voxel) in C order
     * @param start where the modality begins
     * @param foreground not 0 for the voxels to measure
     * @param name names the image in errors
     * @return its standardisation
     * @throws UserInputException if its voxels in the foreground are all the same
     */
    static ZScore of(float[] images, int start, byte[] foreground, String name) {
        long count = 0;
        double sum = 0;
        for (int v = 0; v < foreground.length; v++) {
            if (foreground[v] != 0) {
                count++;
                sum += images[start + v];
            }
        }
        double mean = sum / count;
        double squares = 0;
        for (int v = 0; v < foreground.length; v++) {
            if (foreground[v] != 0) {
                double centred = images[start + v] - mean;
                squares += centred * centred;
            }
        }
        double deviation = Math.sqrt(squares / count);
        if (deviation == 0) {
            throw new UserInputException(
                    name
                            + ": expected varying intensities in the foreground, all are "
                            + (float) mean);
        }
        return new ZScore(mean, deviation);
    }

    /** Standardises a value. */
    float of(double value) {
        return (float) ((value - mean) / deviation);
    }
}
