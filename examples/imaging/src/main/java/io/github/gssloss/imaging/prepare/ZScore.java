/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import io.github.gssloss.files.UserInputException;

/** Standardisation of an image over the brain: mean 0 and population standard deviation 1 there. */
final class ZScore {

    private ZScore() {}

    /**
     * Returns the voxels of the brain: those where the sum over the modalities is above 0.
     *
     * @param images (modality, voxel) in C order
     * @param voxels voxels a modality
     * @return one boolean a voxel
     */
    static boolean[] brain(float[] images, int voxels) {
        boolean[] brain = new boolean[voxels];
        for (int v = 0; v < voxels; v++) {
            double sum = 0;
            for (int i = v; i < images.length; i += voxels) {
                sum += images[i];
            }
            brain[v] = sum > 0;
        }
        return brain;
    }

    /**
     * Standardises one modality in place; the background shifts along.
     *
     * @param images (modality, voxel) in C order
     * @param start where the modality begins
     * @param brain the voxels to measure
     * @param name names the image in errors
     */
    static void apply(float[] images, int start, boolean[] brain, String name) {
        long count = 0;
        double sum = 0;
        for (int v = 0; v < brain.length; v++) {
            if (brain[v]) {
                count++;
                sum += images[start + v];
            }
        }
        double mean = sum / count;
        double squares = 0;
        for (int v = 0; v < brain.length; v++) {
            if (brain[v]) {
                double centred = images[start + v] - mean;
                squares += centred * centred;
            }
        }
        double deviation = Math.sqrt(squares / count);
        if (deviation == 0) {
            throw new UserInputException(
                    name + ": expected varying intensities in the brain, all are " + (float) mean);
        }
        for (int v = 0; v < brain.length; v++) {
            images[start + v] = (float) ((images[start + v] - mean) / deviation);
        }
    }
}
