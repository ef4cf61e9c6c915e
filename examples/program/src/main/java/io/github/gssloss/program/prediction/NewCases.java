/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.prediction;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.Cohort;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.dataset.Dicom;
import java.nio.file.Path;
import java.util.List;

/** Finds the cases that are to be segmented. */
public final class NewCases {

    private NewCases() {}

    /**
     * Finds the cases of a folder.
     *
     * @param place the folder
     * @param description what they show
     * @return the cases; none where there is no file of any
     * @throws UserInputException if the folder cannot be used, or holds DICOM and no case
     */
    public static Cohort find(Path place, DataDescription description) {
        try {
            Cohort found = Cohort.find(place, description);
            if (found.cases().isEmpty() && found.problems().isEmpty()) {
                Dicom.refuse(place);
            }
            return found;
        } catch (UserInputException e) {
            Dicom.refuse(place);
            throw e;
        }
    }

    /** Finds the case of a folder that holds a single one. */
    static CaseFiles only(Path subject, DataDescription description) {
        List<CaseFiles> found = find(subject, description).requireAll(true).cases();
        if (found.size() > 1) {
            throw new UserInputException(
                    "subject %s: expected the folder of one case, got %d: %s, %s..."
                            .formatted(
                                    subject,
                                    found.size(),
                                    found.get(0).name(),
                                    found.get(1).name()));
        }
        return found.get(0);
    }
}
