/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.sample;

import java.util.Arrays;

/**
 * The images and labels of one crop while it is augmented. The arrays are the crop's own, and each
 * stage of {@link Augmentation} may write into them or replace them.
 */
final class Crop {

    private final int[] size;
    private float[] images;
    private byte[] labels;

    /**
     * Creates a crop.
     *
     * @param images (modality, x, y, z) in C order
     * @param labels (x, y, z) class indices
     * @param size {x, y, z}
     */
    Crop(float[] images, byte[] labels, int... size) {
        this.size = size.clone();
        this.images = images;
        this.labels = labels;
    }

    /** Returns the images, (modality, x, y, z). */
    float[] images() {
        return images;
    }

    /** Returns the class indices, (x, y, z). */
    byte[] labels() {
        return labels;
    }

    /** Returns the extent along {x, y, z}. */
    int[] size() {
        return size.clone();
    }

    /** Returns the number of modalities. */
    int modalities() {
        return images.length / labels.length;
    }

    /** Sets the images of absent modalities to 0, which an augmentation may have changed. */
    void clearAbsent(boolean... present) {
        int voxels = labels.length;
        for (int m = 0; m < present.length; m++) {
            if (!present[m]) {
                Arrays.fill(images, m * voxels, (m + 1) * voxels, 0);
            }
        }
    }

    /** Puts other arrays of the same sizes in place of the present ones. */
    void replace(float[] newImages, byte[] newLabels) {
        images = newImages;
        labels = newLabels;
    }
}
