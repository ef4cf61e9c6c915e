/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.check;

import io.github.gssloss.imaging.dataset.CaseFiles;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a case holds.
 *
 * @param files its files
 * @param grid how its first file that can be read lies
 * @param labels how many voxels each label of the segmentation has, as in the file
 * @param faults why it cannot be used, a line each
 * @param odd what is unusual, a line each
 */
record CheckedCase(
        CaseFiles files,
        Optional<GridText> grid,
        SortedMap<Integer, Long> labels,
        List<String> faults,
        List<String> odd) {

    boolean isUsable() {
        return faults.isEmpty() && !files.images().isEmpty();
    }

    /** Whether it can be trained on, and evaluated. */
    boolean isLabelled() {
        return isUsable() && files.segmentation().isPresent();
    }
}
