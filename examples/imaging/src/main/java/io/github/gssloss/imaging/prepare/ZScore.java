/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import io.github.gssloss.files.UserInputException;

/**
 * Standardisation of an image over the foreground: mean 0 and population standard deviation 1
 * there.
 */
final class ZScore {

    private ZScore() {}

    /**
     * Standardises one modality in place; the background shifts along.
     *
     * @param images (modality, voxel) in C order
     * @param start where the modality begins
     * @param foreground the voxels to measure
     * @param name names the image in errors
     */
    static void apply(float[] images, int start, boolean[] foreground, String name) {
        long count = 0;
        double sum = 0;
        for (int v = 0; v < foreground.length; v++) {
            if (foreground[v]) {
                count++;
                sum += images[start + v];
            }
        }
        double mean = sum / count;
        double squares = 0;
        for (int v = 0; v < foreground.length; v++) {
            if (foreground[v]) {
                double centred = images[start + v] - mean;
                squares += centred * centred;
            }
        }
        double deviation = Math.sqrt(squares / count);
        if (deviation == 0) {
            throw new UserInputException(
                    name + ": expected varying intensities in the foreground, all are " + (float) mean);
        }
        for (int v = 0; v < foreground.length; v++) {
            images[start + v] = (float) ((images[start + v] - mean) / deviation);
        }
    }
}
