/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import java.util.List;
import java.util.Locale;

/**
 * The nested regions on which the BraTS challenges of 2015, 2018 and 2020 evaluate a segmentation:
 * sets of classes.
 *
 * <p>With four classes (2018/2020) these are 0 background, 1 NCR/NET, 2 ED, 3 ET; with five (2015)
 * 0 background, 1 NCR, 2 ED, 3 NET, 4 ET.
 */
public enum TumorRegion {
    /** Whole tumour: every class but the background. */
    WHOLE(List.of(1, 2, 3), List.of(1, 2, 3, 4)),
    /** Tumour core: everything but background and oedema. */
    CORE(List.of(1, 3), List.of(1, 3, 4)),
    /** Enhancing tumour. */
    ENHANCING(List.of(3), List.of(4));

    private final List<Integer> ofFour;
    private final List<Integer> ofFive;

    TumorRegion(List<Integer> ofFour, List<Integer> ofFive) {
        this.ofFour = ofFour;
        this.ofFive = ofFive;
    }

    /**
     * Returns the classes that make up this region.
     *
     * @param numClasses the number of classes of the label set: 4 or 5
     * @return the class indices, ascending
     * @throws IllegalArgumentException if {@code numClasses} is neither 4 nor 5
     */
    public List<Integer> classes(int numClasses) {
        return switch (numClasses) {
            case 4 -> ofFour;
            case 5 -> ofFive;
            default ->
                    throw new IllegalArgumentException(
                            "numClasses: expected 4 (BraTS 2018/2020) or 5 (BraTS 2015), got "
                                    + numClasses);
        };
    }

    /**
     * Returns the name used in tables and metrics.
     *
     * @return {@code whole}, {@code core} or {@code enhancing}
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
