/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.evaluation;

import ai.djl.ndarray.NDList;
import ai.djl.util.Progress;
import io.github.gssloss.files.StopSignal;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.prepare.CaseCache;
import io.github.gssloss.imaging.prepare.PreparedCase;
import io.github.gssloss.imaging.segment.SlidingWindow;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.model.BranchSegmenter;
import io.github.gssloss.program.model.RunNetwork;
import io.github.gssloss.program.runfolder.RunFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Measures how well each branch of a trained network segments each class on cases that it has not
 * seen: what the leaders of a vote are chosen by (paper, section 3.2).
 *
 * @param run the run
 * @param checkpoint the weights
 * @param progress the display of the cases
 */
public record LeaderRun(RunFolder run, Path checkpoint, Progress progress) {

    /**
     * Segments cases with each branch alone and compares with their segmentations.
     *
     * @param cases the cases, with segmentations; each counts for the modalities that it has
     * @param cache the folder of the prepared cases
     * @return the Dice of each branch, class and case
     * @throws UserInputException if there is no case, one cannot be used, the network gives its
     *     branches in training alone, or the weights do not fit
     */
    public BranchScores measure(List<CaseFiles> cases, Path cache) {
        if (cases.isEmpty()) {
            throw new UserInputException("cases: expected at least one to measure on, got none");
        }
        RunSettings settings = run.settings();
        DataDescription description = settings.description();
        BranchScores scores =
                new BranchScores(description.modalityCount(), description.labels().classes());
        CaseCache prepared = new CaseCache(cache, settings.preparation());
        cases.forEach(CaseFiles::requireLabelled);
        prepared.announce(cases, 1, done -> {});
        try (RunNetwork network = RunNetwork.trained(settings, checkpoint)) {
            SlidingWindow windows = windows(network);
            progress.reset("Measuring branches of " + run.name(), cases.size());
            for (CaseFiles files : cases) {
                measure(network, windows, prepared.open(files), scores);
                progress.increment(1);
            }
            progress.end();
        }
        return scores;
    }

    private static void measure(
            RunNetwork network, SlidingWindow windows, PreparedCase one, BranchScores scores) {
        List<Modality> present = List.copyOf(one.modalities());
        List<byte[]> predicted =
                windows.segment(
                        network.manager(),
                        one.name(),
                        one.shape(),
                        one.images(),
                        present.stream().map(ModalitySubset::of).toList(),
                        (done, total) -> StopSignal.check());
        byte[] truth = one.labels();
        for (int i = 0; i < present.size(); i++) {
            scores.add(one.name(), present.get(i).index(), predicted.get(i), truth);
        }
    }

    private SlidingWindow windows(RunNetwork network) {
        RunSettings settings = run.settings();
        UnaryOperator<NDList> branches =
                network.branches()
                        .orElseThrow(
                                () ->
                                        new UserInputException(
                                                run.path()
                                                        + ": expected a network whose branches can"
                                                        + " be asked, got one that gives them in"
                                                        + " training alone"));
        return new SlidingWindow(
                new BranchSegmenter(branches, settings.outputs().outputs()),
                settings.description().labels().classes(),
                settings.crop().sides(),
                EvaluationSettings.HALF);
    }
}
