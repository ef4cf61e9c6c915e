/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.evaluation;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.Cohort;
import io.github.gssloss.program.runfolder.RunCases;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** The cases of a folder that a run was not trained on, by their names. */
public final class UnseenCases {

    private UnseenCases() {}

    /**
     * Leaves out the cases that a run was trained on.
     *
     * @param run the run
     * @param all what a folder holds
     * @return the same with fewer cases
     * @throws UserInputException if the run does not say what it was trained on, or no case remains
     * @throws IOException if its cases cannot be read
     */
    public static Cohort of(RunFolder run, Cohort all) throws IOException {
        Set<String> trained =
                RunCases.of(run).map(cases -> cases.training().keySet()).orElse(Set.of());
        if (trained.isEmpty()) {
            throw new UserInputException(
                    run.path() + ": expected a run that says which cases it was trained on");
        }
        List<CaseFiles> left =
                all.cases().stream().filter(one -> !trained.contains(one.name())).toList();
        if (left.isEmpty()) {
            throw new UserInputException(
                    "%s: expected cases that %s was not trained on, found none"
                            .formatted(all.folder(), run.path()));
        }
        return new Cohort(all.folder(), left, all.problems(), all.skipped(), all.notes());
    }
}
