/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.evaluation;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A case that can be judged.
 *
 * @param files its files: a segmentation and at least one modality
 * @param subsets the subsets asked for that lie within the modalities it has, at least one
 */
record CaseTask(CaseFiles files, List<ModalitySubset> subsets) {

    /**
     * Checks a case.
     *
     * @param files the case
     * @param asked the subsets asked for
     * @throws UserInputException if it lacks what is needed
     */
    static CaseTask of(CaseFiles files, List<ModalitySubset> asked) {
        files.requireAnyImage().requireSegmentation();
        List<ModalitySubset> within =
                asked.stream()
                        .filter(subset -> files.images().keySet().containsAll(subset.modalities()))
                        .toList();
        if (within.isEmpty()) {
            throw new UserInputException(
                    "case %s: has %s alone, expected the modalities of one of %s"
                            .formatted(files.name(), modalities(files), asked));
        }
        return new CaseTask(files, within);
    }

    /** Returns the modalities that a case has, joined by plus signs. */
    static String modalities(CaseFiles files) {
        return files.images().keySet().stream()
                .map(Modality::label)
                .collect(Collectors.joining("+"));
    }

    String name() {
        return files.name();
    }
}
