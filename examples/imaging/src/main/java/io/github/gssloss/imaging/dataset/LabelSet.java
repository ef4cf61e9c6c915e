/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.dataset;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How the segmentation files of a BraTS year number the tissues, and which class of the network
 * each number is.
 */
public enum LabelSet {
    /** BraTS 2017 to 2021: 0, 1 NCR/NET, 2 ED, 4 ET. Four classes. */
    BRATS2020(new int[] {0, 1, 2, 4}, List.of("BG", "NCR/NET", "ED", "ET")),
    /** BraTS 2023: 0, 1 NCR, 2 ED, 3 ET. Four classes. */
    BRATS2023(new int[] {0, 1, 2, 3}, List.of("BG", "NCR/NET", "ED", "ET")),
    /** BraTS 2015: 0, 1 NCR, 2 ED, 3 NET, 4 ET. Five classes. */
    BRATS2015(new int[] {0, 1, 2, 3, 4}, List.of("BG", "NCR", "ED", "NET", "ET"));

    private final int[] fileLabels;
    private final List<String> classNames;

    LabelSet(int[] fileLabels, List<String> classNames) {
        this.fileLabels = fileLabels;
        this.classNames = classNames;
    }

    /**
     * Returns the number of classes, background included.
     *
     * @return 4 or 5
     */
    public int classes() {
        return fileLabels.length;
    }

    /**
     * Returns the names of the classes in their order.
     *
     * @return for example {@code [BG, NCR/NET, ED, ET]}
     */
    public List<String> classNames() {
        return classNames;
    }

    /**
     * Returns the class of a number that stands in a segmentation file.
     *
     * @param fileLabel the number in the file
     * @return the class index from 0, or -1 where this label set does not know the number
     */
    public int classOf(int fileLabel) {
        return Math.max(-1, Arrays.binarySearch(fileLabels, fileLabel));
    }

    /**
     * Returns the number that a segmentation file uses for a class.
     *
     * @param classIndex the class, from 0 to {@code classes() - 1}
     * @return the number in the file
     */
    public int fileLabel(int classIndex) {
        return fileLabels[classIndex];
    }

    /**
     * Returns the name used in settings.
     *
     * @return for example {@code brats2020}
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
