/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.evaluation;

import io.github.gssloss.files.Counted;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.prepare.CasePreparation;
import io.github.gssloss.imaging.prepare.TrainedSpacing;
import io.github.gssloss.program.runfolder.RunCases;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The cases whose voxels are not of the sizes that a network was trained on: it sees what they show
 * at another size. An evaluation takes cases as a training does, so it says so and goes on.
 */
final class OtherSpacings {

    private final Optional<TrainedSpacing> trained;
    private final CasePreparation preparation;
    private final Map<String, String> cases = new TreeMap<>();

    private OtherSpacings(Optional<TrainedSpacing> trained, CasePreparation preparation) {
        this.trained = trained;
        this.preparation = preparation;
    }

    /**
     * Prepares to compare cases with those of a run's training.
     *
     * @param run the run; of one that does not record its spacings no case differs
     * @throws IOException if its record cannot be read
     */
    static OtherSpacings of(RunFolder run) throws IOException {
        return new OtherSpacings(
                RunCases.of(run).flatMap(RunCases::spacing), run.settings().preparation());
    }

    /** Compares a case. */
    void add(CaseFiles files) {
        trained.flatMap(one -> one.difference(preparation, files))
                .ifPresent(words -> cases.put(files.name(), words));
    }

    /** The cases that differ, with the sizes of their voxels in words. */
    Map<String, String> cases() {
        return cases;
    }

    /** A line for all of them, with the first; empty where there is none. */
    Optional<String> warning() {
        return cases.entrySet().stream()
                .findFirst()
                .map(
                        first ->
                                ("%s on another spacing than the training, such as %s (%s): the"
                                     + " network sees them at another size; gss predict resamples,"
                                     + " and so does a training with the setting spacing")
                                        .formatted(
                                                Counted.of(cases.size(), "case"),
                                                first.getKey(),
                                                first.getValue()));
    }
}
