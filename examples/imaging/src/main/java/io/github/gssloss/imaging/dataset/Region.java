/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.dataset;

import io.github.gssloss.files.UserInputException;
import java.util.List;

/**
 * A set of classes that a segmentation is evaluated on, such as the whole tumour.
 *
 * @param label the name in tables, files and metrics, for example {@code whole}
 * @param title the name in headings, for example {@code Whole tumour}
 * @param classes its classes, at least one, ascending
 * @param smallIsNone whether a prediction of fewer than 500 voxels, or mm&sup3;, is also scored as
 *     if it were none, as usual for enhancing tumour
 */
public record Region(String label, String title, List<Integer> classes, boolean smallIsNone) {

    /**
     * Keeps a copy of the classes.
     *
     * @param label the name in tables, files and metrics
     * @param title the name in headings
     * @param classes its classes, at least one
     * @param smallIsNone whether small predictions are also scored as none
     * @throws IllegalArgumentException if there is no class
     * @throws UserInputException if the name is empty or has one of {@code , ; :}
     */
    public Region {
        if (label.isBlank() || !label.equals(label.strip()) || label.matches(".*[,;:].*")) {
            throw new UserInputException(
                    "regions: expected names without , ; :, got '%s'".formatted(label));
        }
        classes = classes.stream().sorted().distinct().toList();
        if (classes.isEmpty()) {
            throw new IllegalArgumentException("region " + label + ": expected a class, got none");
        }
    }

    @Override
    public String toString() {
        return label;
    }
}
