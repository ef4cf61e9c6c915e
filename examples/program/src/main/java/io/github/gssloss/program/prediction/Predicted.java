/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.prediction;

import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.prepare.PreparedCase;
import io.github.gssloss.imaging.segment.Cleaning;
import java.util.List;
import java.util.Optional;

/** What networks made of a case, on the grid of its files. The arrays are handed on, not copied. */
final class Predicted {

    private final PreparedCase prepared;
    private final ModalitySubset subset;
    private final byte[] classes;
    private final Optional<float[]> probabilities;
    private final Optional<float[]> disagreement;
    private final List<Cleaning.Change> changes;

    /**
     * Joins the results.
     *
     * @param prepared the case
     * @param subset the modalities that were used
     * @param classes the class of each voxel after the cleaning, (x, y, z) in C order
     * @param probabilities (N, x, y, z), if they were asked for
     * @param disagreement (x, y, z), if it was asked for and there are two branches
     * @param changes what the cleaning did
     */
    Predicted(
            PreparedCase prepared,
            ModalitySubset subset,
            byte[] classes,
            Optional<float[]> probabilities,
            Optional<float[]> disagreement,
            List<Cleaning.Change> changes) {
        this.prepared = prepared;
        this.subset = subset;
        this.classes = classes;
        this.probabilities = probabilities;
        this.disagreement = disagreement;
        this.changes = List.copyOf(changes);
    }

    PreparedCase prepared() {
        return prepared;
    }

    ModalitySubset subset() {
        return subset;
    }

    byte[] classes() {
        return classes;
    }

    Optional<float[]> probabilities() {
        return probabilities;
    }

    Optional<float[]> disagreement() {
        return disagreement;
    }

    List<Cleaning.Change> changes() {
        return changes;
    }

    /** The number of voxels of each class. */
    long[] voxels(int numClasses) {
        long[] voxels = new long[numClasses];
        for (byte one : classes) {
            voxels[one]++;
        }
        return voxels;
    }
}
